import { expect, test } from 'vitest';

import { InMemoryPlaybackSessionStore, type PlaybackSession } from './playback-session-store.js';

function setup(anonymousLimit = 10): { store: InMemoryPlaybackSessionStore; at: (time: number) => void } {
  let now = 0;
  const store = new InMemoryPlaybackSessionStore({ clock: () => now, anonymousLimit });
  return { store, at: (time) => (now = time) };
}

function sessionOf(accountId: string | null, key = 'key'): PlaybackSession {
  return {
    key,
    accountId,
    loginId: accountId === null ? null : 'login',
    contentId: 'film',
    intent: 'prefetch',
    format: undefined,
    device: 'Firefox on Linux',
    startedAt: 0,
    expiresAt: 100,
    isEnded: false,
  };
}

test('renewing makes a session that plays, for longer', async () => {
  const { store, at } = setup();
  await store.add(sessionOf('ann'));
  expect(await store.renew('key', 200)).toEqual({ ...sessionOf('ann'), intent: 'play', expiresAt: 200 });
  at(150);
  expect(await store.find('key')).toMatchObject({ intent: 'play', expiresAt: 200 });
});

test.each(['ann', null])('what has ended is not renewed: %s', async (accountId) => {
  const { store } = setup();
  await store.add(sessionOf(accountId));
  await store.end('key');

  expect(await store.renew('key', 200)).toBeUndefined();
  expect((await store.find('key'))?.isEnded).not.toBe(false);
});

test("an account's session is remembered after its end, an anonymous one is gone with it", async () => {
  const { store, at } = setup();
  await store.add(sessionOf('ann', 'hers'));
  await store.add(sessionOf(null, 'nobody’s'));
  at(100);
  expect(await store.find('hers')).toBeDefined();
  expect(await store.find('nobody’s')).toBeUndefined();

  at(100 + 15 * 60_000);
  expect(await store.find('hers')).toBeUndefined();
});

test('what is not there is neither renewed nor ended', async () => {
  const { store } = setup();
  expect(await store.renew('key', 200)).toBeUndefined();
  await store.end('key');
  expect(await store.find('key')).toBeUndefined();
});

test('an account loses its own oldest, and strangers lose nothing', async () => {
  const { store } = setup(1);
  expect(await store.add(sessionOf(null, 'first'))).toBe(true);
  for (let count = 0; count <= 256; count += 1) await store.add(sessionOf('ann', `${count}`));

  expect(await store.add(sessionOf(null, 'second'))).toBe(false);
  expect(await store.find('first')).toBeDefined();
  expect(await store.find('second')).toBeUndefined();
  expect(await store.find('0')).toBeUndefined();
  expect(await store.listOf('ann')).toHaveLength(256);
});
