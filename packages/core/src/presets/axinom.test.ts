import { describe, expect, it } from 'vitest';

import { createVendorExchange, LICENSE, MESSAGE, type VendorServer } from '../testing/vendor-server.js';
import { axinom } from './axinom.js';

/** The license service of one tenant: it wants its message in one header, and bytes. */
const server: VendorServer = ({ url, headers }) => {
  const isAddress = /^e40ff278\.drm-(widevine|playready|fairplay)-licensing\.axprod\.net$/.test(url.host);
  if (!isAddress || url.pathname !== '/AcquireLicense') return new Response(null, { status: 404 });
  if (headers['x-axdrm-message'] !== 'jwt') return new Response(null, { status: 403 });

  return new Response(LICENSE);
};

describe('axinom', () => {
  const configuration = axinom({
    tenant: 'e40ff278',
    token: () => 'jwt',
    fairPlayCertificateUrl: 'https://page.example/fairplay.cer',
  });

  it.each(['com.widevine.alpha', 'com.microsoft.playready.recommendation', 'com.apple.fps'] as const)(
    'gets a license by the message in its header: %s',
    async (keySystem) => {
      const { acquire, requests } = createVendorExchange(configuration, server);

      expect(await acquire(keySystem)).toEqual(LICENSE);
      expect(requests[0]?.body).toEqual(MESSAGE);
    },
  );

  it('leaves the headers that a key system wants', async () => {
    const { acquire, requests } = createVendorExchange(configuration, server);
    await acquire('com.microsoft.playready.recommendation', { 'Content-Type': 'text/xml', SOAPAction: 'a' });

    expect(requests[0]?.headers).toMatchObject({ 'content-type': 'text/xml', soapaction: 'a' });
  });

  it('has FairPlay only with a certificate', () => {
    expect(configuration['com.apple.fps']?.serverCertificateUrl).toBe('https://page.example/fairplay.cer');
    expect(axinom({ tenant: 'e40ff278', token: () => 'jwt' })).not.toHaveProperty('com.apple.fps');
  });

  it('knows the test service', () => {
    const test = axinom({ tenant: 't', token: () => 'jwt', environment: 'test' });

    expect(test['com.widevine.alpha']?.licenseUrl).toBe(
      'https://t.drm-widevine-licensing.axtest.net/AcquireLicense',
    );
  });
});
