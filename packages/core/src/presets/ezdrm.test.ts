import { describe, expect, it } from 'vitest';

import { createVendorExchange, LICENSE, MESSAGE } from '../testing/vendor-server.js';
import { ezdrm } from './ezdrm.js';

const FAIRPLAY = { assetId: '09cc0377', certificateUrl: 'https://page.example/fairplay.cer' };

describe('ezdrm', () => {
  it.each([
    [
      'com.widevine.alpha',
      { widevineProfile: 'B03B45' },
      'https://widevine-dash.ezdrm.com/widevine-php/widevine-foreignkey.php?pX=B03B45',
    ],
    [
      'com.microsoft.playready.recommendation',
      { playReadyProfile: '334B2C' },
      'https://playready.ezdrm.com/cency/preauth.aspx?pX=334B2C',
    ],
    ['com.apple.fps', { fairPlay: FAIRPLAY }, 'https://fps.ezdrm.com/api/licenses/09cc0377'],
  ] as const)('gets a license by its profile, in bytes: %s', async (keySystem, options, url) => {
    const { acquire, requests } = createVendorExchange(ezdrm(options), () => new Response(LICENSE));

    expect(await acquire(keySystem)).toEqual(LICENSE);
    expect(requests[0]?.url.href).toBe(url);
    expect(requests[0]?.body).toEqual(MESSAGE);
    expect(requests[0]?.headers['content-type']).toBe('application/octet-stream');
    expect(Object.keys(ezdrm(options))).toEqual([keySystem]);
  });

  it('puts custom data into the query, anew for each request', async () => {
    let count = 0;
    const configuration = ezdrm({
      widevineProfile: 'B03B45',
      customData: async () => ({ token: `a+b ${(count += 1)}` }),
    });
    const { acquire, requests } = createVendorExchange(configuration, () => new Response(LICENSE));
    await acquire('com.widevine.alpha');
    await acquire('com.widevine.alpha');

    expect(requests.map(({ url }) => Object.fromEntries(url.searchParams))).toEqual([
      { pX: 'B03B45', token: 'a+b 1' },
      { pX: 'B03B45', token: 'a+b 2' },
    ]);
  });

  it('names a FairPlay title as its key server does', () => {
    const fairPlay = ezdrm({ fairPlay: FAIRPLAY })['com.apple.fps'];

    const nameOf = (uri: string) => fairPlay?.getContentId?.(new TextEncoder().encode(uri));

    expect(nameOf('skd://fps.ezdrm.com/;09cc0377')).toBe('09cc0377');
    expect(nameOf('skd://09cc0377')).toBe('09cc0377');
    expect(fairPlay?.serverCertificateUrl).toBe(FAIRPLAY.certificateUrl);
  });
});
