import type { Source } from '@secure-player/core';
import { fromHex } from '@secure-player/protocol';
import { beforeEach, expect, it } from 'vitest';

import { openDownloadsDatabase } from '../index-database/downloads-database.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { sourceOf } from '../testing/setup-device.js';
import { setupFilm } from '../testing/setup-film.js';
import { settle, until } from '../testing/until.js';

const KEY_ID = '0123456789abcdef0123456789abcdef';
const KEY = '00112233445566778899aabbccddeeff';
const HEADERS = { 'x-api-key': 'secret-header' };
const SECRETS: Partial<Source> = {
  session: { id: 'secret-session', heartbeatSeconds: 30 },
  drm: {
    'com.widevine.alpha': { licenseUrl: '/license', headers: HEADERS, prepareRequest: (request) => request },
    'org.w3.clearkey': { keys: { [KEY_ID]: KEY } },
  },
};

beforeEach(freshDatabase);

/** A download that stands still before its license is there, and what is kept of it by then. */
async function setup() {
  const device = await setupFilm();
  const release = device.hold(device.src);
  const start = () => device.manager.start(sourceOf(device.src, 'film', SECRETS));

  return { ...device, release, start };
}

/** All that the index holds, bytes as hex digits, so that nothing in it is overlooked. */
async function storedText(): Promise<string> {
  const database = await openDownloadsDatabase();
  const names = [...database.objectStoreNames].filter((name) => name !== 'bytes');
  const stores = await Promise.all(names.map((name) => database.getAll(name)));
  database.close();
  const toText = (_: string, value: unknown) =>
    value instanceof Uint8Array
      ? Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')
      : value;

  return JSON.stringify(stores, toText);
}

it('are not in the index, in any spelling', async () => {
  const { start } = await setup();
  await start();
  const text = await storedText();

  expect(text).toContain(KEY_ID);
  const inBase64 = btoa(String.fromCharCode(...fromHex(KEY))).slice(0, 20);
  for (const secret of [KEY, inBase64, 'secret-header', 'secret-session', 'x-api-key']) {
    expect(text).not.toContain(secret);
  }
});

it('are there where a license is asked for, with the tab that was given them', async () => {
  const { start, release, licenses, reaches } = await setup();
  await start();
  release();
  await reaches('film', 'complete');

  expect(licenses.acquired[0]?.source.drm).toEqual({
    'com.widevine.alpha': { licenseUrl: '/license', headers: HEADERS },
    'org.w3.clearkey': { keys: { [KEY_ID]: KEY } },
  });
});

it('are there too where another tab works: headers it is told, and no license is got without them', async () => {
  const { release, src, licenses, reaches, openTab, manager } = await setup();
  await until(() => manager.getState().isOwner);
  const other = openTab();
  await other.manager.start(sourceOf(src, 'film', SECRETS));
  release();
  await reaches('film', 'complete');

  expect(licenses.acquired[0]?.source.drm?.['com.widevine.alpha']?.headers).toEqual(HEADERS);
});

it('outlive a reload as far as they are kept: keys do, and headers are the page’s to give again', async () => {
  const { start, release, licenses, manager, openTab } = await setup();
  await start();
  release();
  await manager.destroy();
  const before = licenses.acquired.length;
  const completed: Source[] = [];
  const next = openTab({
    completeSource: (source) => {
      completed.push(source);
      return source;
    },
  });
  await next.reaches('film', 'complete');

  expect(licenses.acquired.slice(before).at(-1)?.source.drm).toEqual({
    'com.widevine.alpha': { licenseUrl: '/license' },
    'org.w3.clearkey': { keys: { [KEY_ID]: KEY } },
  });
  expect(completed[0]?.drm).toEqual({ 'com.widevine.alpha': { licenseUrl: '/license' } });
});

it('are in what is played as the page gives them now, in a snapshot that stays while they do', async () => {
  const { release, openTab, manager, src } = await setup();
  await manager.destroy();
  release();
  let token = 'first';
  const {
    reaches,
    find,
    manager: next,
  } = openTab({
    completeSource: (source) => ({
      ...source,
      drm: {
        'com.widevine.alpha': {
          licenseUrl: '/license',
          headers: { 'x-token': token },
          prepareRequest: (request) => request,
        },
      },
    }),
  });
  await next.start(sourceOf(src, 'film'));
  const before = await reaches('film', 'complete');
  await settle();
  const settled = find('film');
  await next.setPriority('nothing', 1);
  await next.setMeteredAllowed(true);
  await settle();
  expect(find('film')).toBe(settled);
  expect(before.source.drm?.['com.widevine.alpha']?.headers).toEqual({ 'x-token': 'first' });

  token = 'second';
  await next.setPriority('film', 1);
  await until(() => find('film')?.priority === 1);
  expect(find('film')?.source.drm?.['com.widevine.alpha']?.headers).toEqual({ 'x-token': 'second' });
});

it('stay with a title that is wanted again as its download says', async () => {
  const { start, release, licenses, manager, find, reaches } = await setup();
  await start();
  release();
  const { source } = await reaches('film', 'complete');
  expect(source.drm).toEqual({ 'com.widevine.alpha': { licenseUrl: '/license', headers: HEADERS } });

  await manager.start(source, { languages: ['en'] });
  await until(() => licenses.acquired.length === 2);
  expect(licenses.acquired[1]?.source.drm?.['org.w3.clearkey']).toEqual({ keys: { [KEY_ID]: KEY } });
  expect(find('film')).toBeDefined();
});
