// @vitest-environment jsdom
import { PlaybackError, type OfflineTitles, type Source } from '@secure-player/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createRef } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { usePlayer } from '../player/use-player.js';
import { SecurePlayerProvider } from '../provider/secure-player-provider.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import type { PlayerHandle, SecurePlayerProps } from './secure-player-props.js';
import { SecurePlayer } from './secure-player.js';

const A: Source = { src: '/a.mpd' };
const B: Source = { src: '/b.mpd' };
const QUALITY = { id: '1', width: 640, height: 360, bandwidth: 1, frameRate: 25, codecs: 'avc1' };

afterEach(cleanup);

function present<T>(element: T | null): T {
  if (element === null) throw new Error('It is not rendered.');
  return element;
}

async function setup(props: Partial<SecurePlayerProps> = {}, outcome?: () => Promise<void>) {
  const engines = createFakeEngines(outcome);
  const view = render(<SecurePlayer source={A} {...props} />, { wrapper: engines.wrapper });
  const root = () => present(view.container.querySelector<HTMLElement>('[data-secure-player]'));
  const video = () => present(view.container.querySelector('video'));
  const update = async (next: Partial<SecurePlayerProps>) => {
    view.rerender(<SecurePlayer source={A} {...next} />);
    await settle();
  };
  /** The element as it is after a change, with the event that tells of it. */
  const happen = (event: string, change: Partial<Record<keyof HTMLVideoElement, unknown>> = {}) => {
    for (const [name, value] of Object.entries(change)) {
      Object.defineProperty(video(), name, { value, configurable: true, writable: true });
    }
    fireEvent(video(), new Event(event));
  };
  const fail = (error: PlaybackError) => act(() => engines.current().options.listener.onError(error));
  await settle();

  return { ...view, engines, root, video, update, happen, fail };
}

describe('mounting', () => {
  it('in StrictMode makes one engine, which loads once', async () => {
    const { engines, root } = await setup();

    expect(engines.made).toHaveLength(1);
    expect(engines.alive()).toEqual([engines.current()]);
    expect(engines.loads()).toEqual(['/a.mpd']);
    expect(root().dataset['status']).toBe('ready');
  });

  it('is undone by unmounting, to the last engine', async () => {
    const { engines, unmount } = await setup();
    unmount();
    await settle();

    expect(engines.alive()).toEqual([]);
    for (const { destroy } of engines.made) expect(destroy).toHaveBeenCalledOnce();
  });

  it('while it loads, too', async () => {
    const { engines, unmount } = await setup({}, () => new Promise(() => {}));
    const signal = engines.current().load.mock.calls[0]?.[1].signal;
    unmount();

    expect(signal?.aborted).toBe(true);
  });

  it.each([null, undefined])('with %s for a source is idle, until there is one', async (source) => {
    const { engines, root, update } = await setup({ source });
    expect(engines.loads()).toEqual([]);
    expect(root().dataset['status']).toBe('idle');

    await update({ source: A });
    expect(engines.loads()).toEqual(['/a.mpd']);
  });

  it('gives two players an engine each', async () => {
    const engines = createFakeEngines();
    render([<SecurePlayer key="a" source={A} />, <SecurePlayer key="b" source={B} />], {
      wrapper: engines.wrapper,
    });
    await settle();

    expect(engines.alive()).toHaveLength(2);
    expect(engines.loads().sort()).toEqual(['/a.mpd', '/b.mpd']);
  });
});

describe('the source', () => {
  it('that is written inline and stays equal does not load again', async () => {
    const { engines, update } = await setup({
      source: { src: '/a.mpd', drm: { 'org.w3.clearkey': { licenseUrl: '/l' } } },
    });
    for (const licenseUrl of ['/l', '/other']) {
      await update({
        source: { src: '/a.mpd', title: licenseUrl, drm: { 'org.w3.clearkey': { licenseUrl } } },
      });
    }

    expect(engines.loads()).toEqual(['/a.mpd']);
    expect(engines.current().options.currentSource()?.drm?.['org.w3.clearkey']?.licenseUrl).toBe('/other');
  });

  it.each<[string, Source]>([
    ['src', B],
    ['type', { ...A, type: 'hls' }],
    ['key system', { ...A, drm: { 'org.w3.clearkey': { licenseUrl: '/l' } } }],
  ])('with another %s loads, in the same engine', async (_, source) => {
    const { engines, update } = await setup();
    await update({ source });

    expect(engines.loads()).toEqual(['/a.mpd', source.src]);
    expect(engines.alive()).toHaveLength(1);
  });

  it.each([null, undefined])('%s unloads', async (source) => {
    const { engines, update, root } = await setup();
    engines.current().unload.mockClear();
    await update({ source });

    expect(engines.current().unload).toHaveBeenCalledOnce();
    expect(root().dataset['status']).toBe('idle');
  });

  it('gives the poster', async () => {
    const { video } = await setup({ source: { ...A, poster: '/poster.jpg' } });

    expect(video().getAttribute('poster')).toBe('/poster.jpg');
  });
});

describe('what the engine is given', () => {
  it('are the downloads that the provider has now', async () => {
    const engines = createFakeEngines();
    const titles: OfflineTitles = { open: async () => null, renewLicense: async () => {} };
    const page = (downloads: OfflineTitles | undefined) => (
      <SecurePlayerProvider downloads={downloads}>
        <SecurePlayer source={A} />
      </SecurePlayerProvider>
    );
    const { rerender } = render(page(undefined), { wrapper: engines.wrapper });
    await settle();
    const given = () => engines.current().options.offlineTitles?.();

    expect(given()).toBeUndefined();
    rerender(page(titles));
    expect(given()).toBe(titles);
  });

  it('is `authorize` as it is when it is called', async () => {
    const engines = createFakeEngines();
    const page = (token: string) => (
      <SecurePlayerProvider authorize={() => token}>
        <SecurePlayer source={A} />
      </SecurePlayerProvider>
    );
    const { rerender } = render(page('first'), { wrapper: engines.wrapper });
    await settle();
    const ask = () =>
      engines.current().options.authorizer.headersFor({
        purpose: 'manifest',
        url: '/a.mpd',
        reason: 'initial',
        signal: new AbortController().signal,
      });

    expect(await ask()).toEqual({ authorization: 'Bearer first' });
    rerender(page('second'));
    expect(await ask()).toEqual({ authorization: 'Bearer second' });
    expect(engines.loads()).toEqual(['/a.mpd']);
  });

  it('is `engineConfig` as it is at each load', async () => {
    const { engines, update } = await setup({ engineConfig: { shaka: { a: 1 } } });
    const configuration = engines.factoryOptions.at(-1)?.configuration;
    expect(configuration?.()).toEqual({ a: 1 });

    await update({ engineConfig: { shaka: { a: 2 } } });
    expect(configuration?.()).toEqual({ a: 2 });
    expect(engines.loads()).toEqual(['/a.mpd']);
  });
});

describe('muted and loop', () => {
  it.each(['muted', 'loop'] as const)(
    '%s applies on mount and when it changes; the viewer’s change stands',
    async (name) => {
      const { video, update } = await setup({ [name]: true });
      expect(video()[name]).toBe(true);

      video()[name] = false;
      await update({ [name]: true, title: 'another render' } as Partial<SecurePlayerProps>);
      expect(video()[name]).toBe(false);

      await update({ [name]: false });
      await update({ [name]: true });
      expect(video()[name]).toBe(true);

      await update({});
      expect(video()[name]).toBe(true);
    },
  );
});

describe('the rate', () => {
  it('applies on mount and when it changes; the viewer’s change stands, and another source begins at it', async () => {
    const { video, update } = await setup({ playbackRate: 1.5 });
    expect([video().playbackRate, video().defaultPlaybackRate]).toEqual([1.5, 1.5]);

    video().playbackRate = 2;
    await update({ playbackRate: 1.5 });
    expect(video().playbackRate).toBe(2);

    await update({ playbackRate: 1 });
    expect([video().playbackRate, video().defaultPlaybackRate]).toEqual([1, 1]);
  });
});

describe('what a page says of tracks', () => {
  const textTracks = () => [{ src: '/es.vtt', srclang: 'es' }];

  it('is given to the engine with the source', async () => {
    const { engines } = await setup({
      textTracks: textTracks(),
      languages: { audio: ['es'] },
      preferred: { audio: { kind: 'description' } },
    });

    expect(engines.current().load.mock.calls[0]?.[1].audio).toEqual([
      { language: 'es', kind: 'description' },
      { language: 'es' },
      { kind: 'description' },
    ]);
    expect(engines.current().addTextTracks).toHaveBeenCalledExactlyOnceWith(textTracks());
  });

  it('neither loads nor renders anything, written inline or changed; new captions join what plays', async () => {
    const renders = vi.fn();
    const Reader = () => {
      renders(usePlayer((state) => state));
      return null;
    };
    const children = <Reader />;
    const { engines, update } = await setup({
      textTracks: textTracks(),
      languages: { audio: ['es'] },
      children,
    });
    renders.mockClear();
    await update({ textTracks: textTracks(), languages: { audio: ['es'] }, children });
    await update({ textTracks: textTracks(), languages: { audio: ['en'] }, children });

    expect(renders).not.toHaveBeenCalled();
    expect(engines.loads()).toEqual(['/a.mpd']);
    expect(engines.current().addTextTracks).toHaveBeenCalledOnce();

    const more = [...textTracks(), { src: '/fr.vtt', srclang: 'fr' }];
    await update({ textTracks: more, children });
    expect(engines.current().addTextTracks).toHaveBeenLastCalledWith(more);
    expect(engines.loads()).toEqual(['/a.mpd']);
  });
});

describe('the video element', () => {
  it.each([
    [false, false],
    [undefined, false],
    [true, false],
    ['native', true],
  ] as const)('with controls={%s} has the browser’s own: %s', async (controls, expected) => {
    const { video } = await setup({ controls });

    expect(video().controls).toBe(expected);
  });

  it('gets its attributes, and those of `videoProps`', async () => {
    const { video, root } = await setup({
      autoPlay: true,
      preload: 'none',
      crossOrigin: 'anonymous',
      className: 'outer',
      style: { width: 100 },
      videoProps: { className: 'inner', 'aria-label': 'Film' },
    });

    expect(video().autoplay).toBe(true);
    expect(video().hasAttribute('playsinline')).toBe(true);
    expect(video().getAttribute('preload')).toBe('none');
    expect(video().crossOrigin).toBe('anonymous');
    expect(video().className).toBe('secure-player-video inner');
    expect(video().getAttribute('aria-label')).toBe('Film');
    expect(root().className).toBe('secure-player outer');
    expect(root().style.width).toBe('100px');
  });
});

describe('events', () => {
  const createEvents = () => ({
    onReady: vi.fn(),
    onPlay: vi.fn(),
    onPause: vi.fn(),
    onSeeked: vi.fn(),
    onEnded: vi.fn(),
    onTimeUpdate: vi.fn(),
    onVolumeChange: vi.fn(),
    onQualityChange: vi.fn(),
    onStatusChange: vi.fn(),
    onError: vi.fn(),
    onNotice: vi.fn(),
    onKeyStatusesChange: vi.fn(),
  });

  it('tell of a viewing from beginning to end', async () => {
    const events = createEvents();
    const { happen } = await setup(events);
    happen('play', { paused: false });
    happen('playing');
    happen('timeupdate', { currentTime: 3 });
    happen('volumechange', { volume: 0.5 });
    happen('waiting');
    happen('playing');
    happen('seeked', { readyState: 4 });
    happen('pause', { paused: true });
    happen('play', { paused: false });
    happen('playing');
    happen('pause', { paused: true, ended: true });
    happen('ended');

    expect(events.onReady).toHaveBeenCalledOnce();
    expect(events.onPlay).toHaveBeenCalledTimes(2);
    expect(events.onPause).toHaveBeenCalledTimes(2);
    expect(events.onSeeked).toHaveBeenCalledOnce();
    expect(events.onTimeUpdate).toHaveBeenCalledExactlyOnceWith(3);
    expect(events.onVolumeChange).toHaveBeenCalledExactlyOnceWith(0.5, false);
    expect(events.onEnded).toHaveBeenCalledOnce();
    expect(events.onStatusChange.mock.calls.flat()).toEqual([
      'loading',
      'ready',
      'playing',
      'buffering',
      'playing',
      'paused',
      'playing',
      'ended',
    ]);
    expect(events.onError).not.toHaveBeenCalled();
  });

  it('tell what the engine reports, once for each change', async () => {
    const events = createEvents();
    const { engines, fail } = await setup(events);
    const report = (
      change: Parameters<ReturnType<typeof engines.current>['options']['listener']['onState']>[0],
    ) => act(() => engines.current().options.listener.onState(change));
    const notice = { code: 'quality-limited', reason: 'key-missing' } as const;
    const keyStatuses = () => [{ keyId: '0', status: 'usable' }];
    report({ quality: QUALITY, notice });
    report({ quality: { ...QUALITY }, notice: { ...notice } });
    report({
      drm: { keySystem: 'org.w3.clearkey', keyStatuses: keyStatuses(), expiresAt: null, renewal: 'none' },
    });
    report({
      drm: { keySystem: 'org.w3.clearkey', keyStatuses: keyStatuses(), expiresAt: 5, renewal: 'none' },
    });
    const error = new PlaybackError('key-expired');
    fail(error);

    expect(events.onQualityChange).toHaveBeenCalledExactlyOnceWith(QUALITY);
    expect(events.onNotice).toHaveBeenCalledExactlyOnceWith(notice);
    expect(events.onKeyStatusesChange).toHaveBeenCalledExactlyOnceWith(keyStatuses());
    expect(events.onError).toHaveBeenCalledExactlyOnceWith(error);
  });

  it('go to the handlers of the last render', async () => {
    const [first, second] = [vi.fn(), vi.fn()];
    const { update, happen } = await setup({ onTimeUpdate: first });
    await update({ onTimeUpdate: second });
    happen('timeupdate', { currentTime: 1 });

    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledOnce();
  });

  it('reach the other handlers where one throws, which is an uncaught error of the page', async () => {
    const uncaught: unknown[] = [];
    const mistake = new Error('the page’s mistake');
    const fails = () => {
      throw mistake;
    };
    const others = { onError: vi.fn(), onNotice: vi.fn(), onReady: vi.fn() };
    const { engines, update, fail } = await setup({ source: null });
    const run = async (callback: () => void) => {
      await Promise.resolve();
      try {
        callback();
      } catch (error) {
        uncaught.push(error);
      }
    };
    vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((callback) => void run(callback));
    const handlers = { ...others, onStatusChange: fails, onQualityChange: fails };
    await update({ ...handlers, source: A });
    const notice = { code: 'quality-limited', reason: 'key-missing' } as const;
    act(() => engines.current().options.listener.onState({ quality: QUALITY, notice }));
    fail(new PlaybackError('key-expired'));
    await settle();

    for (const handler of Object.values(others)) expect(handler).toHaveBeenCalledOnce();
    // loading, ready, the quality, error
    expect(uncaught).toEqual([mistake, mistake, mistake, mistake]);
  });

  it('end with the mount', async () => {
    const events = createEvents();
    const { unmount, video } = await setup(events);
    const element = video();
    for (const event of Object.values(events)) event.mockClear();
    unmount();
    await settle();
    for (const type of ['seeked', 'timeupdate', 'playing']) element.dispatchEvent(new Event(type));

    for (const event of Object.values(events)) expect(event).not.toHaveBeenCalled();
  });
});

describe('an error', () => {
  it('is on the root and on the surface, in words, with its code', async () => {
    const { root, fail } = await setup();
    fail(new PlaybackError('plan-insufficient'));

    expect(root().dataset).toMatchObject({ status: 'error', errorCode: 'plan-insufficient' });
    const alert = screen.getByRole('alert', { name: 'Your plan does not include this video' });
    expect(alert.textContent).toContain('Choose a plan');
    expect(alert.querySelector('code')?.textContent).toBe('plan-insufficient');
  });

  it('offers to try again, which loads again and takes the error away', async () => {
    const { engines, root, fail } = await setup();
    fail(new PlaybackError('segment-unavailable'));
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();

    expect(engines.loads()).toEqual(['/a.mpd', '/a.mpd']);
    expect(root().dataset['status']).toBe('ready');
    expect(root().dataset['errorCode']).toBeUndefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('that no retry can mend offers none', async () => {
    const { fail } = await setup();
    fail(new PlaybackError('drm-unsupported'));

    expect(screen.queryByRole('button')).toBeNull();
  });

  it('has a button for its recovery only where the page has a handler', async () => {
    const signIn = vi.fn();
    const { fail, update } = await setup();
    const error = new PlaybackError('authentication-required');
    fail(error);
    expect(screen.queryByRole('button', { name: 'Sign in' })).toBeNull();

    await update({ onRecovery: { 'sign-in': signIn, 'upgrade-plan': vi.fn() } });
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(signIn).toHaveBeenCalledExactlyOnceWith(error);
    expect(screen.queryByRole('button', { name: 'See plans' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });

  it('of a license that has ended offers to renew it, by itself or in the page’s own way', async () => {
    const { fail, engines, root, update } = await setup();
    fail(new PlaybackError('key-expired'));
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Renew' }));
    await settle();
    expect(engines.loads()).toEqual(['/a.mpd', '/a.mpd']);
    expect(root().dataset['status']).toBe('ready');

    const renew = vi.fn();
    await update({ onRecovery: { 'renew-license': renew } });
    const error = new PlaybackError('key-expired');
    fail(error);
    fireEvent.click(screen.getByRole('button', { name: 'Renew' }));
    expect(renew).toHaveBeenCalledExactlyOnceWith(error);
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });

  it('lets the page retry in its own way', async () => {
    const retry = vi.fn();
    const { fail, engines } = await setup({ onRecovery: { retry } });
    fail(new PlaybackError('segment-unavailable'));
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();

    expect(retry).toHaveBeenCalledOnce();
    expect(engines.loads()).toEqual(['/a.mpd']);
  });

  it('of a load that fails is shown too, and again after each try', async () => {
    const { engines, root } = await setup({}, () =>
      Promise.reject(new PlaybackError('manifest-unreachable')),
    );
    expect(root().dataset['errorCode']).toBe('manifest-unreachable');

    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();
    expect(root().dataset['errorCode']).toBe('manifest-unreachable');

    engines.state.outcome = async () => {};
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await settle();
    expect(root().dataset['status']).toBe('ready');
  });

  it('of a source that cannot be used names no secret, and needs no engine', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { engines, root } = await setup({
      source: { src: '/a.mpd', drm: { 'org.w3.clearkey': { keys: { key: 'value' } } } },
    });
    expect(log.mock.calls.flat().join()).not.toMatch(/\bvalue\b/);

    expect(engines.loads()).toEqual([]);
    expect(root().dataset['errorCode']).toBe('source-invalid');
  });

  it('of a source that cannot be used is told to the developer, once', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const source = { src: '' };
    const { root, update } = await setup({ source });
    await update({ source: { ...source } });
    expect(root().dataset['errorCode']).toBe('source-invalid');

    expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('src'));
  });

  it('that the page handles, or that is no mistake of the developer’s, is not logged', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const onError = vi.fn();
    await setup({ source: { src: '' }, onError });
    const { fail } = await setup();
    fail(new PlaybackError('segment-unavailable'));

    expect(onError).toHaveBeenCalledOnce();
    expect(log).not.toHaveBeenCalled();
  });
});

describe('a ref', () => {
  it('gives the elements, the state and the actions, the same at each render', async () => {
    const engines = createFakeEngines();
    const ref = createRef<PlayerHandle>();
    const { rerender, container, unmount } = render(<SecurePlayer ref={ref} source={A} />, {
      wrapper: engines.wrapper,
    });
    await settle();
    const handle = ref.current;

    expect(handle?.video).toBe(container.querySelector('video'));
    expect(handle?.root).toBe(container.querySelector('[data-secure-player]'));
    expect(handle?.getState().status).toBe('ready');
    act(() => handle?.retry());
    await settle();
    expect(engines.loads()).toEqual(['/a.mpd', '/a.mpd']);

    rerender(<SecurePlayer ref={ref} source={B} />);
    expect(ref.current).toBe(handle);
    unmount();
    expect(ref.current).toBeNull();
    expect(handle?.video).toBeNull();
  });

  it('tells of changes until that is called off', async () => {
    const engines = createFakeEngines();
    const ref = createRef<PlayerHandle>();
    const listener = vi.fn();
    render(<SecurePlayer ref={ref} source={A} />, { wrapper: engines.wrapper });
    const stop = ref.current?.subscribe(listener);
    await settle();
    expect(listener).toHaveBeenCalled();

    stop?.();
    listener.mockClear();
    act(() => engines.current().options.listener.onState({ live: true }));
    expect(listener).not.toHaveBeenCalled();
  });
});

it('renders its children over the picture, with the player in reach', async () => {
  const Status = () => <output>{usePlayer(({ status }) => status)}</output>;
  const { root } = await setup({ children: <Status /> });

  expect(root().querySelector('output')?.textContent).toBe('ready');
});
