import { describe, expect, test } from 'vitest';

import type { LicenseUpstream } from '../license-proxy/license-upstream.js';
import type { EntitlementServerOptions } from '../node/entitlement-server.js';
import { FILM, setup } from '../testing/setup.js';
import type { TenantOptions } from './tenant-options.js';

const ELSEWHERE: LicenseUpstream = {
  send: async () => {
    throw new Error('Nobody asks it here.');
  },
};
const OTHER: TenantOptions = {
  id: 'other',
  hosts: ['other.example'],
  titles: [{ ...FILM, id: 'other-film', directory: 'other-film-v1' }],
};

const seedless = { keySeed: undefined, titles: [FILM] };

describe('a key seed may be missing', () => {
  test.each<[string, Partial<EntitlementServerOptions>]>([
    [
      'where license servers elsewhere answer for the systems there are',
      { ...seedless, upstreams: { widevine: ELSEWHERE } },
    ],
    [
      'where they answer for all that titles name',
      {
        ...seedless,
        titles: [{ ...FILM, keySystems: ['widevine', 'fairplay'] }],
        upstreams: { widevine: ELSEWHERE, fairplay: ELSEWHERE },
      },
    ],
    ['of a tenant whose Clear Key is elsewhere', { tenants: [OTHER], upstreams: { clearkey: ELSEWHERE } }],
    [
      'of a tenant that has nothing encrypted',
      { keySeed: new Uint8Array(32), tenants: [{ ...OTHER, titles: [] }] },
    ],
  ])('%s', (_case, options) => {
    expect(() => setup(options)).not.toThrow();
  });
});

describe('a key seed is missed', () => {
  test.each<[string, Partial<EntitlementServerOptions>, string]>([
    ['without any license server', seedless, 'keySeed: is missing, and `upstreams` names no license server'],
    [
      'by a title that names a system that nobody answers for',
      {
        ...seedless,
        titles: [{ ...FILM, keySystems: ['clearkey', 'widevine'] }],
        upstreams: { clearkey: ELSEWHERE },
      },
      'keySeed: is missing, and `upstreams` names no license server for widevine',
    ],
    [
      'by systems of the virtual CDM that nobody answers for',
      { ...seedless, virtualKeySystems: true, upstreams: { clearkey: ELSEWHERE, widevine: ELSEWHERE } },
      'keySeed: is missing, and `upstreams` names no license server for playready, fairplay',
    ],
    [
      'by one tenant of several',
      { tenants: [OTHER], upstreams: { widevine: ELSEWHERE } },
      'tenants[0].keySeed: is missing, and `upstreams` names no license server for clearkey',
    ],
  ])('%s', (_case, options, message) => {
    expect(() => setup(options)).toThrow(expect.objectContaining({ code: 'invalid-configuration', message }));
  });
});
