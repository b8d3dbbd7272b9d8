import type { Source } from '@secure-player/core';
import { describe, expect, it } from 'vitest';

import { grantedSource } from './granted-source.js';
import { toStoredSource } from './to-stored-source.js';
import { withoutRightsId } from './without-rights-id.js';

const SOURCE: Source = {
  src: '/film.mpd',
  id: 'film',
  session: { id: 'secret-session', heartbeatSeconds: 30 },
  drm: {
    'com.widevine.alpha': {
      licenseUrl: '/license/widevine?offline=secret',
      headers: { 'x-api-key': 'secret-header' },
      serverCertificate: new Uint8Array([1]),
      videoRobustness: ['HW_SECURE_ALL'],
      prepareRequest: (request) => request,
    },
    'org.w3.clearkey': { keys: { ['0'.repeat(32)]: 'f'.repeat(32) } },
  },
};

describe('what is kept of a source', () => {
  it('has no function, no bytes and no secret of the page', () => {
    const stored = toStoredSource(SOURCE);

    expect(structuredClone(stored)).toEqual({
      src: '/film.mpd',
      id: 'film',
      drm: {
        'com.widevine.alpha': {
          licenseUrl: '/license/widevine?offline=secret',
          videoRobustness: ['HW_SECURE_ALL'],
        },
      },
    });
    expect(JSON.stringify(stored)).not.toMatch(/f{32}|secret-header|secret-session/);
  });
});

describe('the source of a grant', () => {
  it('has the addresses of the grant and the functions of the page', () => {
    const granted = { src: '/x.mpd', drm: { 'com.widevine.alpha': { licenseUrl: '/offline' } } };
    const { src, drm } = grantedSource(SOURCE, granted);

    expect(src).toBe('/film.mpd');
    expect(drm).toEqual({
      'com.widevine.alpha': { ...SOURCE.drm?.['com.widevine.alpha'], licenseUrl: '/offline' },
    });
  });

  it('takes the place of keys that the page gave', () => {
    const granted = { src: '/x.mpd', drm: { 'org.w3.clearkey': { licenseUrl: '/offline' } } };

    expect(grantedSource(SOURCE, granted).drm).toEqual({ 'org.w3.clearkey': { licenseUrl: '/offline' } });
  });

  it('is the page’s where the grant names no server', () => {
    expect(grantedSource(SOURCE, { src: '/x.mpd' })).toBe(SOURCE);
  });
});

describe('an address that does not name the id of the server’s list any more', () => {
  const after = (licenseUrl: string) =>
    withoutRightsId({ src: '/', drm: { 'com.widevine.alpha': { licenseUrl } } }, 'secret').drm?.[
      'com.widevine.alpha'
    ]?.licenseUrl;

  it.each([
    ['/license?offline=secret', '/license'],
    ['https://license.example/l?a=1&offline=secret&b=2', 'https://license.example/l?a=1&b=2'],
    ['/license?offline=secretive', '/license?offline=secretive'],
    ['/license', '/license'],
  ])('%s becomes %s', (from, to) => {
    expect(after(from)).toBe(to);
  });
});
