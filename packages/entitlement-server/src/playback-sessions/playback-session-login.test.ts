import { describe, expect, test } from 'vitest';

import { hashPassword } from '../node/password.js';
import {
  FILM_KEYS,
  TRAILER_KEYS,
  bearer,
  codeOf,
  licenseBody,
  setup,
  type TestServer,
} from '../testing/setup.js';

const TRAILER = { contentId: 'trailer', intent: 'play' };

/** What a playback session is still good for without a token: a heartbeat, and a license. */
async function uses(server: TestServer, id: string): Promise<(string | number)[]> {
  const heartbeat = await server.get(`/v1/playback-sessions/${id}`, { method: 'PUT' });
  const license = await server.post(`/license/clearkey?session=${id}`, licenseBody([FILM_KEYS.SD]));
  return [await codeOf(heartbeat), await codeOf(license)];
}

const ENDED = ['playback-session-ended', 'playback-session-ended'];

describe('a playback session does not outlive the sign-in that opened it', () => {
  test('which runs out, whatever heartbeats come', async () => {
    const server = setup({ sessionTtlSeconds: 100, playbackSessionTtlSeconds: 60 });
    const { id } = await server.open(await server.signIn('premium'));

    server.advance(50);
    expect(await uses(server, id)).toEqual([200, 200]);
    server.advance(49);
    expect(await uses(server, id)).toEqual([200, 200]);
    server.advance(1);
    expect(await uses(server, id)).toEqual(ENDED);
  });

  test('and says so: it never promises to last longer', async () => {
    const server = setup({ sessionTtlSeconds: 100, playbackSessionTtlSeconds: 60 });
    const endsAt = server.now() + 100_000;
    const { id, expiresAt } = await server.open(await server.signIn('premium'));
    expect(expiresAt).toBe(server.now() + 60_000);

    server.advance(50);
    const renewed = await server.get(`/v1/playback-sessions/${id}`, { method: 'PUT' });
    expect(await renewed.json()).toMatchObject({ expiresAt: endsAt });
  });

  test('which is signed out of', async () => {
    const server = setup();
    const token = await server.signIn('premium');
    const { id } = await server.open(token);
    await server.post('/v1/logout', '', { headers: bearer(token) });

    expect(await uses(server, id)).toEqual(ENDED);
  });

  test('whose place 256 newer ones took', async () => {
    const passwordHash = await hashPassword('demo', { cost: { N: 2, r: 1, p: 1 } });
    const account = {
      id: 'a',
      username: 'ann',
      name: 'Ann',
      plan: 'premium',
      subscriptionEndsAt: null,
    } as const;
    const server = setup({ rateLimits: false, accounts: [{ ...account, passwordHash }] });
    const { id } = await server.open(await server.signIn('ann'));

    for (let count = 1; count < 256; count += 1) await server.signIn('ann');
    expect(await uses(server, id)).toEqual([200, 200]);
    await server.signIn('ann');
    expect(await uses(server, id)).toEqual(ENDED);
  });

  test('and is not saved by a newer one of the same account', async () => {
    const server = setup();
    const [old, newer] = [await server.signIn('premium'), await server.signIn('premium')];
    const { id } = await server.open(old);
    await server.post('/v1/logout', '', { headers: bearer(old) });

    const response = await server.get(`/v1/playback-sessions/${id}`, {
      method: 'PUT',
      headers: bearer(newer),
    });
    expect(await codeOf(response)).toBe('playback-session-ended');
  });
});

describe('without a sign-in', () => {
  const heartbeat = async (server: TestServer, id: string) =>
    codeOf(await server.get(`/v1/playback-sessions/${id}`, { method: 'PUT' }));

  test('no one ends the session of another, and a full house turns newcomers away', async () => {
    const server = setup({ anonymousSessionLimit: 2 });
    const [one, two] = [await server.open(null, TRAILER), await server.open(null, TRAILER)];

    const refusal = await server.post('/v1/playback-sessions', TRAILER);
    expect(refusal.status).toBe(503);
    expect(refusal.headers.get('retry-after')).toBe('60');
    expect(await codeOf(refusal)).toBe('service-unavailable');
    expect(await heartbeat(server, one.id)).toBe(200);
    expect(await heartbeat(server, two.id)).toBe(200);
  });

  test('a full house is none for who signs in', async () => {
    const server = setup({ anonymousSessionLimit: 1 });
    await server.open(null, TRAILER);
    const { id } = await server.open(await server.signIn('basic'), TRAILER);
    expect(await heartbeat(server, id)).toBe(200);
  });

  test('who leaves makes room at once', async () => {
    const server = setup({ anonymousSessionLimit: 1 });
    const { id } = await server.open(null, TRAILER);
    expect((await server.get(`/v1/playback-sessions/${id}`, { method: 'DELETE' })).status).toBe(204);

    await server.open(null, TRAILER);
    expect(await heartbeat(server, id)).toBe('playback-session-unknown');
  });

  test('who went away without a word makes room in time', async () => {
    const server = setup({ anonymousSessionLimit: 1, playbackSessionTtlSeconds: 60 });
    const { id } = await server.open(null, TRAILER);
    server.advance(60);
    expect(await heartbeat(server, (await server.open(null, TRAILER)).id)).toBe(200);
    expect(await heartbeat(server, id)).toBe('playback-session-unknown');
  });

  test('a token that is over opens no session that would be nobody’s', async () => {
    const server = setup({ sessionTtlSeconds: 60 });
    const headers = bearer(await server.signIn('premium'));
    server.advance(60);

    expect(await codeOf(await server.post('/v1/playback-sessions', TRAILER, { headers }))).toBe(
      'session-expired',
    );
    const license = await server.post('/license/clearkey', licenseBody([TRAILER_KEYS.SD]), { headers });
    expect(license.status).toBe(200);
  });
});
