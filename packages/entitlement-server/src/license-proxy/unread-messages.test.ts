import { expect, test } from 'vitest';

import { FILM, bearer, codeOf, setup, type TestServer } from '../testing/setup.js';
import type { UpstreamGrant } from './license-upstream.js';

const TO_RENT = {
  ...FILM,
  access: 'rental',
  policy: { offline: { termSeconds: 3600 }, rental: { playWithinSeconds: 7200 } },
} as const;

const TO_KEEP = { ...FILM, policy: { offline: { termSeconds: 3600 } } } as const;

interface Vendor extends TestServer {
  readonly grants: readonly UpstreamGrant[];
  ask(query?: string): Promise<string | number>;
  startedAt(): Promise<number | null | undefined>;
}

/** Somebody who rented the title, and a license server whose messages nobody else can read. */
async function start(title: typeof TO_RENT | typeof TO_KEEP | typeof FILM = TO_RENT): Promise<Vendor> {
  const grants: UpstreamGrant[] = [];
  const server = setup({
    titles: [title],
    plans: { premium: { streams: { limit: 1 } } },
    heartbeatSeconds: 60,
    leaseGraceSeconds: 30,
    upstreams: {
      widevine: {
        async send({ grant }) {
          grants.push(grant);
          return { body: new Uint8Array([1]), contentType: null };
        },
      },
    },
  });
  const headers = bearer(await server.signIn('premium'));
  if (title.access === 'rental') await server.post('/v1/rentals', { contentId: 'film' }, { headers });
  const { id } = await server.open(headers['Authorization']?.slice('Bearer '.length) ?? null);
  return {
    ...server,
    grants,
    ask: async (query = '') =>
      codeOf(
        await server.post(`/license/widevine?session=${id}${query}`, 'sealed', {
          headers: { 'Content-Type': 'application/octet-stream' },
        }),
      ),
    async startedAt() {
      const { rentals } = (await (await server.get('/v1/rentals', { headers })).json()) as {
        rentals: { startedAt: number | null }[];
      };
      return rentals[0]?.startedAt;
    },
  };
}

test('a message that nobody can read gets a license to play, bound to its stream, and starts the rental', async () => {
  const vendor = await start();
  expect(await vendor.ask()).toBe(200);
  expect(vendor.grants).toMatchObject([
    {
      sessionType: 'temporary',
      policy: { licenseDurationSeconds: 90, notAfter: vendor.now() + 7_200_000 },
    },
  ]);
  expect(await vendor.startedAt()).toBe(vendor.now());
});

test('one that is to be stored says so in its address', async () => {
  const vendor = await start(TO_KEEP);
  expect(await vendor.ask('&type=persistent-license')).toBe(200);
  expect(vendor.grants).toMatchObject([
    { sessionType: 'persistent-license', policy: { notAfter: vendor.now() + 3_600_000 } },
  ]);
});

test("and is none of a rental's, whose time would never begin without an offline license", async () => {
  const vendor = await start();
  expect(await vendor.ask('&type=persistent-license')).toBe('invalid-request');
  expect(vendor.grants).toEqual([]);
  expect(await vendor.startedAt()).toBeNull();
});

test.each(['&type=persistent-license', '&type=forever', '&type=temporary&type=temporary'])(
  'and gets none where the title lets none be stored, or that is no type: %s',
  async (query) => {
    const vendor = await start(FILM);
    expect(await vendor.ask(query)).toBe('invalid-request');
    expect(vendor.grants).toEqual([]);
  },
);
