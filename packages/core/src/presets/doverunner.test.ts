import { describe, expect, it } from 'vitest';

import {
  base64,
  createVendorExchange,
  LICENSE,
  MESSAGE,
  type VendorServer,
} from '../testing/vendor-server.js';
import { doverunner } from './doverunner.js';

/** One address for all systems: the token says which one it is for. */
const server: VendorServer = ({ url, headers, form }) => {
  if (url.href !== 'https://drm-license.doverunner.com/ri/licenseManager.do') {
    return new Response(null, { status: 404 });
  }
  if (headers['pallycon-customdata-v2'] !== 'token-com.apple.fps') return new Response(LICENSE);

  return form.get('spc') === base64(MESSAGE)
    ? new Response(`${base64(LICENSE)}\n`)
    : new Response(null, { status: 400 });
};

describe('doverunner', () => {
  const configuration = doverunner({ siteId: 'DEMO', token: ({ keySystem }) => `token-${keySystem}` });

  it.each(['com.widevine.alpha', 'com.microsoft.playready.recommendation'] as const)(
    'sends the token of the key system, and bytes: %s',
    async (keySystem) => {
      const { acquire, requests } = createVendorExchange(configuration, server);

      expect(await acquire(keySystem)).toEqual(LICENSE);
      expect(requests[0]?.headers['pallycon-customdata-v2']).toBe(`token-${keySystem}`);
      expect(requests[0]?.body).toEqual(MESSAGE);
    },
  );

  it('sends FairPlay’s message as a form, and takes the base64 that comes back', async () => {
    const { acquire, requests } = createVendorExchange(configuration, server);

    expect(await acquire('com.apple.fps')).toEqual(LICENSE);
    expect(requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(configuration['com.apple.fps']?.serverCertificateUrl).toBe(
      'https://drm-license.doverunner.com/ri/fpsCert.do?siteId=DEMO',
    );
  });

  it('speaks to another address of the same service', () => {
    const old = doverunner({
      siteId: 'DEMO',
      token: () => 't',
      baseUrl: 'https://license-global.pallycon.com',
    });

    expect(old['com.widevine.alpha']?.licenseUrl).toBe(
      'https://license-global.pallycon.com/ri/licenseManager.do',
    );
  });
});
