import type { CatalogResponse } from '@secure-player/protocol';
import { expect, test } from 'vitest';

import { codeOf, KEY_SEED, FILM, TRAILER } from '../testing/setup.js';
import { createEntitlementApi, demoAccounts, type PasswordChecker } from './index.js';

function setup(passwords: PasswordChecker, mediaUrl?: string) {
  return createEntitlementApi({
    titles: [FILM],
    mediaUrl,
    keySeed: KEY_SEED,
    accounts: demoAccounts(),
    passwords,
  });
}

function logIn({ app }: ReturnType<typeof setup>, username: string) {
  return app.request('/v1/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password: 'typed' }),
  });
}

test('the API signs in whom the checker of passwords lets in, and asks it about strangers too', async () => {
  const asked: boolean[] = [];
  const api = setup({
    async verify(password, hash) {
      asked.push(hash !== null);
      return password === 'typed';
    },
  });

  expect((await logIn(api, 'premium')).status).toBe(200);
  expect((await logIn(api, 'nobody')).status).toBe(401);
  expect(asked).toEqual([true, false]);
});

test('the API leaves the media to others', async () => {
  const { app, handles } = setup({ verify: async () => false });

  expect(handles('/v1/catalog')).toBe(true);
  expect(handles('/media/film-v1/poster.jpg')).toBe(false);
  expect((await app.request('/media/film-v1/poster.jpg')).status).toBe(404);
  expect((await app.request('/v1/catalog')).status).toBe(200);
});

test.each(['/media/', 'https://cdn.example/films/'])(
  'the API says that the media are at %s',
  async (mediaUrl) => {
    const { app } = setup({ verify: async () => false }, mediaUrl);
    const { titles } = (await (await app.request('/v1/catalog')).json()) as CatalogResponse;

    expect(titles[0]?.poster).toBe(`${mediaUrl}film-v1/poster.jpg`);
    expect(titles[0]?.streams[0]?.src).toBe(`${mediaUrl}film-v1/dash/manifest.mpd`);
  },
);

test.each([
  [{}, [...Array<number>(100).fill(201), 'service-unavailable']],
  [{ rateLimits: false }, Array<number>(101).fill(201)],
] as const)(
  'one address does not take all the room of those without an account: %j',
  async (options, codes) => {
    let peer = '203.0.113.7';
    const { app } = createEntitlementApi({
      titles: [TRAILER],
      keySeed: KEY_SEED,
      passwords: { verify: async () => false },
      anonymousSessionLimit: 300,
      peerAddress: () => peer,
      ...options,
    });
    const open = async () =>
      codeOf(
        await app.request('/v1/playback-sessions', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ contentId: 'trailer', intent: 'play' }),
        }),
      );

    const opened = [];
    for (let count = 0; count < 101; count += 1) opened.push(await open());
    expect(opened).toEqual(codes);
    peer = '198.51.100.7';
    expect(await open()).toBe(201);
  },
);
