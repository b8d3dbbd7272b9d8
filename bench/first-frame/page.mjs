// A title behind a button: a click mounts the player, and the time until its first frame is on screen is what is measured.
import { createHttpOfflineBackend } from '@secure-player/core';
import { createDownloads } from '@secure-player/offline/dom';
import { SecurePlayer, SecurePlayerProvider, toSource } from '@secure-player/react';
import '@secure-player/react/styles.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const token = new URL(location.href).searchParams.get('token');
const authorize = () => token;
/** So that both ways show the same picture: what is downloaded is one rendition. */
const MAX_HEIGHT = 360;

const downloads = createDownloads({
  authorize,
  rights: createHttpOfflineBackend({ baseUrl: '/', authorize, account: 'bench' }),
});
downloads.begin();

const button = document.body.appendChild(document.createElement('button'));
const root = createRoot(document.body.appendChild(document.createElement('div')));

/** What is asked of a title that is on this device, and how long each takes. @type {{ name: string, at: number, ms: number }[]} */
const steps = [];

Object.assign(globalThis, {
  bench: {
    /** @param {any} document @param {string} keySystem */
    async download(document, keySystem) {
      const complete = new Promise((resolve, reject) => {
        downloads.subscribe(() => {
          const [download] = downloads.getState().downloads;
          if (download?.status === 'complete') resolve(download.license?.mode);
          if (download?.status === 'failed') reject(new Error(download.error.code));
        });
      });
      await downloads.start(sourceOf(document, keySystem), { maxHeight: MAX_HEIGHT });
      return complete;
    },

    /** Resolves when the page is as a viewer finds it: what is on this device is known. */
    ready: () =>
      new Promise((resolve) => {
        const look = () => {
          if (downloads.getState().status === 'ready') resolve(undefined);
        };
        downloads.subscribe(look);
        look();
      }),

    /**
     * Has the button play it. Resolves with milliseconds from the click to the first frame, and with what took them.
     *
     * @param {any} document @param {string} keySystem @param {boolean} isOffline
     */
    arm(document, keySystem, isOffline) {
      const source = sourceOf(document, keySystem);
      const titles = isOffline ? observed(downloads) : undefined;
      const result = new Promise((resolve, reject) => {
        button.addEventListener(
          'click',
          ({ timeStamp }) => {
            root.render(player(source, titles));
            whenShown(timeStamp).then(
              (time) => resolve({ time, steps: steps.map((step) => ({ ...step, at: step.at - timeStamp })) }),
              reject,
            );
          },
          { once: true },
        );
      });
      Object.assign(globalThis, { result });
    },
  },
});

/** @param {any} document @param {string} keySystem */
function sourceOf(document, keySystem) {
  const { session: _session, drm, ...film } = toSource(document);
  const configuration = /** @type {any} */ (drm)?.[keySystem];
  return {
    ...film,
    src: new URL(film.src, location.href).href,
    id: 'first-light',
    caps: { maxHeight: MAX_HEIGHT },
    drm: { [keySystem]: configuration },
  };
}

/** @param {any} source @param {any} titles */
function player(source, titles) {
  const film = createElement(SecurePlayer, { source, autoPlay: true, muted: true });
  return createElement(SecurePlayerProvider, { authorize, downloads: titles }, film);
}

/** @param {number} since */
async function whenShown(since) {
  const video = await found('video');
  const element = await found('[data-secure-player]');
  return new Promise((resolve, reject) => {
    video.requestVideoFrameCallback(() => resolve(performance.now() - since));
    new MutationObserver(() => {
      if (element.dataset['status'] === 'error') reject(new Error(element.dataset['errorCode']));
    }).observe(element, { attributes: true });
  });
}

/** @param {string} selector @returns {Promise<any>} */
function found(selector) {
  return new Promise((resolve) => {
    const look = () => {
      const element = document.querySelector(selector);
      if (element) resolve(element);
      else setTimeout(look, 0);
    };
    look();
  });
}

/** @param {typeof downloads} titles */
function observed(titles) {
  return {
    renewLicense: titles.renewLicense.bind(titles),
    findPictures: (/** @type {any} */ source) => titles.findPictures?.(source),
    open: timed('open', async (/** @type {any} */ source, /** @type {any} */ options) => {
      const title = await titles.open(source, options);
      if (!title) throw new Error('The title is not on this device.');
      const { license } = title;
      const watched = {
        manifestUrl: title.manifestUrl,
        type: title.type,
        license:
          license.mode === 'vault'
            ? {
                ...license,
                answer: timed('license', (/** @type {any} */ message) => license.answer(message)),
              }
            : license,
        expiresAt: () => title.expiresAt(),
        read: (/** @type {any} */ request) =>
          timed(`read ${new URL(request.url).pathname.split('/').slice(-2).join('/')}`, () =>
            title.read(request),
          )(),
        notePlayed: () => title.notePlayed(),
        close: () => title.close(),
      };
      return watched;
    }),
  };
}

/** @param {string} name @param {(...given: any[]) => Promise<any>} work */
function timed(name, work) {
  return async (/** @type {any[]} */ ...given) => {
    const at = performance.now();
    const result = await work(...given);
    steps.push({ name, at, ms: performance.now() - at });
    return result;
  };
}
