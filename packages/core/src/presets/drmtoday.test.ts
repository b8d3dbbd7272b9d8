import { describe, expect, it } from 'vitest';

import {
  base64,
  createVendorExchange,
  LICENSE,
  MESSAGE,
  type VendorServer,
} from '../testing/vendor-server.js';
import { drmtoday } from './drmtoday.js';

const SESSION = { userId: 'Zoë', sessionId: 'p0' };
const WIDEVINE = Uint8Array.of(0x08, 0x02, 0x12);

/** What `x-dt-custom-data` says. */
function customDataOf(header: string | undefined): unknown {
  const bytes = Uint8Array.from(atob(header ?? ''), (digit) => digit.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

const server: VendorServer = ({ url, form }) => {
  switch (url.pathname) {
    case '/license-proxy-widevine/cenc/':
      return url.searchParams.get('specConform') === 'true'
        ? new Response(WIDEVINE)
        : Response.json({ status: 'OK', license: base64(WIDEVINE) });
    case '/license-proxy-headerauth/drmtoday/RightsManager.asmx':
      return new Response('<soap:Envelope/>');
    case '/license-server-fairplay/':
      return form.get('spc') === base64(MESSAGE)
        ? new Response(base64(LICENSE))
        : new Response(null, { status: 400 });
    default:
      return new Response(null, { status: 404 });
  }
};

describe('drmtoday', () => {
  const options = { merchant: 'acme', session: () => SESSION };

  it('says who plays, in base64 of JSON', async () => {
    const { acquire, requests } = createVendorExchange(drmtoday(options), server);

    expect(await acquire('com.widevine.alpha')).toEqual(WIDEVINE);
    expect(requests[0]?.url.host).toBe('lic.drmtoday.com');
    expect(customDataOf(requests[0]?.headers['x-dt-custom-data'])).toEqual({ ...SESSION, merchant: 'acme' });
    expect(requests[0]?.headers).not.toHaveProperty('x-dt-auth-token');
  });

  it('sends the token of upfront authorization, with each key system', async () => {
    const { acquire, requests } = createVendorExchange(drmtoday({ ...options, token: () => 'jwt' }), server);
    for (const keySystem of [
      'com.widevine.alpha',
      'com.microsoft.playready.recommendation',
      'com.apple.fps',
    ] as const) {
      await acquire(keySystem);
    }

    expect(requests.map(({ headers }) => headers['x-dt-auth-token'])).toEqual(['jwt', 'jwt', 'jwt']);
  });

  it('sends FairPlay’s message as a form, and takes the base64 that comes back', async () => {
    const configuration = drmtoday({ ...options, assetId: 'a 1', variantId: 'hd' });
    const { acquire, requests } = createVendorExchange(configuration, server);

    expect(await acquire('com.apple.fps')).toEqual(LICENSE);
    expect(requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(requests[0]?.form ?? [])).toEqual({
      spc: base64(MESSAGE),
      assetId: 'a 1',
      variantId: 'hd',
    });
    expect(configuration['com.apple.fps']?.serverCertificateUrl).toBe(
      'https://lic.drmtoday.com/license-server-fairplay/cert/acme',
    );
  });

  it('unwraps a license in JSON, as it comes without `specConform`', async () => {
    const { acquire } = createVendorExchange(drmtoday(options), () =>
      Response.json({ status: 'OK', license: base64(WIDEVINE) }),
    );

    expect(await acquire('com.widevine.alpha')).toEqual(WIDEVINE);
  });

  it('tells JSON without a license as a refusal, and other text as malformed', async () => {
    const refusing = createVendorExchange(drmtoday(options), () => Response.json({ status: 'REFUSED' }));
    await expect(refusing.acquire('com.widevine.alpha')).rejects.toMatchObject({ code: 'license-refused' });

    const broken = createVendorExchange(drmtoday(options), () => new Response('{"license":'));
    await expect(broken.acquire('com.widevine.alpha')).rejects.toMatchObject({ code: 'license-malformed' });
  });

  it('knows the staging service', () => {
    expect(drmtoday({ ...options, environment: 'staging' })['com.widevine.alpha']?.licenseUrl).toContain(
      'https://lic.staging.drmtoday.com/',
    );
  });
});
