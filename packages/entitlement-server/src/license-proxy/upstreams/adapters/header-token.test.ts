import { generateKeyPairSync, type KeyObject } from 'node:crypto';

import { keyIdToBase64Url, type LicensePolicy } from '@secure-player/protocol';
import { jwtVerify } from 'jose';
import { expect, it } from 'vitest';

import { createUpstream } from '../create-upstream.js';
import { AUDIO, createGrant, createRequest, GUIDS, keysWith, NOW, SD } from '../testing/grants.js';
import { startHttpPeer } from '../testing/http-peer.js';
import { startMockHeaderTokenServer } from '../testing/mock-header-token-server.js';
import type { HeaderTokenUpstreamOptions } from '../upstream-options.js';
import { headerTokenClaims, type ClaimMapping } from './header-token.js';

const SECRET = new Uint8Array(32).fill(5);

it('is understood by a server that verifies the token, with the claims by its own names', async () => {
  const peer = await startMockHeaderTokenServer(SECRET);
  const upstream = createUpstream(
    {
      kind: 'header-token',
      url: peer.url,
      header: 'X-License-Auth',
      prefix: 'Bearer ',
      secret: Buffer.from(SECRET).toString('base64'),
      keyId: 'key-1',
      lifetimeSeconds: 30,
      claims: {
        aud: { value: 'license' },
        sub: { from: 'contentId' },
        kids: { from: 'keyIdsGuid' },
        end: { from: 'notAfterEpochSeconds' },
        subscriber: { from: 'accountId' },
      },
    },
    { clock: () => NOW, random: (length) => new Uint8Array(length).fill(1) },
  );

  const { body } = await upstream.send(
    createRequest({ policy: { notAfter: NOW + 60_999 }, accountId: null }),
  );

  expect(JSON.parse(new TextDecoder().decode(body))).toEqual({
    header: { alg: 'HS256', typ: 'JWT', kid: 'key-1' },
    payload: {
      aud: 'license',
      sub: 'film',
      kids: [GUIDS.AUDIO, GUIDS.SD],
      end: NOW / 1000 + 60,
      jti: '01010101-0101-4101-8101-010101010101',
      iat: NOW / 1000,
      exp: NOW / 1000 + 30,
    },
    challenge: '000102feff',
  });
});

it.each(['ES256', 'RS256'] as const)('signs by %s, and the public key verifies it', async (algorithm) => {
  const { publicKey, privateKey } = createKeys(algorithm);
  const peer = await startHttpPeer((_, response) => response.end('a license'));
  const upstream = createUpstream(
    {
      kind: 'header-token',
      url: peer.url,
      header: 'Authorization',
      algorithm,
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      claims: { kids: { from: 'keyIdsHex' } },
    },
    { clock: () => NOW },
  );

  await upstream.send(createRequest());

  const token = peer.requests[0]?.headers['authorization'] ?? '';
  const { payload } = await jwtVerify(token, publicKey, {
    algorithms: [algorithm],
    currentDate: new Date(NOW),
  });
  expect(payload['kids']).toEqual([AUDIO, SD]);
});

it('sends nothing with a private key that only its import shows to be none, and does not repeat it', async () => {
  const der = createKeys('ES256').privateKey.export({ type: 'pkcs8', format: 'der' });
  // The number itself, after all that says of which kind it is.
  der.fill(0, 36);
  const peer = await startHttpPeer((_, response) => response.end('a license'));
  const upstream = createUpstream({
    kind: 'header-token',
    url: peer.url,
    header: 'Authorization',
    algorithm: 'ES256',
    privateKey: `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----`,
    claims: { kids: { from: 'keyIdsHex' } },
  });

  await expect(upstream.send(createRequest())).rejects.toThrow(
    /^privateKey: cannot be read as one for ES256$/,
  );
  expect(peer.requests).toHaveLength(0);
});

const SOURCES: readonly (readonly [ClaimMapping, unknown])[] = [
  [{ from: 'tenant' }, 'main'],
  [{ from: 'accountId' }, 'account-7'],
  [{ from: 'sessionKey' }, 'digest-of-a-session'],
  [{ from: 'deviceId' }, 'device-3'],
  [{ from: 'contentId' }, 'film'],
  [{ from: 'system' }, 'widevine'],
  [{ from: 'sessionType' }, 'temporary'],
  [{ from: 'isPersistent' }, false],
  [{ from: 'keyIdsHex' }, [AUDIO, SD]],
  [{ from: 'keyIdsBase64Url' }, [keyIdToBase64Url(AUDIO), keyIdToBase64Url(SD)]],
  [{ from: 'keys' }, keysWith()],
  [{ from: 'policy' }, createPolicy()],
  [{ from: 'notBeforeEpochSeconds' }, NOW / 1000 + 1],
  [{ from: 'notAfterUtc' }, '2026-01-01T13:00:00Z'],
  [{ from: 'licenseDuration' }, 300],
  [{ from: 'rentalDuration' }, 200],
  [{ from: 'playbackDuration' }, 100],
  [{ value: 0 }, 0],
  [{ value: null }, null],
];

it.each(SOURCES)('fills a claim with %j', (mapping, expected) => {
  const claims = { all: { from: 'keys' }, bounds: { from: 'policy' }, claim: mapping } as const;

  expect(
    headerTokenClaims(createGrant({ policy: createPolicy() }), { claims, keptElsewhere: [] }, NOW),
  ).toMatchObject({
    claim: expected,
  });
});

it('leaves out claims of what a grant does not have', () => {
  const claims = {
    kids: { from: 'keyIdsHex' },
    end: { from: 'notAfterUtc' },
    user: { from: 'accountId' },
  } as const;

  expect(headerTokenClaims(createGrant({ accountId: null }), { claims, keptElsewhere: [] }, NOW)).toEqual({
    kids: [AUDIO, SD],
  });
});

const BOUNDS = [
  ['notBefore', { policy: { notBefore: NOW + 1000 } }],
  ['notAfter', { policy: { notAfter: NOW + 1000 } }],
  ['licenseDuration', { policy: { licenseDurationSeconds: 1 } }],
  ['rentalDuration', { policy: { rentalDurationSeconds: 1 } }],
  ['playbackDuration', { policy: { playbackDurationSeconds: 1 } }],
  ['minHdcp', { keys: keysWith({ minHdcp: '1.0' }) }],
  ['minSecurityLevel', { keys: keysWith({ minSecurityLevel: 'hardware' }) }],
] as const;

it.each(BOUNDS)(
  'asks for nothing with %s that no claim tells of, unless the license server keeps it',
  (bound, parts) => {
    const claims = { kids: { from: 'keyIdsHex' } } as const;
    const grant = createGrant(parts);

    expect(() => headerTokenClaims(grant, { claims, keptElsewhere: [] }, NOW)).toThrow(
      'The license server refused the request',
    );
    expect(headerTokenClaims(grant, { claims, keptElsewhere: [bound] }, NOW)).toHaveProperty('kids');
  },
);

function createPolicy(): LicensePolicy {
  return {
    notBefore: NOW + 500,
    notAfter: NOW + 3600_000,
    licenseDurationSeconds: 300,
    rentalDurationSeconds: 200,
    playbackDurationSeconds: 100,
  };
}

function createKeys(algorithm: HeaderTokenUpstreamOptions['algorithm']): {
  publicKey: KeyObject;
  privateKey: KeyObject;
} {
  return algorithm === 'ES256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
}
