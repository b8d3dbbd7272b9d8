import type { LicensePolicy } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import type { EntitlementServerOptions } from '../node/entitlement-server.js';
import { FILM, FILM_KEYS, bearer, codeOf, licenseBody, setup, type TestServer } from '../testing/setup.js';

function start(streams: { readonly limit: number } | undefined): TestServer {
  return setup({
    plans: { premium: { streams } },
    heartbeatSeconds: 60,
    leaseGraceSeconds: 30,
    prefetchTtlSeconds: 600,
  });
}

async function prefetch(server: TestServer): Promise<string> {
  const token = await server.signIn('premium');
  return (await server.open(token, { contentId: 'film', intent: 'prefetch' })).id;
}

async function ask(server: TestServer, id: string): Promise<Response> {
  return server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD]));
}

async function policyOf(answer: Response): Promise<LicensePolicy | undefined> {
  return ((await answer.json()) as { policy?: LicensePolicy }).policy;
}

test('a license that is prefetched where streams are limited lasts no longer than its session', async () => {
  const server = start({ limit: 1 });
  const id = await prefetch(server);
  expect(await policyOf(await ask(server, id))).toEqual({
    licenseDurationSeconds: 600,
    renewal: { delaySeconds: 60 },
  });
  server.advance(570);
  expect(await policyOf(await ask(server, id))).toEqual({
    licenseDurationSeconds: 30,
    renewal: { delaySeconds: 30 },
  });
  server.advance(30);
  expect(await codeOf(await ask(server, id))).toBe('playback-session-ended');
});

test('once it plays, its license is renewed with the stream', async () => {
  const server = start({ limit: 1 });
  const id = await prefetch(server);
  await server.get(`/v1/playback-sessions/${id}`, { method: 'PUT' });
  expect(await policyOf(await ask(server, id))).toEqual({
    licenseDurationSeconds: 90,
    renewal: { delaySeconds: 60 },
  });
});

test('a license of a stream that was not extended for it ends with the stream', async () => {
  const server = start({ limit: 1 });
  const { id } = await server.open(await server.signIn('premium'));
  server.advance(5);
  const { policy } = (await (await ask(server, id)).json()) as { policy: LicensePolicy };
  expect(policy.licenseDurationSeconds).toBe(85);
});

test('where streams have no limit, nothing bounds what is prefetched', async () => {
  const server = start(undefined);
  expect(await policyOf(await ask(server, await prefetch(server)))).toBeUndefined();
});

describe('a rental without limits of streams and of when to begin', () => {
  const DAY = 24 * 3600;
  const FOR_RENT = {
    ...FILM,
    access: 'rental',
    policy: { rental: { playWithinSeconds: 2 * DAY } },
  } as const;

  async function rent(options: Partial<EntitlementServerOptions> = {}) {
    const server = setup({
      titles: [FOR_RENT],
      heartbeatSeconds: 60,
      prefetchTtlSeconds: 600,
      sessionTtlSeconds: 400 * DAY,
      ...options,
    });
    const token = await server.signIn('premium');
    await server.post('/v1/rentals', { contentId: 'film' }, { headers: bearer(token) });
    const open = async (intent: string) => (await server.open(token, { contentId: 'film', intent })).id;
    return { server, open };
  }

  test('is prefetched for as long as the session, whenever that is, and plays on within its window', async () => {
    const { server, open } = await rent();
    for (const days of [0, 3, 30, 300]) {
      server.advance(days * DAY);
      expect(await policyOf(await ask(server, await open('prefetch')))).toEqual({
        licenseDurationSeconds: 600,
        playbackDurationSeconds: 2 * DAY,
        renewal: { delaySeconds: 60 },
      });
    }
    const id = await open('prefetch');
    server.advance(540);
    expect(await policyOf(await ask(server, id))).toMatchObject({ licenseDurationSeconds: 60 });

    await server.get(`/v1/playback-sessions/${id}`, { method: 'PUT' });
    const notAfter = server.now() + 2 * DAY * 1000;
    server.advance(60);
    expect(await policyOf(await ask(server, id))).toEqual({ notAfter });
    expect(await policyOf(await ask(server, await open('prefetch')))).toEqual({ notAfter });
    server.advance(2 * DAY);
    expect(await codeOf(await ask(server, id))).not.toBe(200);
    await expect(open('prefetch')).rejects.toThrow('rental-expired');
  });

  test('is bound by neither session nor stream where licenses are not to be', async () => {
    const { server, open } = await rent({ bindLicensesToLeases: false });
    expect(await policyOf(await ask(server, await open('prefetch')))).toEqual({
      playbackDurationSeconds: 2 * DAY,
    });
  });
});
