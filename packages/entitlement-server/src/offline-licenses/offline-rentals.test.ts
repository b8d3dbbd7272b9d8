import { describe, expect, test } from 'vitest';

import { HOUR, TERM, renewOffline, renewalCode, reportPlay, startOffline } from '../testing/offline-kit.js';
import { bearer, type TestServer } from '../testing/setup.js';

describe('a rental that is kept', () => {
  async function rented(server: TestServer) {
    const token = await server.signIn('premium');
    const rent = async () => server.post('/v1/rentals', { contentId: 'rental' }, { headers: bearer(token) });
    await rent();
    return { token, rent, opened: await server.openOffline(token, { contentId: 'rental' }) };
  }
  async function rentalOf(server: TestServer, token: string): Promise<unknown> {
    const answer = await server.get('/v1/rentals', { headers: bearer(token) });
    return ((await answer.json()) as { rentals: unknown[] }).rentals[0];
  }

  test('says by when to begin and how long it plays then', async () => {
    const server = startOffline();
    const { opened } = await rented(server);
    const now = server.now();
    expect(opened).toMatchObject({
      startBy: now + TERM * 1000,
      playWithinSeconds: 24 * HOUR,
      expiresAt: now + 72 * HOUR * 1000,
      renewable: false,
    });
  });

  test('is started on the server by the first play that is reported', async () => {
    const server = startOffline();
    const { token, opened } = await rented(server);
    const startedAt = server.now() + HOUR * 1000;
    server.advance(20 * HOUR);
    const endsAt = startedAt + 24 * HOUR * 1000;
    expect(await reportPlay(server, opened.id, startedAt)).toMatchObject({
      expiresAt: endsAt,
      renewable: false,
    });
    expect(await rentalOf(server, token)).toMatchObject({ startedAt, endsAt });
    // Neither a renewal nor another license lasts longer than the rental.
    expect(await renewOffline(server, opened.id)).toMatchObject({ expiresAt: endsAt, startBy: null });
    server.advance(5 * HOUR);
    expect(await renewalCode(server, opened.id)).toBe('rental-expired');
  });

  test('that was rented anew is not started by a play before that', async () => {
    const server = startOffline();
    const { token, rent, opened } = await rented(server);
    const startedAt = server.now() + 1000;
    server.advance(10);
    await rent();
    await reportPlay(server, opened.id, startedAt);
    expect(await rentalOf(server, token)).toMatchObject({ startedAt: null });
  });
});
