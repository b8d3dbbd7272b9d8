import { keyIdToBase64Url, type KeyId, type SealedLicense } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import type { Title } from '../catalog/title.js';
import { createInMemoryStore } from '../store/in-memory-store.js';
import {
  HOUR,
  KEPT,
  TERM,
  renewOffline,
  reportPlay,
  revokeOffline,
  startOffline,
} from '../testing/offline-kit.js';
import {
  FILM,
  FILM_KEYS,
  TRAILER_KEYS,
  UNKNOWN_KEY,
  bearer,
  codeOf,
  licenseBody,
  type TestServer,
} from '../testing/setup.js';
import {
  SYSTEMS,
  createDevice,
  licenseOf,
  requestFor,
  type VirtualDevice,
} from '../testing/virtual-device.js';
import type { UpstreamGrant } from './license-upstream.js';

const STORED = 'persistent-license';
const ALL = Object.values(FILM_KEYS);
const RENTED_KEY: KeyId = 'c0000000000000000000000000000001';

async function askClearKey(
  server: TestServer,
  id: string,
  body: string = licenseBody(ALL, STORED),
  query = '',
): Promise<Response> {
  return server.post(`/license/clearkey?offline=${id}${query}`, body);
}

/** A license that is stored, as a device of a sealed system opens it. */
async function askSealed(device: VirtualDevice, id: string): Promise<SealedLicense> {
  const request = requestFor([FILM_KEYS.SD], { sessionType: STORED });
  return licenseOf(await device.ask(request, { query: `?offline=${id}` }));
}

describe('a license under an offline license', () => {
  test('is a JWK set to store, without a sign-in, a session or a stream', async () => {
    const server = startOffline({ plans: { premium: { streams: { limit: 1 }, offlineDevices: 1 } } });
    const token = await server.signIn('premium');
    const { id } = await server.openOffline(token);
    await server.get('/v1/logout', { method: 'POST', headers: bearer(token) });
    const license = await (await askClearKey(server, id)).json();

    expect(license).toMatchObject({
      type: STORED,
      keys: ALL.map((keyId) => ({ kid: keyIdToBase64Url(keyId) })),
      policy: { canPersist: true, notAfter: server.now() + TERM * 1000 },
    });
    expect(license).not.toHaveProperty('policy.renewal');
    const again = bearer(await server.signIn('premium'));
    expect(await (await server.get('/v1/streams', { headers: again })).json()).toEqual({ streams: [] });
  });

  test.each(SYSTEMS)('of %s ends with its term, which another license does not put off', async (system) => {
    const server = startOffline({ virtualKeySystems: true });
    const { id } = await server.openOffline(await server.signIn('premium'));
    const device = await createDevice({ system, server });
    const notAfter = server.now() + TERM * 1000;
    expect((await askSealed(device, id)).policy).toMatchObject({ canPersist: true, notAfter });
    server.advance(HOUR);
    expect((await askSealed(device, id)).policy).toMatchObject({ notAfter });
    await renewOffline(server, id);
    expect((await askSealed(device, id)).policy).toMatchObject({ notAfter: notAfter + HOUR * 1000 });
  });

  test('of a rental does not start it, and has no window left that has begun', async () => {
    const server = startOffline();
    const token = await server.signIn('premium');
    await server.post('/v1/rentals', { contentId: 'rental' }, { headers: bearer(token) });
    const { id } = await server.openOffline(token, { contentId: 'rental' });
    const policyOf = async () =>
      (
        (await (await askClearKey(server, id, licenseBody([RENTED_KEY], STORED))).json()) as {
          policy: object;
        }
      ).policy;
    const { rentals } = (await (await server.get('/v1/rentals', { headers: bearer(token) })).json()) as {
      rentals: { startedAt: number | null }[];
    };
    expect(await policyOf()).toEqual({
      canPersist: true,
      notAfter: server.now() + 72 * HOUR * 1000,
      rentalDurationSeconds: TERM,
      playbackDurationSeconds: 24 * HOUR,
    });
    expect(rentals).toMatchObject([{ startedAt: null }]);

    const startedAt = server.now();
    server.advance(HOUR);
    await reportPlay(server, id, startedAt);
    expect(await policyOf()).toEqual({ canPersist: true, notAfter: startedAt + 24 * HOUR * 1000 });
  });

  test.each<[string, string, string, string]>([
    ['for the moment', licenseBody(ALL), '', 'invalid-request'],
    ["with another title's keys", licenseBody([TRAILER_KEYS.SD], STORED), '', 'invalid-request'],
    ['with a key that nobody knows', licenseBody([UNKNOWN_KEY], STORED), '', 'content-not-found'],
    ['by two ids', licenseBody(ALL, STORED), '&offline=a', 'invalid-request'],
    ['with a session too', licenseBody(ALL, STORED), '&session=a', 'invalid-request'],
    ['of a title that is another one', licenseBody(ALL, STORED), '&content=trailer', 'invalid-request'],
  ])('is refused %s', async (_, body, query, code) => {
    const server = startOffline();
    const { id } = await server.openOffline(await server.signIn('premium'));
    expect(await codeOf(await askClearKey(server, id, body, query))).toBe(code);
  });

  test.each(['', 'none', 'A'.repeat(43)])('is refused under an id that is none: %j', async (id) => {
    expect(await codeOf(await askClearKey(startOffline(), id))).toBe('offline-license-unknown');
  });

  test('is refused when it ended, was revoked, or is not allowed any more', async () => {
    let titles: readonly Title[] = [KEPT];
    const store = createInMemoryStore({ clock: () => server.now() });
    const server: TestServer = startOffline({ titles, store });
    const token = await server.signIn('premium');
    const { id, handle } = await server.openOffline(token);
    titles = [FILM];
    const changed = startOffline({ titles, store });
    expect(await codeOf(await askClearKey(changed, id))).toBe('offline-not-allowed');
    expect(await codeOf(await changed.get(`/v1/offline-licenses/${id}/renew`, { method: 'POST' }))).toBe(
      'offline-not-allowed',
    );
    const gone = startOffline({ titles: [KEPT], store, accounts: [] });
    expect(await codeOf(await askClearKey(gone, id))).toBe('offline-license-revoked');

    server.advance(TERM);
    expect(await codeOf(await askClearKey(server, id))).toBe('offline-license-expired');
    await renewOffline(server, id);
    expect((await askClearKey(server, id)).status).toBe(200);
    await revokeOffline(server, token, handle);
    expect(await codeOf(await askClearKey(server, id))).toBe('offline-license-revoked');
  });

  test('holds the keys of the plan as it is now', async () => {
    const server = startOffline();
    const { id } = await server.openOffline(await server.signIn('basic'));
    const { keys } = (await (await askClearKey(server, id)).json()) as { keys: unknown[] };
    expect(keys).toHaveLength(2);
  });

  test('is not to be had by a session or a token where devices that keep titles are counted', async () => {
    const server = startOffline({ plans: { premium: { offlineDevices: 1 } } });
    const token = await server.signIn('premium');
    const { id } = await server.open(token);
    const body = licenseBody(ALL, STORED);
    expect(await codeOf(await server.post(`/license/clearkey?session=${id}`, body))).toBe('invalid-request');
    expect(await codeOf(await server.post('/license/clearkey', body, { headers: bearer(token) }))).toBe(
      'invalid-request',
    );
    expect((await server.post(`/license/clearkey?session=${id}`, licenseBody(ALL))).status).toBe(200);
  });
});

describe('a message that only the license server can read', () => {
  test('is for a license to store, and says so to the license server', async () => {
    const grants: UpstreamGrant[] = [];
    const server = startOffline({
      upstreams: {
        widevine: {
          async send({ grant }) {
            grants.push(grant);
            return { body: new Uint8Array([1]), contentType: null };
          },
        },
      },
    });
    const { id, handle } = await server.openOffline(await server.signIn('premium'), {
      contentId: 'film',
      deviceId: 'phone',
    });
    const send = async (query: string) =>
      codeOf(await server.post(`/license/widevine?offline=${id}${query}`, 'sealed'));
    for (const query of ['', `&type=${STORED}`, '&content=film']) expect(await send(query)).toBe(200);
    for (const query of ['&type=temporary', `&type=${STORED}&type=${STORED}`]) {
      expect(await send(query)).toBe('invalid-request');
    }
    expect(grants).toHaveLength(3);
    expect(grants[0]).toMatchObject({
      accountId: 'demo-premium',
      sessionKey: handle,
      deviceId: 'phone',
      contentId: 'film',
      sessionType: STORED,
      policy: { canPersist: true, notAfter: server.now() + TERM * 1000 },
    });
  });
});
