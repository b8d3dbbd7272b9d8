import { keyIdToBase64Url, openReleaseAcknowledgement, testRoot } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import { createInMemoryStore } from '../store/in-memory-store.js';
import { checkOffline, revokeOffline, startOffline } from '../testing/offline-kit.js';
import { FILM_KEYS, codeOf, licenseBody } from '../testing/setup.js';
import { SYSTEMS, createDevice, messageIn, requestFor } from '../testing/virtual-device.js';

const STORED = 'persistent-license';
const ALL = Object.values(FILM_KEYS);
/** What a Clear Key CDM sends to give all of the film's keys back. */
const RELEASE = JSON.stringify({ kids: ALL.map((keyId) => keyIdToBase64Url(keyId)) });
const REQUEST = licenseBody(ALL, STORED);

describe('giving a license back', () => {
  test.each(SYSTEMS)('by %s counts before its device hears of it, and may be repeated', async (system) => {
    const server = startOffline({ virtualKeySystems: true });
    const token = await server.signIn('premium');
    const { id } = await server.openOffline(token);
    const device = await createDevice({ system, server });
    const request = requestFor([FILM_KEYS.SD], {
      type: 'license-release',
      licenseId: 'license-1',
      sessionType: STORED,
    });
    server.advance(9);
    const endedAt = server.now();
    for (let time = 0; time < 2; time += 1) {
      const answer = await device.post(await device.seal(request), { query: `?offline=${id}` });
      const acknowledgement = await messageIn(answer, system);
      await openReleaseAcknowledgement(acknowledgement, { request, root: (await testRoot()).publicKey });
      expect(await checkOffline(server, id)).toMatchObject({ status: 'released', endedAt });
      server.advance(1);
    }
    expect(await codeOf(await server.post(`/license/clearkey?offline=${id}`, REQUEST))).toBe(
      'offline-license-released',
    );
  });

  test('by Clear Key makes room for another device', async () => {
    const server = startOffline({ plans: { premium: { offlineDevices: 1 } } });
    const token = await server.signIn('premium');
    const { id } = await server.openOffline(token, { contentId: 'film', deviceId: 'phone' });
    const released = await server.post(`/license/clearkey?offline=${id}`, RELEASE);
    expect(await released.text()).toBe(RELEASE);
    await server.openOffline(token, { contentId: 'film', deviceId: 'tv' });
    expect((await checkOffline(server, id)).status).toBe('released');
  });

  test('is acknowledged though it was revoked, is unknown, or is given back by nobody', async () => {
    const server = startOffline();
    const token = await server.signIn('premium');
    const { id, handle } = await server.openOffline(token);
    await revokeOffline(server, token, handle);
    for (const query of [`?offline=${id}`, `?offline=${'A'.repeat(43)}`, '?offline=none', '']) {
      const answer = await server.post(`/license/clearkey${query}`, RELEASE);
      expect(await answer.text()).toBe(RELEASE);
    }
    expect((await checkOffline(server, id)).status).toBe('revoked');
  });

  test('does not count where the license server does not acknowledge it', async () => {
    const server = startOffline({
      upstreams: {
        widevine: {
          inspect: async () => ({
            ...{ purpose: 'release', keyIds: [], sessionType: 'temporary' },
            fields: { keyIds: 'keyIds', sessionType: 'sessionType' },
          }),
          send: async () => {
            throw new Error('away');
          },
        },
      },
    });
    const { id } = await server.openOffline(await server.signIn('premium'));
    expect(await codeOf(await server.post(`/license/widevine?offline=${id}`, 'release'))).toBe(
      'internal-error',
    );
    expect((await checkOffline(server, id)).status).toBe('active');
  });

  test('is written down, and a license that is refused too, without the id', async () => {
    const clock = (): number => Date.UTC(2026, 0, 1);
    const store = createInMemoryStore({ clock });
    const server = startOffline({ store, clock });
    const { id, handle } = await server.openOffline(await server.signIn('premium'));
    await server.post(`/license/clearkey?offline=${id}`, REQUEST);
    await server.post(`/license/clearkey?offline=${id}`, RELEASE);
    await server.post(`/license/clearkey?offline=${id}`, REQUEST);

    const entries = await store.tenant('default').audit.list({ limit: 3 });
    expect(entries.map(({ action, decision }) => [action, decision])).toEqual([
      ['license', 'offline-license-released'],
      ['offline-release', 'granted'],
      ['license', 'granted'],
    ]);
    for (const entry of entries.slice(1)) {
      expect(entry).toMatchObject({ accountId: 'demo-premium', contentId: 'film', sessionKey: handle });
    }
    expect(JSON.stringify(entries)).not.toContain(id);
  });
});
