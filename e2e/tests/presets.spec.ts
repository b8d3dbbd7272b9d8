import type { KeySystem } from '@secure-player/react';
import { toSource } from '@secure-player/react';
import type { Page, Request, Route } from '@playwright/test';

import type { PresetName } from '../harness/presets.js';
import { expectPicture } from '../support/expect-picture.js';
import type { Site } from '../support/site.js';
import { expect, test } from '../support/key-system-test.js';

/** How a service that stands for a vendor's tells its customers, and in which form it speaks. */
interface Vendor {
  readonly hosts: RegExp;
  readonly isCustomer: (request: Request, keySystem: KeySystem) => boolean;
  /** What it makes of a license, where it does not answer with its bytes. */
  readonly wrap?: (license: Buffer, keySystem: KeySystem) => string | undefined;
}

const isFairPlay = (keySystem: KeySystem) => keySystem === 'com.apple.fps';
const formOf = (request: Request) => new URLSearchParams(request.postData() ?? '');

const VENDORS: Record<PresetName, Vendor> = {
  axinom: {
    hosts: /^acme\.drm-(?:widevine|fairplay)-licensing\.axprod\.net$/,
    isCustomer: (request) => request.headers()['x-axdrm-message'] === 'the-message',
  },
  drmtoday: {
    hosts: /^lic\.drmtoday\.com$/,
    isCustomer: (request, keySystem) => {
      const headers = request.headers();
      const who: unknown = JSON.parse(
        Buffer.from(headers['x-dt-custom-data'] ?? '', 'base64').toString('utf8'),
      );
      const isKnown = JSON.stringify(who) === '{"userId":"u1","sessionId":"s1","merchant":"acme"}';

      return (
        isKnown &&
        headers['x-dt-auth-token'] === 'the-token' &&
        (!isFairPlay(keySystem) || formOf(request).get('assetId') === 'film')
      );
    },
    wrap: (license, keySystem) =>
      isFairPlay(keySystem)
        ? license.toString('base64')
        : JSON.stringify({ status: 'OK', license: license.toString('base64') }),
  },
  doverunner: {
    hosts: /^drm-license\.doverunner\.com$/,
    isCustomer: (request, keySystem) =>
      request.headers()['pallycon-customdata-v2'] === `token-for-${keySystem}`,
    wrap: (license, keySystem) => (isFairPlay(keySystem) ? license.toString('base64') : undefined),
  },
  ezdrm: {
    hosts: /^(?:widevine-dash|fps)\.ezdrm\.com$/,
    isCustomer: (request) => new URL(request.url()).searchParams.get('token') === 'the-token',
  },
};

const CORS = { 'access-control-allow-origin': '*' };

/** Puts a vendor's service on the network of the page; its licenses are the site's own. Tells how it answered. */
async function standFor(page: Page, site: Site, preset: PresetName, keySystem: KeySystem, session: string) {
  const { hosts, isCustomer, wrap } = VENDORS[preset];
  const system = isFairPlay(keySystem) ? 'fairplay' : 'widevine';
  const statuses: number[] = [];

  const answer = async (route: Route) => {
    const request = route.request();
    if (request.method() === 'GET') {
      const certificate = await page.request.get(`${site.url}/certificate/${system}`);
      return route.fulfill({ body: await certificate.body(), headers: CORS });
    }
    if (!isCustomer(request, keySystem)) {
      statuses.push(403);
      return route.fulfill({ status: 403, headers: CORS });
    }

    const spc = formOf(request).get('spc');
    const license = await page.request.post(`${site.url}/license/${system}?session=${session}`, {
      data: spc === null ? (request.postDataBuffer() ?? '') : Buffer.from(spc, 'base64'),
      headers: { 'content-type': 'application/octet-stream' },
    });
    statuses.push(license.status());
    const body = await license.body();
    return route.fulfill({ status: license.status(), body: wrap?.(body, keySystem) ?? body, headers: CORS });
  };
  await page.route((url) => hosts.test(url.host) || url.host === 'certificates.example', answer);

  return statuses;
}

for (const [preset, keySystem, format] of [
  ['axinom', 'com.widevine.alpha', 'dash'],
  ['axinom', 'com.apple.fps', 'hls'],
  ['drmtoday', 'com.widevine.alpha', 'dash'],
  ['drmtoday', 'com.apple.fps', 'hls'],
  ['doverunner', 'com.apple.fps', 'hls'],
  ['ezdrm', 'com.widevine.alpha', 'dash'],
  ['ezdrm', 'com.apple.fps', 'hls'],
] as const) {
  test(`${preset}() gets ${keySystem} licenses in the vendor's form, and they play`, async ({
    page,
    site,
  }) => {
    const token = await site.logIn('basic');
    const { id, source } = await site.openPlaybackSession({ token, format });
    const statuses = await standFor(page, site, preset, keySystem, id);
    await page.goto(`${site.url}/harness/presets.html`);
    await page.evaluate(([given, ...how]) => window.presets.show(given, ...how), [
      toSource(source),
      preset,
      keySystem,
    ] as const);

    await expectPicture(page, { atMost: 360 });
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
}
