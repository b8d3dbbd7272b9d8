import type { RentalsResponse } from '@secure-player/protocol';
import { describe, expect, test, vi } from 'vitest';

import type { EntitlementServerOptions } from '../node/entitlement-server.js';
import { createInMemoryStore } from '../store/in-memory-store.js';
import { FILM, FILM_KEYS, bearer, codeOf, licenseBody, setup, type TestServer } from '../testing/setup.js';
import { createDevice, licenseOf, requestFor } from '../testing/virtual-device.js';

const HOUR = 3600;
const FOR_RENT = {
  ...FILM,
  access: 'rental',
  policy: { rental: { startWithinSeconds: 48 * HOUR, playWithinSeconds: 24 * HOUR } },
} as const;

interface Shop extends TestServer {
  readonly token: string;
  rent(contentId?: string): Promise<Response>;
  watch(intent?: 'play' | 'prefetch'): Promise<string | number>;
  rentals(): Promise<RentalsResponse['rentals']>;
}

async function start(username = 'premium', options: Partial<EntitlementServerOptions> = {}): Promise<Shop> {
  const server = setup({
    titles: [FOR_RENT, { ...FILM, id: 'other', directory: 'other', keys: [] }],
    sessionTtlSeconds: 100 * HOUR,
    ...options,
  });
  const token = await server.signIn(username);
  const headers = bearer(token);
  return {
    ...server,
    token,
    rent: async (contentId = 'film') => server.post('/v1/rentals', { contentId }, { headers }),
    async watch(intent = 'play') {
      const opened = await server.post('/v1/playback-sessions', { contentId: 'film', intent }, { headers });
      if (opened.status !== 201) return codeOf(opened);
      const { id } = (await opened.json()) as { id: string };
      return codeOf(await server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.HD])));
    },
    async rentals() {
      const answer = await server.get('/v1/rentals', { headers });
      return ((await answer.json()) as RentalsResponse).rentals;
    },
  };
}

describe('a title for rent', () => {
  test.each(['premium', 'basic', 'expired'])(
    'plays for %s, in every quality, once it is rented',
    async (username) => {
      const shop = await start(username);
      expect(await shop.watch()).toBe('rental-required');
      expect((await shop.rent()).status).toBe(201);
      expect(await shop.watch()).toBe(200);
    },
  );

  test('has to be started in time', async () => {
    const shop = await start();
    await shop.rent();
    shop.advance(48 * HOUR - 1);
    expect(await shop.watch('prefetch')).toBe(200);
    shop.advance(1);
    expect(await shop.watch()).toBe('rental-expired');
  });

  test('is over some time after it was started, and no license begins that time anew', async () => {
    const shop = setup({ titles: [FOR_RENT], sessionTtlSeconds: 100 * HOUR });
    const headers = bearer(await shop.signIn('premium'));
    await shop.post('/v1/rentals', { contentId: 'film' }, { headers });
    const license = async () => shop.post('/license/clearkey', licenseBody([FILM_KEYS.SD]), { headers });

    const startedAt = shop.now();
    for (const hours of [0, 12, 23]) {
      shop.advance(startedAt / 1000 + hours * HOUR - shop.now() / 1000);
      expect(await (await license()).json()).toMatchObject({
        policy: { notAfter: startedAt + 24 * HOUR * 1000 },
      });
    }
    shop.advance(HOUR);
    expect(await codeOf(await license())).toBe('rental-expired');
    await shop.post('/v1/rentals', { contentId: 'film' }, { headers });
    expect((await license()).status).toBe(200);
  });

  test('is not started by a prefetch, whose license says by when to begin', async () => {
    const shop = await start();
    await shop.rent();
    shop.advance(60);
    expect(await shop.watch('prefetch')).toBe(200);
    expect(await shop.rentals()).toMatchObject([{ startedAt: null }]);
    expect(await shop.watch()).toBe(200);
    expect(await shop.rentals()).toEqual([
      {
        contentId: 'film',
        rentedAt: shop.now() - 60_000,
        startedAt: shop.now(),
        endsAt: shop.now() + 24 * HOUR * 1000,
      },
    ]);
  });
});

test('what was prefetched starts its rental when it begins to play, though it asks for no further license', async () => {
  const shop = await start();
  const headers = bearer(shop.token);
  await shop.rent();
  const { id } = await shop.open(shop.token, { contentId: 'film', intent: 'prefetch' });
  await shop.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD]));
  shop.advance(60);
  const startedAt = shop.now();
  for (let beats = 0; beats < 2; beats += 1) {
    await shop.get(`/v1/playback-sessions/${id}`, { method: 'PUT', headers });
    shop.advance(60);
  }
  expect(await shop.rentals()).toMatchObject([{ startedAt }]);
});

describe('what was prefetched and begins to play', () => {
  const beat = async (shop: Shop, id: string, body: object = {}) =>
    codeOf(
      await shop.get(`/v1/playback-sessions/${id}`, {
        method: 'PUT',
        headers: { ...bearer(shop.token), 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );

  test('starts its rental with the next heartbeat where the store failed at the first', async () => {
    const store = createInMemoryStore({ clock: () => Date.UTC(2026, 0, 1) });
    const { rentals } = store.tenant('default');
    const shop = await start('premium', { store });
    await shop.rent();
    const { id } = await shop.open(shop.token, { contentId: 'film', intent: 'prefetch' });
    vi.spyOn(rentals, 'start').mockRejectedValueOnce(new Error('The disk is full.'));

    expect(await beat(shop, id)).toBe('internal-error');
    expect(await shop.rentals()).toMatchObject([{ startedAt: null }]);
    shop.advance(60);
    expect(await beat(shop, id)).toBe(200);
    expect(await shop.rentals()).toMatchObject([{ startedAt: shop.now() }]);
  });

  test('starts no rental where there is no room for its stream', async () => {
    const shop = await start('premium', { plans: { premium: { streams: { limit: 1 } } } });
    await shop.rent();
    await shop.open(shop.token, { contentId: 'other', intent: 'play' });
    const { id } = await shop.open(shop.token, { contentId: 'film', intent: 'prefetch' });

    expect(await beat(shop, id)).toBe('stream-limit-reached');
    expect(await shop.rentals()).toMatchObject([{ startedAt: null }]);
    expect(await beat(shop, id, { replace: 'oldest' })).toBe(200);
    expect(await shop.rentals()).toMatchObject([{ startedAt: shop.now() }]);
  });
});

test('a device that gets no license starts no rental', async () => {
  const keys = FILM.keys.map((key) => ({ ...key, policy: { minSecurityLevel: 'hardware' } as const }));
  const server = setup({ titles: [{ ...FOR_RENT, keys }], virtualKeySystems: true });
  const token = await server.signIn('premium');
  await server.post('/v1/rentals', { contentId: 'film' }, { headers: bearer(token) });
  const startedAt = async () => {
    const answer = await server.get('/v1/rentals', { headers: bearer(token) });
    return ((await answer.json()) as RentalsResponse).rentals[0]?.startedAt;
  };

  const weak = await createDevice({ system: 'widevine', server });
  expect(await weak.ask(requestFor([FILM_KEYS.SD]), { token })).toBe('security-level-insufficient');
  expect(await startedAt()).toBeNull();

  const strong = await createDevice({ system: 'widevine', server, securityLevel: 'hardware' });
  const license = licenseOf(await strong.ask(requestFor([FILM_KEYS.SD]), { token }));
  expect(license.policy?.notAfter).toBe(server.now() + 24 * HOUR * 1000);
  expect(await startedAt()).toBe(server.now());
});

test('what is not for rent, not there, or asked for by nobody is not rented', async () => {
  const shop = await start();
  expect(await codeOf(await shop.rent('other'))).toBe('invalid-request');
  expect(await codeOf(await shop.rent('nothing'))).toBe('content-not-found');
  expect(await codeOf(await shop.post('/v1/rentals', { contentId: 'film' }))).toBe('authentication-required');
  expect(await shop.rentals()).toEqual([]);
});
