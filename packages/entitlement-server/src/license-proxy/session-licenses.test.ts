import type { LicensePolicy } from '@secure-player/protocol';
import { expect, test } from 'vitest';

import { FILM_KEYS, codeOf, licenseBody, setup, type TestServer } from '../testing/setup.js';

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
