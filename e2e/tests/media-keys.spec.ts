import type { DrmConfiguration } from '@secure-player/react';
import type { Page } from '@playwright/test';

import type { MediaKeysPageOptions } from '../harness/media-keys.js';
import {
  BARE_FILM_TYPE,
  drmOfPageKeys,
  drmOfServer,
  fetchBareFilm,
  usableLines,
} from '../support/bare-film.js';
import { expectPicture } from '../support/expect-picture.js';
import { expect, test as base } from '../support/fixtures.js';
import type { Site } from '../support/site.js';

const FILM = '/film.mp4';

/** A page with a bare `<video>`, and one encrypted file with two tracks under two keys. */
const test = base.extend<{ film: FilmPage }>({
  film: async ({ page, site }, provide) => {
    const film = await fetchBareFilm(site);
    await page.route(`**${FILM}`, (route) =>
      route.fulfill({ body: Buffer.from(film), contentType: 'video/mp4' }),
    );
    await page.goto(`${site.url}/harness/media-keys.html`);
    await provide(new FilmPage(page, site));
    site.licenses.length = 0;
  },
});

class FilmPage {
  readonly #page: Page;
  readonly #site: Site;

  constructor(page: Page, site: Site) {
    this.#page = page;
    this.#site = site;
  }

  show(options: MediaKeysPageOptions): Promise<void> {
    return this.#page.evaluate((given) => window.mediaKeysPage.show(given), options);
  }

  play(): Promise<void> {
    return this.#page.evaluate(([url, contentType]) => window.mediaKeysPage.playByMse(url, contentType), [
      FILM,
      BARE_FILM_TYPE,
    ] as const);
  }

  playBySrc(): Promise<void> {
    return this.#page.evaluate((url) => window.mediaKeysPage.playBySrc(url), FILM);
  }

  pageKeys(): Promise<DrmConfiguration> {
    return drmOfPageKeys(this.#site);
  }

  licensed(): Promise<Pick<MediaKeysPageOptions, 'drm' | 'token'>> {
    return drmOfServer(this.#site);
  }

  async expectBothKeysUsable(): Promise<void> {
    const lines = await usableLines(this.#site);
    // The license server answers for the whole title, with its third key.
    for (const list of await this.lists.all()) {
      await expect
        .poll(() => list.getByRole('listitem').allTextContents())
        .toEqual(expect.arrayContaining(lines));
    }
  }

  get lists() {
    return this.#page.getByTestId('keys');
  }
}

test('an encrypted file plays from keys that the page knows, with the statuses of both', async ({
  film,
  page,
  site,
}) => {
  await film.show({ drm: await film.pageKeys() });
  await expect(film.lists).toHaveAttribute('data-status', 'waiting');
  await expect(film.lists).toHaveAttribute('data-key-system', 'org.w3.clearkey');

  await film.play();
  await expect(film.lists).toHaveAttribute('data-status', 'ready');
  await film.expectBothKeysUsable();
  await expectPicture(page, 360);
  expect(site.licenses).toEqual([]);
});

test('the same file plays from a license server, by one request for the whole page', async ({
  film,
  page,
  site,
}) => {
  await film.show({ ...(await film.licensed()), components: 2 });
  await film.play();
  await expectPicture(page, 360);

  await expect(film.lists).toHaveCount(2);
  await film.expectBothKeysUsable();
  // Two components, each mounted twice by StrictMode; the element asks for its two keys at once.
  expect(site.licenses).toHaveLength(1);
});

test('a license is renewed and given back on demand', async ({ film, page, site }) => {
  await film.show(await film.licensed());
  await film.play();
  await expectPicture(page, 360);
  await page.evaluate(() =>
    Promise.all([window.mediaKeysPage.license().renew(), window.mediaKeysPage.license().renew()]),
  );
  expect(site.licenses).toHaveLength(2);
  await expect(film.lists).toHaveAttribute('data-license', 'usable');
  await expectPicture(page, 360);

  await page.evaluate(() => window.mediaKeysPage.license().release());
  await expect(film.lists).toHaveAttribute('data-license', 'released');
  expect(site.licenses).toHaveLength(2);
});

test('a refusal is a typed error, asked for once', async ({ film, page }) => {
  let requests = 0;
  await page.route('**/license/**', (route) => {
    requests += 1;
    return route.fulfill({ status: 401 });
  });
  await film.show(await film.licensed());
  void film.play().catch(() => {});

  await expect(film.lists).toHaveAttribute('data-error-code', 'authentication-required');
  await expect(film.lists).toHaveAttribute('data-license', 'error');
  // The second is the one after `authorize` was asked again.
  expect(requests).toBe(2);
});

test('the same file by plain `src` ends in an error that says what to do', async ({ film }) => {
  await film.show({ drm: await film.pageKeys() });
  await expect(film.lists).toHaveAttribute('data-status', 'waiting');
  await film.playBySrc();

  await expect(film.lists).toHaveAttribute('data-error-code', 'media-unsupported');
  await expect(film.lists).toHaveAttribute('title', /through MSE/);
});

test('MediaKeys of another owner are left alone', async ({ film, page }) => {
  await page.evaluate(async () => {
    const access = await navigator.requestMediaKeySystemAccess('org.w3.clearkey', [
      { initDataTypes: ['cenc'], videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.42E01E"' }] },
    ]);
    const foreign = await access.createMediaKeys();
    const observer = new MutationObserver(() => {
      const video = document.querySelector('video');
      if (!video) return;
      observer.disconnect();
      void video.setMediaKeys(foreign);
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
  await film.show({ drm: await film.pageKeys() });

  await expect(film.lists).toHaveAttribute('data-error-code', 'media-keys-in-use');
});

test('unmounting lets go of the element and of all sessions', async ({ film, page }) => {
  await page.evaluate(() => {
    const sessions: MediaKeySession[] = [];
    Object.assign(window, { sessions });
    // oxlint-disable-next-line typescript/unbound-method -- it is called on its own MediaKeys
    MediaKeys.prototype.createSession = new Proxy(MediaKeys.prototype.createSession, {
      apply(createSession, mediaKeys, parameters) {
        const session = Reflect.apply(createSession, mediaKeys, parameters) as MediaKeySession;
        sessions.push(session);
        return session;
      },
    });
  });
  await film.show({ drm: await film.pageKeys() });
  await film.play();
  await expectPicture(page, 360);
  const video = await page.locator('video').elementHandle();
  await page.evaluate(() => window.mediaKeysPage.unmount());

  const reasons = await page.evaluate(() =>
    Promise.all((window as unknown as { sessions: MediaKeySession[] }).sessions.map(({ closed }) => closed)),
  );
  expect(reasons).toEqual(['closed-by-application']);
  await video?.dispose();
});
