import { fromBase64, readProtectionScheme } from '@secure-player/protocol';
import { fairplay, system, widevine } from '@secure-player/virtual-cdm';

import { appendInit, type AppendOptions, type HeardEvent } from '../virtual-cdm/encrypted-events-in-page.js';
import { expect, test } from '../virtual-cdm/virtual-cdm-test.js';

const FAIRPLAY = 'com.apple.fps';

test.use({ virtualCdm: { systems: [fairplay(), widevine()] } });

const typesOf = (heard: readonly HeardEvent[]) =>
  heard.map(({ by, initDataType }) => `${by} ${initDataType}`);
const SINF = ['listener sinf', 'handler sinf'];
const NATIVE = ['listener cenc', 'handler cenc'];

test('an init segment of cbcs makes an event with its `sinf` box, in place of the browser’s', async ({
  page,
  filmPage,
  site,
}) => {
  const url = `${filmPage.folder('cbcs')}/init.mp4`;
  const heard = await page.evaluate(appendInit, { url, keys: FAIRPLAY });
  const { keyId } = await site.contentKey('first-light-preview', 'SD');

  expect(typesOf(heard)).toEqual(SINF);
  const [box = ''] = heard[0]?.sinf ?? [];
  expect(heard[0]?.sinf).toHaveLength(1);
  expect(readProtectionScheme(fromBase64(box))).toMatchObject({ scheme: 'cbcs', defaultKeyId: keyId });
});

const WAYS: readonly [string, Partial<AppendOptions>][] = [
  ['made without any being set', { keys: `${FAIRPLAY}!` }],
  ['that is in no document', { isDetached: true }],
  ['with a `src` attribute', { source: 'attribute' }],
  ['with a <source>', { source: 'child' }],
  ['that gets a part of a buffer', { asView: true }],
];
for (const [title, how] of WAYS) {
  test(`so does one for an element ${title}`, async ({ page, filmPage }) => {
    const url = `${filmPage.folder('cbcs')}/init.mp4`;

    expect(typesOf(await page.evaluate(appendInit, { url, keys: FAIRPLAY, ...how }))).toEqual(SINF);
  });
}

test('so does one in a document that was written over', async ({ page, filmPage }) => {
  const url = `${filmPage.folder('cbcs')}/init.mp4`;
  await page.setContent('<!doctype html><body></body>');

  expect(typesOf(await page.evaluate(appendInit, { url, keys: FAIRPLAY }))).toEqual(SINF);
});

test('an init segment of cenc makes no event: FairPlay does not play it', async ({ page, filmPage }) => {
  const url = `${filmPage.folder('cenc')}/init.mp4`;

  expect(await page.evaluate(appendInit, { url, keys: FAIRPLAY })).toEqual([]);
});

test('what is no init segment makes none either', async ({ page, filmPage }) => {
  const url = `${filmPage.folder('cbcs')}/1.m4s`;

  expect(await page.evaluate(appendInit, { url, keys: FAIRPLAY })).toEqual([]);
});

test.describe('the browser’s own events come', () => {
  test('until a page has made FairPlay keys', async ({ page, filmPage }) => {
    const url = `${filmPage.folder('cbcs')}/init.mp4`;
    expect(typesOf(await page.evaluate(appendInit, { url }))).toEqual(NATIVE);

    await page.evaluate(appendInit, { url, keys: `${FAIRPLAY}!` });
    expect(typesOf(await page.evaluate(appendInit, { url }))).toEqual(SINF);
  });

  for (const keys of ['com.widevine.alpha', 'org.w3.clearkey']) {
    test(`to an element with keys of ${keys}`, async ({ page, filmPage }) => {
      const url = `${filmPage.folder('cbcs')}/init.mp4`;
      await page.evaluate(appendInit, { url, keys: FAIRPLAY });

      expect(typesOf(await page.evaluate(appendInit, { url, keys }))).toEqual(NATIVE);
    });
  }

  test('once it is uninstalled', async ({ page, filmPage, cdm }) => {
    const url = `${filmPage.folder('cbcs')}/init.mp4`;
    await page.evaluate(appendInit, { url, keys: FAIRPLAY });
    await cdm.uninstall();

    expect(typesOf(await page.evaluate(appendInit, { url }))).toEqual(NATIVE);
  });

  test.describe('where there is no FairPlay', () => {
    test.use({ virtualCdm: { systems: [system({ keySystem: 'com.example.drm', dialect: 'clearkey' })] } });

    test('always', async ({ page, filmPage }) => {
      const url = `${filmPage.folder('cbcs')}/init.mp4`;

      expect(typesOf(await page.evaluate(appendInit, { url, keys: 'com.example.drm' }))).toEqual(NATIVE);
    });
  });
});
