import { describe, expect, test } from 'vitest';

import type { Title } from '../catalog/title.js';
import { createUpstream } from '../license-proxy/upstreams/create-upstream.js';
import type { UpstreamOptions } from '../license-proxy/upstreams/upstream-options.js';
import { FILM, setup } from '../testing/setup.js';

const BASE64_32 = Buffer.alloc(32, 1).toString('base64');
const URL_OF = { url: 'https://license.example/' } as const;
const AXINOM = {
  kind: 'axinom',
  ...URL_OF,
  communicationKeyId: '12196546-a312-4a4e-ab65-c19bccce1adf',
  communicationKey: BASE64_32,
} as const;
const DOVERUNNER = {
  kind: 'doverunner',
  ...URL_OF,
  siteId: 'DEMO',
  siteKey: 'x'.repeat(32),
  accessKey: 'y',
} as const;
const DRMTODAY = {
  kind: 'drmtoday',
  ...URL_OF,
  merchant: 'a-merchant',
  sharedSecretId: 'a-secret',
  sharedSecret: 'ab'.repeat(32),
  templates: [{ id: 'sd', groups: ['SD'] }],
} as const;
const HEADER_TOKEN = {
  kind: 'header-token',
  ...URL_OF,
  header: 'X-Auth',
  secret: BASE64_32,
  claims: { kids: { from: 'keyIdsHex' } },
} as const;

/** Two tenants whose films differ in what is not said of the second. */
const start = (options: UpstreamOptions, second: Partial<Title>) => () =>
  setup({
    titles: [FILM],
    upstreams: { widevine: createUpstream(options, { mintToken: () => 'token' }) },
    tenants: [
      {
        id: 'other',
        hosts: ['other.example'],
        keySeed: new Uint8Array(32).fill(7),
        titles: [{ ...FILM, directory: 'other-film-v1', access: 'free', ...second }],
      },
    ],
  });
const OTHER_KEYS = [{ keyId: 'd0000000000000000000000000000001', group: 'SD' }] as const;

describe.each<UpstreamOptions>([AXINOM, DOVERUNNER, DRMTODAY, HEADER_TOKEN])(
  'of a license server that is not told of tenants, $kind, no two may share',
  (options) => {
    test.each<[string, Partial<Title>, string]>([
      ['a title', { keys: OTHER_KEYS }, 'tenants[0].titles[0].id'],
      ['a key', { id: 'other-film' }, 'tenants[0].titles[0].keys[0].keyId'],
    ])('%s', (_case, second, field) => {
      expect(start(options, second)).toThrow(
        expect.objectContaining({
          code: 'invalid-configuration',
          field,
          message: expect.stringContaining('upstreams.widevine is not told of tenants') as string,
        }),
      );
      expect(start(options, { id: 'other-film', keys: OTHER_KEYS })).not.toThrow();
    });
  },
);

test.each<[string, Partial<Title>]>([
  ['are clear', { keys: [] }],
  ['have licenses of other systems alone', { keySystems: ['clearkey'] }],
])('titles that %s may be of one id: no vendor is asked for them', (_case, second) => {
  expect(start(AXINOM, second)).not.toThrow();
});

test.each<[string, UpstreamOptions]>([
  ['by the tokens of this package', { kind: 'license-server', ...URL_OF }],
  ['by a claim', { ...HEADER_TOKEN, claims: { ...HEADER_TOKEN.claims, aud: { from: 'tenant' } } }],
])('a license server that is told of tenants %s tells them apart itself', (_case, options) => {
  expect(start(options, {})).not.toThrow();
});
