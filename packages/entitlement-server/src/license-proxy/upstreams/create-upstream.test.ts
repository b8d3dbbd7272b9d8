import { generateKeyPairSync, type KeyObject } from 'node:crypto';

import { expect, it } from 'vitest';

import { EntitlementServerError } from '../../entitlement-server-error.js';
import { createUpstream } from './create-upstream.js';
import type { UpstreamOptions } from './upstream-options.js';

/** Stands for whatever a message must not repeat. */
const VALUE = 'a-configured-value';

const BASE64_32 = Buffer.alloc(32, 1).toString('base64');
const BUILT_IN = { kind: 'license-server', url: 'https://license.example/' } as const;
const AXINOM = {
  kind: 'axinom',
  url: 'https://license.example/AcquireLicense',
  communicationKeyId: '12196546-a312-4a4e-ab65-c19bccce1adf',
  communicationKey: BASE64_32,
} as const;
const DOVERUNNER = {
  kind: 'doverunner',
  url: 'https://license.example/ri/licenseManager.do',
  siteId: 'DEMO',
  siteKey: 'x'.repeat(32),
  accessKey: 'y'.repeat(32),
} as const;
const HDCP_TEMPLATE = { id: 'hd', groups: ['SD', 'HD'], minHdcp: '1.4' } as const;
const DRMTODAY = {
  kind: 'drmtoday',
  url: { widevine: 'https://license.example/?specConform=true' },
  merchant: 'a-merchant',
  sharedSecretId: 'a-secret',
  sharedSecret: 'ab'.repeat(32),
  templates: [HDCP_TEMPLATE],
} as const;
const HEADER_TOKEN = {
  kind: 'header-token',
  url: 'https://license.example/',
  header: 'X-Auth',
  secret: BASE64_32,
  claims: { kids: { from: 'keyIdsHex' } },
} as const;

it.each<UpstreamOptions>([BUILT_IN, AXINOM, DOVERUNNER, DRMTODAY, HEADER_TOKEN])('takes %o', (options) => {
  const upstream = create(options);

  expect(upstream.kind).toBe(options.kind);
  expect(upstream.breaker).toEqual({ status: 'closed' });
  expect(upstream.counts.answered).toBe(0);
});

it('knows the systems that it has addresses for', () => {
  expect(create(BUILT_IN).systems).toEqual(['clearkey', 'widevine', 'playready', 'fairplay']);
  expect(create(AXINOM).systems).toEqual(['widevine', 'playready', 'fairplay']);
  expect(create(DRMTODAY).systems).toEqual(['widevine']);
});

it.each(['http://localhost:8080/', 'http://127.0.0.1/', 'http://[::1]:1/', 'https://a.example/x?y=z'])(
  'takes the address %s',
  (url) => {
    expect(() => create({ ...HEADER_TOKEN, url })).not.toThrow();
  },
);

it.each<[string, object]>([
  ['upstream.kind', { kind: VALUE }],
  ['upstream.url', { ...BUILT_IN, url: VALUE }],
  ['upstream.url', { ...BUILT_IN, url: `http://${VALUE}.example/` }],
  ['upstream.url', { ...BUILT_IN, url: `https://user:${VALUE}@license.example/` }],
  ['upstream.url', { ...BUILT_IN, url: `https://license.example/#${VALUE}` }],
  ['upstream.url', { ...BUILT_IN, url: `https://license.example/?${VALUE}` }],
  ['upstream.url', { ...BUILT_IN, url: `http://127.0.0.1.${VALUE}.example/` }],
  ['upstream.url.widevine', { ...AXINOM, url: { widevine: `ftp://${VALUE}/` } }],
  ['upstream.timeoutMs', { ...BUILT_IN, timeoutMs: 0 }],
  ['upstream.timeoutMs', { ...BUILT_IN, timeoutMs: VALUE }],
  ['upstream.maxAnswerBytes', { ...BUILT_IN, maxAnswerBytes: 1.5 }],
  ['upstream.breaker.failureShare', { ...BUILT_IN, breaker: { failureShare: 2 } }],
  ['upstream.breaker.openMs', { ...BUILT_IN, breaker: { openMs: -1 } }],
  ['upstream.timeout', { ...BUILT_IN, timeout: VALUE }],
  ['upstream.communicationKeyId', { ...AXINOM, communicationKeyId: VALUE }],
  ['upstream.communicationKey', { ...AXINOM, communicationKey: VALUE }],
  ['upstream.communicationKey', { ...AXINOM, communicationKey: undefined }],
  ['upstream.siteKey', { ...DOVERUNNER, siteKey: VALUE }],
  ['upstream.accessKey', { ...DOVERUNNER, accessKey: '' }],
  ['upstream.siteId', { ...DOVERUNNER, siteId: `${VALUE}\n` }],
  ['upstream.sharedSecret', { ...DRMTODAY, sharedSecret: VALUE }],
  ['upstream.templates', { ...DRMTODAY, templates: [] }],
  ['upstream.templates.0.groups', { ...DRMTODAY, templates: [{ id: VALUE, groups: [] }] }],
  ['upstream.templates.0.minHdcp', { ...DRMTODAY, templates: [{ ...HDCP_TEMPLATE, minHdcp: VALUE }] }],
  ['upstream.header', { ...HEADER_TOKEN, header: `${VALUE}: ` }],
  ['upstream.prefix', { ...HEADER_TOKEN, prefix: `${VALUE}\r\n` }],
  ['upstream.secret', { ...HEADER_TOKEN, secret: VALUE }],
  ['upstream.secret', { ...HEADER_TOKEN, secret: undefined }],
  ['upstream.secret', { ...HEADER_TOKEN, algorithm: 'HS512' }],
  ['upstream.privateKey', { ...HEADER_TOKEN, algorithm: 'ES256', secret: undefined }],
  ['upstream.privateKey', { ...HEADER_TOKEN, privateKey: `-----BEGIN PRIVATE KEY----- ${VALUE}` }],
  ['upstream.algorithm', { ...HEADER_TOKEN, algorithm: 'none' }],
  ['upstream.lifetimeSeconds', { ...HEADER_TOKEN, lifetimeSeconds: 3600 }],
  ['upstream.claims', { ...HEADER_TOKEN, claims: {} }],
  ['upstream.claims', { ...HEADER_TOKEN, claims: { kids: { from: 'keyIdsHex' }, exp: { value: 1 } } }],
  ['upstream.claims.sub', { ...HEADER_TOKEN, claims: { sub: { from: VALUE } } }],
  ['upstream.keptElsewhere.0', { ...HEADER_TOKEN, keptElsewhere: [VALUE] }],
])('names %s, and repeats nothing that was written: %#', (field, options) => {
  const error = errorOf(() => create(options as UpstreamOptions));

  expect(error).toBeInstanceOf(EntitlementServerError);
  expect(error).toMatchObject({ code: 'invalid-configuration', field });
  expect((error as Error).message).not.toContain(VALUE);
  expect((error as Error).message.startsWith(`${field}: `)).toBe(true);
});

const P256 = toPem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
const RSA = toPem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);

it.each<[string, 'ES256' | 'RS256', string]>([
  ['of the other algorithm', 'ES256', RSA],
  ['of the other algorithm', 'RS256', P256],
  ['of another curve', 'ES256', toPem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey)],
  ['that is too short', 'RS256', toPem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)],
  ['whose line breaks were written out', 'ES256', P256.trim().replaceAll('\n', '\\n')],
  ['that is cut off', 'RS256', RSA.split('\n').slice(0, 5).join('\n')],
  ['that is cut off at once', 'ES256', '-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----'],
  ['that is empty', 'ES256', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----'],
])(
  'refuses a private key %s for %s, says how to make one, and repeats none of it',
  (_, algorithm, privateKey) => {
    const error = errorOf(() =>
      createUpstream({ ...HEADER_TOKEN, secret: undefined, algorithm, privateKey }, {}, 'upstreams.widevine'),
    );

    expect(error).toMatchObject({
      code: 'invalid-configuration',
      field: 'upstreams.widevine.privateKey',
      message: expect.stringMatching(/: must be a private key of (?:P-256|RSA) .*openssl genpkey/) as string,
    });
    for (const line of privateKey.split(/\\n|\n/).filter(Boolean))
      expect((error as Error).message).not.toContain(line);
  },
);

it('wants somebody who makes tokens for the license server of this package', () => {
  expect(errorOf(() => createUpstream(BUILT_IN))).toMatchObject({ field: 'upstream' });
  expect(errorOf(() => createUpstream(BUILT_IN, {}, 'upstreams[1]'))).toMatchObject({
    field: 'upstreams[1]',
  });
});

it('shows no secret to whoever prints it', () => {
  const upstream = create({ ...AXINOM, communicationKey: BASE64_32 });

  expect(JSON.stringify(upstream)).not.toContain(BASE64_32);
  expect(Object.keys(upstream)).toEqual(['kind', 'systems']);
});

function toPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function create(options: UpstreamOptions) {
  return createUpstream(options, { mintToken: () => 'token' });
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}
