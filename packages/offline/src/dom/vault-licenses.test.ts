import { fromHex, readClearKeyLicense, toHex, writeClearKeyLicenseRequest } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';

import { KEY_IDS, KEYS } from './testing/clear-key-server.js';
import { setupLicenses, titleOf } from './testing/setup-licenses.js';

const KEY_URL = 'https://page.example/keys/1';

/** All that is stored, its bytes as hex digits. */
function storedText({ licenses, releases }: ReturnType<typeof setupLicenses>['store']): string {
  return JSON.stringify([...licenses.values(), ...releases.values()], (_, value: unknown) =>
    value instanceof Uint8Array ? toHex(value) : value,
  );
}

async function answerOf(licenses: ReturnType<typeof setupLicenses>['licenses'], kids: readonly string[]) {
  const opened = await licenses.open('film');
  if (opened.mode !== 'vault') throw new Error('It is not in the vault.');
  const answer = await opened.answer(writeClearKeyLicenseRequest({ kids, type: 'temporary' }));

  return readClearKeyLicense(answer);
}

describe('a Clear Key license where no module stores any', () => {
  it('is kept by the browser, and answers for those keys that are asked for', async () => {
    const { licenses, newPage, server, signal } = setupLicenses({ isPersistent: false });
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    expect(licenses.get('film')).toMatchObject({ mode: 'vault', status: 'usable', renewable: true });
    // The server is told that the license is one to be stored.
    expect(server.asked).toMatchObject([
      { what: 'license', body: expect.stringContaining('persistent-license') },
    ]);

    licenses.destroy();
    server.isAway = true;
    const next = newPage();
    await next.start();
    const [first = ''] = KEY_IDS;
    const { keys, type } = await answerOf(next, [first]);
    expect(type).toBe('temporary');
    expect(keys.map(({ keyId, key }) => [keyId, toHex(key)])).toEqual([
      [first, KEYS[first as keyof typeof KEYS]],
    ]);
    expect((await answerOf(next, KEY_IDS)).keys).toHaveLength(2);
  });

  it('is stored with no key in clear, nor is one given by the page', async () => {
    const { licenses, server, store, signal } = setupLicenses({ isPersistent: false });
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    await licenses.acquire(titleOf({ id: 'other', drm: { 'org.w3.clearkey': { keys: KEYS } } }), { signal });
    expect(server.asked).toHaveLength(1);
    expect(licenses.get('other')).toMatchObject({ mode: 'vault', status: 'usable' });

    const text = storedText(store);
    expect(store.licenses.size).toBe(2);
    for (const key of Object.values(KEYS)) {
      expect(text).not.toContain(key);
      expect(text).not.toContain(btoa(String.fromCharCode(...fromHex(key))).slice(0, 20));
    }
  });

  it('is in the vault also where a module would store it, if the page has the keys', async () => {
    const { licenses, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(titleOf({ drm: { 'org.w3.clearkey': { keys: KEYS } } }), { signal });

    expect(licenses.get('film')).toMatchObject({ mode: 'vault' });
  });

  it('answers nothing for keys that are not kept, or for what is no request', async () => {
    const { licenses, signal } = setupLicenses({ isPersistent: false });
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });

    await expect(answerOf(licenses, ['f'.repeat(32)])).rejects.toMatchObject({ code: 'key-missing' });
    const opened = await licenses.open('film');
    const answer = opened.mode === 'vault' ? opened.answer(new Uint8Array([1, 2])) : null;
    await expect(answer).rejects.toMatchObject({ code: 'license-request-failed' });
  });

  it('answers nothing once it has ended, also for a player that has opened it before', async () => {
    const { licenses, server, clock, signal } = setupLicenses({ isPersistent: false });
    server.policy = { licenseDurationSeconds: 60 };
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    const opened = await licenses.open('film');
    clock.advance(60_000);

    const request = writeClearKeyLicenseRequest({ kids: KEY_IDS, type: 'temporary' });
    const answer = opened.mode === 'vault' ? opened.answer(request) : null;
    await expect(answer).rejects.toMatchObject({ code: 'offline-license-expired' });
  });

  it('ends with the window of its policy, from the first playback on', async () => {
    const { licenses, server, clock, signal } = setupLicenses({ isPersistent: false });
    server.policy = { rentalDurationSeconds: 1_000, playbackDurationSeconds: 60 };
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    expect(licenses.get('film')).toMatchObject({ expiresAt: clock.now() + 1_000_000, playWithinSeconds: 60 });

    await licenses.notePlayed('film');
    const firstPlayedAt = clock.now();
    clock.advance(10_000);
    await licenses.notePlayed('film');
    expect(licenses.get('film')).toMatchObject({ firstPlayedAt, expiresAt: firstPlayedAt + 60_000 });
    clock.advance(50_000);
    expect(licenses.get('film')).toMatchObject({ status: 'expired' });
  });

  it('is missing where the browser has lost what wraps its keys', async () => {
    const { licenses, store, signal } = setupLicenses({ isPersistent: false });
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    store.loseWrappingKey();

    await expect(answerOf(licenses, KEY_IDS)).rejects.toMatchObject({ code: 'stored-license-missing' });
  });

  it('is got anew where other tracks need other keys', async () => {
    const { licenses, server, signal } = setupLicenses({ isPersistent: false });
    await licenses.start();
    await licenses.acquire(titleOf({ keyIds: KEY_IDS.slice(0, 1) }), { signal });
    await licenses.acquire(titleOf(), { signal });

    expect(server.asked).toHaveLength(2);
    expect((await answerOf(licenses, KEY_IDS)).keys).toHaveLength(2);
  });

  it.each([
    [
      'less than was asked for',
      '{"keys":[{"kty":"oct","kid":"AAAAAAAAAAAAAAAAAAAAAQ","k":"obLD1OX2BxgpOktcbX6PkA"}]}',
    ],
    ['no keys', '{"keys":[]}'],
    [
      'a key of another length',
      '{"keys":[{"kty":"oct","kid":"AAAAAAAAAAAAAAAAAAAAAQ","k":"obLD1OX2BxgpOktcbX6P"}]}',
    ],
    ['a web page', '<!doctype html><p>obLD1OX2BxgpOktcbX6PkA'],
  ])('takes nothing from a server that answers with %s, and does not quote it', async (_, answer) => {
    const { licenses, server, store, signal } = setupLicenses({ isPersistent: false });
    server.answer = answer;
    await licenses.start();
    const error: unknown = await licenses.acquire(titleOf(), { signal }).catch((cause: unknown) => cause);

    expect(error).toMatchObject({ name: 'PlaybackError' });
    expect(JSON.stringify(error)).not.toMatch(/obLD1|a1b2c3/);
    expect(licenses.get('film')).toBeNull();
    expect(store.licenses.size).toBe(0);
  });
});

describe('AES-128 keys', () => {
  const title = () => titleOf({ drm: {}, initData: [], keyIds: [], keyUrls: [KEY_URL] });

  it('are kept wrapped, and read by their addresses', async () => {
    const { licenses, newPage, server, store, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(title(), { signal });
    expect(licenses.get('film')).toMatchObject({ mode: 'vault', status: 'usable', keySystem: null });
    expect(server.asked).toEqual([{ what: 'key', url: KEY_URL, body: '' }]);
    const [key = ''] = Object.values(KEYS);
    expect(storedText(store)).not.toContain(key);

    licenses.destroy();
    const next = newPage();
    await next.start();
    expect(await next.open('film')).toEqual({ mode: 'none' });
    expect(toHex((await next.readKey('film', KEY_URL)) ?? new Uint8Array())).toBe(key);
    expect(await next.readKey('film', `${KEY_URL}2`)).toBeNull();
    expect(await next.readKey('other', KEY_URL)).toBeNull();
  });

  it('are gone when they are removed', async () => {
    const { licenses, store, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(title(), { signal });
    await licenses.remove('film');

    expect(storedText(store)).toBe('[]');
    expect(await licenses.readKey('film', KEY_URL)).toBeNull();
  });

  it('are not got where the server refuses one, and the last ones stay', async () => {
    const { licenses, server, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(title(), { signal });
    server.status = 403;
    await expect(licenses.renew(title(), { signal })).rejects.toMatchObject({ code: 'license-refused' });

    expect(await licenses.readKey('film', KEY_URL)).not.toBeNull();
  });
});
