import type { ProblemCode } from '@secure-player/protocol';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';

import { serve } from '../node/serve.js';
import { FuzzWorld, PASSWORD, problemCodeOf } from '../testing/fuzz-world.js';
import type { ReadAnswer } from '../testing/openapi-checker.js';
import { FILM_KEYS, bearer, licenseBody } from '../testing/setup.js';
import { validRequestArbitrary } from '../testing/valid-request.js';

/** A server on a port, and every answer of it held against the document. */
async function start() {
  const world = await FuzzWorld.create();
  const { url, close } = await serve({ server: world.server });
  onTestFinished(close);
  const seen = new Set<string>();

  const read = async (response: Response): Promise<ReadAnswer> => ({
    status: response.status,
    contentType: response.headers.get('content-type'),
    body: new Uint8Array(await response.arrayBuffer()),
  });
  const hold = (method: string, target: string, answer: ReadAnswer): void => {
    const operation = world.checker.match(method, `${url}${target}`);
    const faults = operation ? world.checker.check(operation, answer, method === 'HEAD') : ['is for nobody'];
    expect(faults.map((fault) => `${method} ${target}: ${fault}`)).toEqual([]);
    seen.add(`${operation?.operationId} ${problemCodeOf(answer) ?? answer.status}`);
  };

  /** Sends JSON, and gives the answer as JSON. */
  const ask = async (
    method: string,
    target: string,
    {
      token = null,
      body,
      headers = {},
    }: { token?: string | null; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Record<string, unknown>> => {
    const answer = await read(
      await fetch(`${url}${target}`, {
        method,
        headers: {
          ...bearer(token),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    hold(method, target, answer);
    const text = new TextDecoder().decode(answer.body);
    return answer.contentType?.endsWith('json') && text !== ''
      ? (JSON.parse(text) as Record<string, unknown>)
      : {};
  };
  const signIn = async (username: string): Promise<string> =>
    String((await ask('POST', '/v1/login', { body: { username, password: PASSWORD } }))['token']);

  return { world, url, seen, read, hold, ask, signIn };
}

test('every operation of a running server succeeds as the document says', async () => {
  const { world, url, seen, read, hold } = await start();

  for (const operation of world.checker.operations) {
    for (const request of fc.sample(validRequestArbitrary(world, operation), { numRuns: 4, seed: 1 })) {
      const answer = await world.sendBy(request, async ({ method, target, headers, body }) =>
        read(
          await fetch(`${url}${target}`, {
            method,
            headers: headers.map(([name, value]): [string, string] => [name, value]),
            ...(body !== undefined && { body }),
          }),
        ),
      );
      await world.dismiss();
      hold(request.method, request.target, answer);
    }
  }

  const succeeded = new Set(
    [...seen].filter((entry) => /\d+$/.test(entry)).map((entry) => entry.split(' ', 1)[0]),
  );
  expect(world.checker.operations.filter(({ operationId }) => !succeeded.has(operationId))).toEqual([]);
});

test('every way to refuse a viewer is a problem that the document has for that operation', async () => {
  const { world, seen, ask, signIn } = await start();
  const premium = await signIn('premium');
  const expired = await signIn('expired');
  const play = { contentId: 'film', intent: 'play' };
  const license = licenseBody(Object.values(FILM_KEYS));

  await ask('POST', '/v1/login', { body: { username: 'premium', password: 'no' } });
  await ask('POST', '/v1/login', { body: { username: 7, extra: true } });
  await ask('POST', '/v1/login', { body: ' '.repeat(20_000) });
  await ask('POST', '/v1/login', { body: '{}', headers: { 'Content-Type': 'text/plain' } });
  await ask('GET', '/v1/me');
  await ask('GET', '/v1/me', { token: 'none-of-ours' });
  await ask('GET', '/v1/entitlements/film');
  await ask('GET', '/v1/entitlements/film?format=vhs', { token: premium });
  await ask('GET', '/v1/entitlements/nothing', { token: premium });
  await ask('GET', '/v1/entitlements/film', { token: expired });
  await ask('GET', '/v1/entitlements/rental', { token: premium });
  await ask('POST', '/v1/rentals', { token: premium, body: { contentId: 'film' } });
  await ask('POST', '/v1/rentals', { token: premium, body: { contentId: 'rental' } });
  await ask('GET', '/v1/rentals', { token: premium });
  world.server.advance(3601);
  await ask('POST', '/v1/playback-sessions', {
    token: premium,
    body: { contentId: 'rental', intent: 'play' },
  });

  const first = String((await ask('POST', '/v1/playback-sessions', { token: premium, body: play }))['id']);
  const second = String((await ask('POST', '/v1/playback-sessions', { token: premium, body: play }))['id']);
  const full = await ask('POST', '/v1/playback-sessions', { token: premium, body: play });
  expect(full['streams']).toHaveLength(2);
  await ask('POST', '/v1/playback-sessions', { token: premium, body: { ...play, replace: 'oldest' } });
  const superseded = await ask('PUT', `/v1/playback-sessions/${first}`, { token: premium });
  expect(superseded).toHaveProperty('takenOverBy');
  await ask('POST', `/license/clearkey?session=${first}`, { body: license });
  await ask('POST', '/license/clearkey', { token: premium, body: license });
  await ask('DELETE', `/v1/playback-sessions/${second}/lease`, { token: premium });
  await ask('DELETE', `/v1/playback-sessions/${second}`, { token: premium });
  await ask('PUT', `/v1/playback-sessions/${second}`, { token: premium });
  await ask('POST', `/license/clearkey?session=${second}`, { body: license });
  await ask('POST', `/license/clearkey?session=none`, { body: license });
  await ask('DELETE', '/v1/streams/none', { token: premium });
  const headers = { 'Idempotency-Key': 'used-up' };
  for (let generation = 0; generation < 17; generation += 1) {
    const body = { contentId: 'film', intent: 'prefetch' };
    const opened = await ask('POST', '/v1/playback-sessions', { token: premium, body, headers });
    await ask('DELETE', `/v1/playback-sessions/${String(opened['id'])}`, { token: premium });
  }
  expect(seen).toContain('openPlaybackSession playback-session-ended');
  await ask('POST', '/license/clearkey', { token: premium, body: '{"kids":[]}' });
  await ask('GET', '/certificate/playready');
  await ask('GET', '/media/film-v1/dash/1.m4s', { headers: { Range: 'bytes=999-' } });
  await ask('GET', '/media/nothing.mp4');
  for (let device = 0; device < 9; device += 1) {
    const body = { contentId: 'film', intent: 'prefetch', deviceId: `device-${device}` };
    await ask('POST', '/v1/playback-sessions', { token: premium, body });
  }
  await ask('GET', '/v1/devices', { token: premium });

  const device = { contentId: 'film', deviceId: 'device-1' };
  await ask('POST', '/v1/offline-licenses', { token: premium, body: { contentId: 'trailer' } });
  const kept = await ask('POST', '/v1/offline-licenses', { token: premium, body: device });
  const stored = licenseBody(Object.values(FILM_KEYS), 'persistent-license');
  await ask('POST', `/license/clearkey?offline=${String(kept['id'])}`, { body: license });
  await ask('POST', `/v1/offline-licenses/${String(kept['id'])}/plays`, { body: { startedAt: -1 } });
  world.server.advance(3600);
  await ask('POST', `/license/clearkey?offline=${String(kept['id'])}`, { body: stored });
  await ask('DELETE', `/v1/offline-licenses/${String(kept['handle'])}`, { token: premium });
  await ask('POST', `/v1/offline-licenses/${String(kept['id'])}/renew`);
  const other = await ask('POST', '/v1/offline-licenses', { token: premium, body: device });
  await ask('POST', `/license/clearkey?offline=${String(other['id'])}`, {
    body: JSON.stringify({ kids: (JSON.parse(stored) as { kids: string[] }).kids }),
  });
  await ask('POST', `/license/clearkey?offline=${String(other['id'])}`, { body: stored });
  await ask('GET', '/v1/offline-licenses/none');

  const codes = [...seen].map((entry) => entry.split(' ')[1] ?? '').filter((code) => !/^\d+$/.test(code));
  expect(new Set(codes)).toEqual(new Set<string>(REFUSALS));
});

const REFUSALS: readonly ProblemCode[] = [
  'authentication-required',
  'content-not-found',
  'credentials-rejected',
  'device-limit-reached',
  'invalid-request',
  'key-system-unsupported',
  'not-found',
  'offline-license-expired',
  'offline-license-released',
  'offline-license-revoked',
  'offline-license-unknown',
  'offline-not-allowed',
  'payload-too-large',
  'playback-session-ended',
  'playback-session-required',
  'playback-session-unknown',
  'range-not-satisfiable',
  'rental-expired',
  'rental-required',
  'session-expired',
  'session-superseded',
  'stream-limit-reached',
  'subscription-expired',
  'unsupported-media-type',
];
