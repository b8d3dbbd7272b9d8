import type { webcrypto } from 'node:crypto';

import {
  ENVELOPES,
  createUncertifiedIdentity,
  readCertificate,
  sealProvisioningRequest,
  testRoot,
  withCertificate,
  type CertificateAuthority,
  type SealedSystem,
  type SecurityLevel,
} from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import type { LicenseUpstream } from './license-upstream.js';
import { codeOf, setup, type TestServer } from '../testing/setup.js';
import { SYSTEMS, messageIn, postMessage, requestFor } from '../testing/virtual-device.js';

const ELSEWHERE: LicenseUpstream = {
  async send() {
    throw new Error('Nobody asks for a license here.');
  },
};

const start = (): TestServer => setup({ virtualKeySystems: true });

describe('individualization', () => {
  const each = SYSTEMS.flatMap((system): [SealedSystem, string, SecurityLevel][] => [
    [system, 'the test root', 'hardware'],
    [system, 'an authority of its own', 'software'],
  ]);

  test.each(each)('by %s with %s certifies a claim of hardware as %s', async (system, whose, level) => {
    const authority = whose === 'the test root' ? undefined : await ownAuthority();
    const server = setup({ virtualKeySystems: true, deviceAuthority: authority });
    const { publicKey: root } = authority ?? (await testRoot());
    const blank = await createUncertifiedIdentity();
    const nonce = crypto.getRandomValues(new Uint8Array(16));
    const request = await sealProvisioningRequest(blank, { nonce, securityLevel: 'hardware' });
    const answer = await postMessage(
      server,
      system,
      ENVELOPES[system].writeRequest(request, { keyIds: [], nonce, requestTime: server.now() }),
    );
    expect(answer.status).toBe(200);
    const { type, body } = await messageIn(answer, system);

    expect(type).toBe('device-certificate');
    const identity = await withCertificate(blank, body, root);
    expect(await readCertificate(identity.certificate, root)).toMatchObject({
      role: 'device',
      securityLevel: level,
    });
  });
});

describe('the log', () => {
  test.each([
    ['for all systems', {}],
    ['for one', { widevine: ELSEWHERE, playready: ELSEWHERE }],
  ])('says once that the test root is in use %s', async (_case, upstreams) => {
    const server = setup({ virtualKeySystems: true, upstreams });
    await server.get('/certificate/widevine');
    const expected = { event: 'test-root', level: 'info', time: server.now() };
    expect(server.entries.filter(({ event }) => event === 'test-root')).toEqual([expected]);
  });

  test.each([
    ['without virtual key systems', async () => setup()],
    [
      'with another authority',
      async () => setup({ virtualKeySystems: true, deviceAuthority: await ownAuthority() }),
    ],
    [
      'where license servers elsewhere answer its devices',
      async () =>
        setup({
          virtualKeySystems: true,
          upstreams: { widevine: ELSEWHERE, playready: ELSEWHERE, fairplay: ELSEWHERE },
        }),
    ],
  ])('says nothing of it %s', async (_case, create) => {
    expect((await create()).entries).toEqual([]);
  });
});

describe('the server certificate', () => {
  test('answers Widevine’s request for it', async () => {
    const server = start();
    const empty = new Uint8Array();
    const request = ENVELOPES.widevine.writeRequest(
      { type: 'service-certificate-request', body: empty, signature: empty },
      requestFor([]),
    );
    const answer = await messageIn(await postMessage(server, 'widevine', request), 'widevine');
    const published = await server.get('/certificate/widevine');

    expect(answer.type).toBe('service-certificate');
    expect(answer.body).toEqual(new Uint8Array(await published.arrayBuffer()));
  });

  test.each(['widevine', 'fairplay'])('of %s is public, and cached for an hour', async (system) => {
    const server = setup({ virtualKeySystems: true, allowedOrigins: ['https://site.example'] });
    const answer = await server.get(`/certificate/${system}`, {
      headers: { Origin: 'https://site.example' },
    });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=3600',
      'access-control-allow-origin': 'https://site.example',
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(await readCertificate(bytes, (await testRoot()).publicKey)).toMatchObject({ role: 'service' });
  });

  test('of a license server elsewhere, which may have another when it starts anew, is kept by no cache', async () => {
    let starts = 1;
    const widevine = { ...ELSEWHERE, certificate: async () => new Uint8Array([starts]) };
    const server = setup({ virtualKeySystems: true, upstreams: { widevine } });
    const ask = async () => {
      const answer = await server.get('/certificate/widevine?v=1');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      return new Uint8Array(await answer.arrayBuffer());
    };

    expect(await ask()).toEqual(new Uint8Array([1]));
    starts += 1;
    expect(await ask()).toEqual(new Uint8Array([2]));
  });

  test('is made once', async () => {
    const server = start();
    const answers = await Promise.all(
      ['widevine', 'fairplay', 'widevine'].map(async (system) => server.get(`/certificate/${system}`)),
    );
    const texts = await Promise.all(answers.map(async (answer) => Buffer.from(await answer.arrayBuffer())));
    expect(new Set(texts.map((bytes) => bytes.toString('hex'))).size).toBe(1);
  });

  test.each(['playready', 'clearkey', 'nothing', '__proto__'])('is none for %s', async (system) => {
    expect(await codeOf(await start().get(`/certificate/${system}`))).toBe('key-system-unsupported');
  });

  test.each(['widevine', 'fairplay'])(
    'of %s is none on a server without virtual key systems',
    async (system) => {
      expect(await codeOf(await setup().get(`/certificate/${system}`))).toBe('key-system-unsupported');
    },
  );
});

async function ownAuthority(): Promise<CertificateAuthority> {
  const pair: webcrypto.CryptoKeyPair = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign', 'verify'],
  );
  return pair;
}
