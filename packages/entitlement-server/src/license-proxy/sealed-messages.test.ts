import type { webcrypto } from 'node:crypto';

import {
  ENVELOPES,
  openReleaseAcknowledgement,
  testRoot,
  type CertificateAuthority,
  type SealedMessage,
  type SealedSystem,
} from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import { FILM_KEYS, TRAILER_KEYS, codeOf, setup, type TestServer } from '../testing/setup.js';
import { CONTENT_TYPES, SYSTEMS, createDevice, messageIn, requestFor } from '../testing/virtual-device.js';

const FREE = [TRAILER_KEYS.SD];
const start = (): TestServer => setup({ virtualKeySystems: true });

describe('an answer', () => {
  test.each(SYSTEMS)('of %s is of its own type and kept out of caches', async (system) => {
    const device = await createDevice({ system, server: start() });
    const { status, headers } = await device.post(await device.seal(requestFor(FREE)));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(CONTENT_TYPES[system]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test.each(SYSTEMS)(
    'of %s that is a refusal is a problem document, whatever was asked for',
    async (system) => {
      const server = start();
      const device = await createDevice({ system, server });
      const answer = await server.app.request(`/license/${system}`, {
        method: 'POST',
        headers: {
          'Content-Type': CONTENT_TYPES[system],
          Accept: 'text/xml',
          SOAPAction: '"AcquireLicense"',
        },
        body: await device.seal(requestFor([FILM_KEYS.SD])),
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await codeOf(answer)).toBe('authentication-required');
    },
  );
});

describe('a message', () => {
  const types: [SealedSystem, string | null, number][] = [
    ['widevine', null, 200],
    ['widevine', 'application/x-protobuf', 200],
    ['widevine', 'text/plain;charset=UTF-8', 200],
    ['widevine', 'application/json', 415],
    ['widevine', 'application/x-www-form-urlencoded', 415],
    ['playready', null, 200],
    ['playready', 'application/octet-stream', 200],
    ['playready', 'application/soap+xml; charset=utf-8', 200],
    ['playready', 'application/json', 415],
    ['fairplay', null, 200],
    ['fairplay', 'text/xml', 415],
    ['fairplay', 'multipart/form-data', 415],
  ];
  test.each(types)('to %s may be called %s: %i', async (system, contentType, status) => {
    const device = await createDevice({ system, server: start() });
    const answer = await device.post(await device.seal(requestFor(FREE)), { contentType });
    expect(answer.status).toBe(status);
  });

  test('of PlayReady may come without what players take off it', async () => {
    const server = start();
    const device = await createDevice({ system: 'playready', server });
    const sealed = ENVELOPES.playready.readRequest(await device.seal(requestFor(FREE)));
    const bare = ENVELOPES.playready.writeRequest(sealed, { ...requestFor(FREE), bare: true });
    expect((await device.post(bare)).status).toBe(200);
  });

  const crossed = SYSTEMS.flatMap((from) =>
    SYSTEMS.filter((to) => to !== from).map((to) => [from, to] as const),
  );
  test.each(crossed)('of %s is nothing that %s reads', async (from, to) => {
    const device = await createDevice({ system: from, server: start() });
    const message = await device.seal(requestFor(FREE));
    expect(await codeOf(await device.post(message, { system: to }))).toBe('invalid-request');
  });

  test.each(SYSTEMS)('of %s that was changed anywhere gives no license', async (system) => {
    const server = start();
    const device = await createDevice({ system, server });
    const message = await device.seal(requestFor(FREE));
    // Through the envelope, where outer fields are nobody's business, and through what is sealed in it.
    const { type, body, signature } = ENVELOPES[system].readRequest(message);
    for (const part of ['body', 'signature'] as const) {
      for (let at = 0; at < { body, signature }[part].length; at += 7) {
        const sealed: SealedMessage = { type, body: body.slice(), signature: signature.slice() };
        sealed[part][at] = (sealed[part][at] ?? 0) ^ 1;
        const answer = await device.post(ENVELOPES[system].writeRequest(sealed, requestFor(FREE)));
        expect(`${part} ${at}: ${await codeOf(answer)}`).toBe(`${part} ${at}: invalid-request`);
      }
    }
  });

  test.each(SYSTEMS)('of %s that is cut off or is no message at all is a problem', async (system) => {
    const server = start();
    const device = await createDevice({ system, server });
    const message = await device.seal(requestFor(FREE));
    const bodies = [
      new Uint8Array(),
      new Uint8Array(64),
      new TextEncoder().encode('{"kids":["obAAAAAAAAAAAAAAAAAAAg"],"type":"temporary"}'),
      ...Array.from({ length: 16 }, (_, i) => message.slice(0, Math.floor((message.length * i) / 16))),
      ...Array.from({ length: 64 }, () => crypto.getRandomValues(new Uint8Array(200))),
    ];
    for (const body of bodies) expect(await codeOf(await device.post(body))).toBe('invalid-request');
    expect(server.entries.filter(({ event }) => event === 'fault')).toEqual([]);
  });

  test.each(SYSTEMS)('of %s over 64 KiB is not read', async (system) => {
    const device = await createDevice({ system, server: start() });
    expect(await codeOf(await device.post(new Uint8Array(64 * 1024 + 1)))).toBe('payload-too-large');
    expect(await codeOf(await device.post(new Uint8Array(64 * 1024)))).toBe('invalid-request');
  });

  test.each(SYSTEMS)('of %s from a device that another root certified gives no license', async (system) => {
    const device = await createDevice({ system, server: start(), authority: await otherAuthority() });
    expect(await device.ask(requestFor(FREE))).toBe('invalid-request');
  });

  test.each(SYSTEMS)('of %s that is a server’s own is a problem', async (system) => {
    const server = start();
    const device = await createDevice({ system, server });
    const license = await device.post(await device.seal(requestFor(FREE)));
    const echo = await device.post(new Uint8Array(await license.arrayBuffer()));
    expect(await codeOf(echo)).toBe('invalid-request');
  });
});

describe('a license', () => {
  test.each(SYSTEMS)(
    'of %s is for the device, the session and the request that asked for it',
    async (system) => {
      const server = start();
      const [device, stranger] = [
        await createDevice({ system, server }),
        await createDevice({ system, server }),
      ];
      const request = requestFor(FREE);
      const answer = await device.post(await device.seal(request));
      const license = new Uint8Array(await answer.arrayBuffer());

      expect((await device.open(license, request)).keys).toHaveLength(1);
      const elsewhere = [
        async () => stranger.open(license, request),
        async () => device.open(license, { ...request, sessionId: 'session-2' }),
        async () => device.open(license, { ...request, nonce: new Uint8Array(16) }),
      ];
      for (const open of elsewhere) {
        await expect(open()).rejects.toMatchObject({ name: 'ProtocolError' });
      }
    },
  );

  test('of a server with its own authority is for that authority’s devices alone', async () => {
    const authority = await otherAuthority();
    const server = setup({ virtualKeySystems: true, deviceAuthority: authority });
    const root = authority.publicKey;
    const own = await createDevice({ system: 'widevine', server, authority, root });
    const foreign = await createDevice({ system: 'widevine', server, root });

    expect(await own.ask(requestFor(FREE))).toMatchObject({ keys: [{ keyId: TRAILER_KEYS.SD }] });
    expect(await foreign.ask(requestFor(FREE))).toBe('invalid-request');
  });

  test('cannot be had from a server whose authority is two halves that do not fit', async () => {
    const [one, other] = [await otherAuthority(), await otherAuthority()];
    const server = setup({
      virtualKeySystems: true,
      deviceAuthority: { publicKey: one.publicKey, privateKey: other.privateKey },
    });
    expect(await codeOf(await server.get('/certificate/widevine'))).toBe('internal-error');
    expect(server.entries).toContainEqual(
      expect.objectContaining({ event: 'fault', name: 'EntitlementServerError' }),
    );
  });
});

describe('a release', () => {
  test.each(SYSTEMS)('to %s is acknowledged, with rights and without', async (system) => {
    const server = start();
    const device = await createDevice({ system, server });
    const request = requestFor([FILM_KEYS.SD], {
      type: 'license-release',
      licenseId: 'license-1',
      sessionType: 'persistent-license',
    });
    const answer = await device.post(await device.seal(request), {
      query: `?session=${'A'.repeat(43)}`,
    });
    expect(answer.status).toBe(200);
    const acknowledgement = await messageIn(answer, system);
    const { publicKey: root } = await testRoot();

    expect(acknowledgement.type).toBe('release-acknowledgement');
    await openReleaseAcknowledgement(acknowledgement, { request, root });
    await expect(
      openReleaseAcknowledgement(acknowledgement, {
        request: { ...request, nonce: new Uint8Array(16) },
        root,
      }),
    ).rejects.toMatchObject({ name: 'ProtocolError' });
  });
});

async function otherAuthority(): Promise<CertificateAuthority> {
  const pair: webcrypto.CryptoKeyPair = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign', 'verify'],
  );
  return pair;
}
