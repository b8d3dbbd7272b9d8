import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { deriveRootKey, packageRotatingTitle, type RotatingTitle } from '@secure-player/packaging';
import { toHex } from '@secure-player/protocol';
import { widevine } from '@secure-player/virtual-cdm';
import { addVirtualCdm, VirtualCdmControl } from '@secure-player/virtual-cdm/playwright';

import { EnginePage } from '../engines/engine-page.js';
import { expect, test as base } from '../support/fixtures.js';

const MEDIA_ROOT = fileURLToPath(new URL('../../.cache/e2e-rotating', import.meta.url));
const KEY_SEED = new TextEncoder().encode('the key seed of a film whose keys rotate, which protects nothing');
const ID = 'first-light-rotating';

const test = base.extend<object, { rotating: RotatingTitle }>({
  rotating: [
    // Playwright wants the first argument destructured, also where nothing is taken from it.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const options = { id: ID, outputRoot: MEDIA_ROOT, keySeed: KEY_SEED, renditions: [234] };
      await provide(await packageRotatingTitle(options));
    },
    { scope: 'worker' },
  ],
});

test('shaka plays a film whose keys rotate, by the keys in its segments, and asks for no license', async ({
  page,
  site,
  rotating,
}) => {
  const licenses: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/license/')) licenses.push(request.url());
  });
  await page.route('**/rotating/**', async (route) => {
    const path = new URL(route.request().url()).pathname.slice('/rotating/'.length);
    const body = await readFile(join(rotating.directory, path));
    await route.fulfill({ body: path === rotating.path ? withoutPssh(body.toString()) : body });
  });
  const root = await deriveRootKey(ID, KEY_SEED);
  const system = widevine({ rotation: 'parent', rootKeys: { [root.keyId]: toHex(root.key) } });
  await addVirtualCdm(page, { systems: [system] });

  const enginePage = new EnginePage(page, site);
  await enginePage.open('shaka');
  await enginePage.playRequest({
    src: `/rotating/${rotating.path}`,
    keySystem: 'com.widevine.alpha',
    licenseUrl: '/license/widevine',
  });
  await enginePage.expectPicture();
  for (const seconds of [11, 27, 55]) {
    await enginePage.seek(seconds);
    expect(await enginePage.expectPicture()).toBeGreaterThanOrEqual(seconds);
  }

  const sessions = await new VirtualCdmControl(page).sessions();
  const used = new Set(sessions.flatMap(({ keyStatuses }) => keyStatuses.map(({ keyId }) => keyId)));
  const [video] = rotating.streams;
  expect(used.size).toBeGreaterThan(4);
  expect([...used].some((keyId) => video?.keyIds.includes(keyId))).toBe(true);
  expect(await enginePage.failures()).toEqual([]);
  expect(licenses).toEqual([]);
});

/** Where a manifest holds `pssh` boxes, the engine takes no notice of those in the segments. */
function withoutPssh(mpd: string): string {
  return mpd.replaceAll(/<cenc:pssh>[^<]*<\/cenc:pssh>/g, '');
}
