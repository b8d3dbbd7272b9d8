import { parseKeyId, toBase64, writeClearKeyLicense, writeKeyIdsInitData } from '@secure-player/protocol';
import { system } from '@secure-player/virtual-cdm';
import { withVirtualCdm } from '@secure-player/virtual-cdm/playwright';
import type { Page } from '@playwright/test';

import type { HarnessTitle } from '../harness/offline-playback.js';
import { CLEAR_HEIGHT, encryptByAes128, packageClearFilm, type FilmFiles } from '../support/clear-film.js';
import { expectPicture } from '../support/expect-picture.js';
import { expect, test as base } from '../support/fixtures.js';
import type { Site } from '../support/site.js';

const TITLE = 'first-light-preview';
const GROUPS = ['AUDIO', 'SD'] as const;
const TRACKS = ['video-234', 'video-360', 'audio-en', 'audio-es'];
const MANIFESTS = { dash: 'manifest.mpd', hls: 'master.m3u8' };
const SEGMENTS = Array.from({ length: 16 }, (_, index) => `${index + 1}.m4s`);
const AT_MOST_360 = { atMost: 360 };
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A page of the site that keeps a film, and what it has asked the network for since. */
class OfflinePage {
  readonly #requests: string[] = [];
  readonly #page: Page;
  readonly #site: Site;
  /** Whether what is asked for is the film's, and not the page's. */
  #counts = false;

  constructor(page: Page, site: Site) {
    this.#page = page;
    this.#site = site;
    page.on('request', (request) => {
      const { protocol, pathname } = new URL(request.url());
      const isCode = !protocol.startsWith('http') || pathname.endsWith('.js');
      if (this.#counts && !isCode) this.#requests.push(pathname);
    });
  }

  async open(): Promise<void> {
    await this.#page.goto(`${this.#site.url}/harness/offline-playback.html`);
  }

  /** Lets the player go, and waits until it has let go of what it played. */
  async unmount(): Promise<void> {
    const count = async (name: string) => (await this.calls()).filter((call) => call === name).length;
    await this.#page.evaluate(() => window.offline.unmount());
    await expect.poll(async () => (await count('close')) - (await count('open'))).toBe(0);
  }

  /** Keeps the protected film in a format. */
  async capture(type: 'dash' | 'hls'): Promise<void> {
    const manifests = [MANIFESTS[type], ...(type === 'hls' ? TRACKS.map((name) => `${name}.m3u8`) : [])];
    const media = TRACKS.flatMap((track) => ['init.mp4', ...SEGMENTS].map((name) => `${track}/${name}`));
    const urls = [...manifests, ...media].map((path) => this.urlOf(type, path));
    this.#counts = false;
    await this.#page.evaluate((all) => window.offline.capture(all), urls);
    this.#counts = true;
  }

  /** Keeps files that no server has, as if they had come from a folder of it. */
  async keep(folder: string, files: FilmFiles): Promise<void> {
    const answers = Object.entries(files).map(([path, bytes]) => [
      this.keptUrl(folder, path),
      toBase64(bytes),
    ]);
    await this.#page.evaluate((all) => window.offline.keep(all), Object.fromEntries(answers));
    this.#counts = true;
  }

  keptUrl(folder: string, path: string): string {
    return `${this.#site.url}/gone/${folder}/${path}`;
  }

  urlOf(type: 'dash' | 'hls', path: string): string {
    const directory = this.#site.titles.find(({ id }) => id === TITLE)?.directory;
    return `${this.#site.url}/media/${directory}/${type}/${path}`;
  }

  /** Plays the protected film from what was captured. */
  async play(title: HarnessTitle): Promise<void> {
    const { type } = title;
    await this.show(this.urlOf(type, MANIFESTS[type]), title);
  }

  /** Plays files that no server has. */
  async playKept(folder: string, type: 'dash' | 'hls'): Promise<void> {
    const src = this.keptUrl(folder, MANIFESTS[type]);
    await this.show(src, { type, license: { mode: 'none' } });
  }

  show(src: string, title: HarnessTitle): Promise<void> {
    const drm = {
      'org.w3.clearkey': { licenseUrl: '/license/clearkey' },
      'com.widevine.alpha': {
        licenseUrl: '/license/widevine',
        serverCertificateUrl: '/certificate/widevine',
      },
    };
    return this.#page.evaluate(([source, how]) => window.offline.show(source, how), [
      { id: TITLE, src, drm },
      title,
    ] as const);
  }

  async license(type?: 'persistent-license'): Promise<{ license: string; initData: string }> {
    const keys = await Promise.all(GROUPS.map((group) => this.#site.contentKey(TITLE, group)));
    const listed = keys.map(({ keyId, key }) => ({ keyId: parseKeyId(keyId), key: Uint8Array.from(key) }));

    return {
      license: decode(writeClearKeyLicense({ keys: listed, ...(type && { type }) })),
      initData: decode(writeKeyIdsInitData(listed.map(({ keyId }) => keyId))),
    };
  }

  calls(): Promise<string[]> {
    return this.#page.evaluate(() => [...window.offline.calls]);
  }

  /** Nothing was asked of the network, nor of the page. */
  async expectSilence(): Promise<void> {
    expect(this.#requests).toEqual([]);
    expect((await this.calls()).filter((call) => call.startsWith('authorize'))).toEqual([]);
  }

  async expectError(code: string): Promise<void> {
    await expect(this.#page.locator('[data-secure-player]')).toHaveAttribute('data-error-code', code);
  }
}

const test = withVirtualCdm(base).extend<{ device: OfflinePage }, { clearFilm: FilmFiles }>({
  clearFilm: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, provide) => provide(await packageClearFilm()),
    { scope: 'worker' },
  ],
  device: async ({ page, site }, provide) => {
    const device = new OfflinePage(page, site);
    await device.open();
    await provide(device);
  },
});

test('a clear film plays from this device, and one under AES-128 by the key among its answers', async ({
  page,
  device,
  clearFilm,
}) => {
  await device.keep('clear', clearFilm);
  await device.keep('aes', encryptByAes128(clearFilm));
  for (const [folder, type] of [
    ['clear', 'dash'],
    ['clear', 'hls'],
    ['aes', 'hls'],
  ] as const) {
    await test.step(`${folder}, ${type}`, async () => {
      await device.playKept(folder, type);
      await expectPicture(page, CLEAR_HEIGHT);
      expect(await device.calls()).toContain('notePlayed');
      await device.unmount();
    });
  }

  await device.expectSilence();
});

test('a film plays by the license that the browser keeps, with a network and without', async ({
  page,
  context,
  device,
}) => {
  const { license } = await device.license();
  await device.capture('dash');
  await device.play({ type: 'dash', license: { mode: 'vault', license } });
  await expectPicture(page, AT_MOST_360);
  await device.unmount();

  await context.setOffline(true);
  await device.play({ type: 'dash', license: { mode: 'vault', license } });
  await expectPicture(page, AT_MOST_360);
  await device.expectSilence();
});

test('a rental ends in the middle of the film, and another license lets it go on', async ({
  page,
  device,
}) => {
  await page.clock.install();
  await device.open();
  const { license } = await device.license();
  await device.capture('hls');
  await device.play({ type: 'hls', license: { mode: 'vault', license }, playWithin: 3_600_000 });
  await expectPicture(page, AT_MOST_360);
  expect(await page.evaluate(() => window.offline.state().drm.expiresAt)).not.toBeNull();

  await page.clock.fastForward(3_600_000);
  await device.expectError('offline-license-expired');
  await page.locator('[data-recovery="renew-license"]').click();
  await expectPicture(page, AT_MOST_360);
  expect(await device.calls()).toContain(`renew ${TITLE}`);
  await device.expectSilence();
});

test('what has changed on the disk, and what is not there without a network, ends in an error of its own', async ({
  page,
  context,
  device,
  clearFilm,
}) => {
  await device.keep('clear', clearFilm);
  await device.playKept('clear', 'dash');
  await expectPicture(page, CLEAR_HEIGHT);
  await page.evaluate((url) => window.offline.damage(url), device.keptUrl('clear', 'manifest.mpd'));
  await device.unmount();
  await device.playKept('clear', 'dash');
  await device.expectError('download-damaged');
  await device.unmount();

  await context.setOffline(true);
  await device.playKept('nothing', 'dash');
  await device.expectError('download-missing');
  await device.expectSilence();
});

test.describe('with a module that keeps licenses', () => {
  const robustness = ['SW_SECURE_CRYPTO', 'SW_SECURE_DECODE'];
  const widevine = system({
    keySystem: 'com.widevine.alpha',
    dialect: 'clearkey',
    videoRobustness: robustness,
    audioRobustness: robustness,
  });
  test.use({ virtualCdm: { systems: [widevine] } });

  test('one is loaded, and is still there after that; one that it has lost is said to be missing', async ({
    page,
    device,
  }) => {
    const license = await device.license('persistent-license');
    const sessionId = await page.evaluate((kept) => window.offline.storeLicense(kept), license);
    for (const type of ['dash', 'hls'] as const) {
      await test.step(type, async () => {
        await device.capture(type);
        await device.play({ type, license: { mode: 'persistent', sessionId } });
        await expectPicture(page, AT_MOST_360);
        await device.unmount();
      });
    }

    await device.play({ type: 'dash', license: { mode: 'persistent', sessionId: 'ABCDEF' } });
    await device.expectError('stored-license-missing');
    await device.expectSilence();
  });
});
