import type { LicenseClient, LicenseExchange, Source } from '@secure-player/core';
import { SYSTEM_IDS, writeClearKeyLicenseRequest, writePsshBox } from '@secure-player/protocol';
import { describe, expect, it, vi } from 'vitest';

import { createLicenseHandler } from './license-handler.js';
import type { ShakaRequest } from './shaka-namespace.js';
import { readRequestedKeyIds } from './testing/requested-key-ids.js';

const KEY_ID = '0123456789abcdef0123456789abcdef';
const LICENSE = new Uint8Array([1]);
const MANIFEST_URL = 'https://manifest.example/license';

function setup(name: string, atLoad: Source, now: () => Source | null = () => atLoad) {
  const acquire = vi.fn(async (_exchange: LicenseExchange) => LICENSE);
  const configuration = Object.values(atLoad.drm ?? {})[0];
  if (!configuration) throw new Error('The source names no key system.');
  const handle = createLicenseHandler(
    { licenseClient: { acquire } as unknown as LicenseClient, currentSource: now },
    { name, configuration },
    readRequestedKeyIds,
  );
  const ask = async (request: Partial<ShakaRequest> = {}) => {
    const { signal } = new AbortController();
    const license = await handle(
      MANIFEST_URL,
      { uris: [], attempt: 0, body: null, headers: {}, ...request },
      signal,
    );
    expect(license).toBe(LICENSE);

    return acquire.mock.calls.at(-1)?.[0];
  };

  return { ask };
}

const clearKey: Source = { src: '/a.mpd', drm: { 'org.w3.clearkey': { licenseUrl: '/license' } } };

describe('the exchange of a license request', () => {
  it('says all that Shaka knows of it', async () => {
    const initData = writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: [KEY_ID] });
    const body = writeClearKeyLicenseRequest({ kids: [KEY_ID], type: 'temporary' });
    const exchange = await setup('org.w3.clearkey', clearKey).ask({
      body: body.buffer,
      headers: { 'x-vendor': '1' },
      sessionId: 'session-1',
      licenseRequestType: 'license-renewal',
      initData,
      initDataType: 'cenc',
    });

    expect(exchange).toMatchObject({
      url: '/license',
      message: body,
      messageType: 'license-renewal',
      keySystem: 'org.w3.clearkey',
      configuration: { licenseUrl: '/license' },
      source: clearKey,
      sessionId: 'session-1',
      initDataType: 'cenc',
      initData,
      keyIds: [KEY_ID],
      headers: { 'x-vendor': '1' },
    });
  });

  it('is whole where Shaka knows nothing', async () => {
    expect(await setup('org.w3.clearkey', clearKey).ask()).toMatchObject({
      message: new Uint8Array(),
      messageType: 'license-request',
      sessionId: '',
      initDataType: null,
      initData: null,
      keyIds: [],
    });
  });

  it('goes to the URL of the source, whatever the manifest says', async () => {
    expect(await setup('org.w3.clearkey', clearKey).ask()).toMatchObject({ url: '/license' });
  });

  it('goes to the URL of the manifest where the source says so', async () => {
    const source: Source = { src: '/a.mpd', drm: { 'com.widevine.alpha': { licenseUrlFromManifest: true } } };

    expect(await setup('com.widevine.alpha', source).ask()).toMatchObject({ url: MANIFEST_URL });
  });

  it('reads the configuration as the page has it now', async () => {
    const now: Source = {
      src: '/a.mpd',
      drm: { 'org.w3.clearkey': { licenseUrl: '/renewed', headers: { a: '1' } } },
    };
    const { ask } = setup('org.w3.clearkey', clearKey, () => now);

    expect(await ask()).toMatchObject({
      url: '/renewed',
      configuration: { headers: { a: '1' } },
      source: now,
    });
  });

  it('falls back to the one it was loaded with where the page has none any more', async () => {
    expect(await setup('org.w3.clearkey', clearKey, () => null).ask()).toMatchObject({ url: '/license' });
  });

  it('reads key ids from the init data where the message is the key system’s own', async () => {
    const source: Source = { src: '/a.mpd', drm: { 'com.widevine.alpha': { licenseUrl: '/l' } } };
    const { ask } = setup('com.widevine.alpha', source);
    const initData = writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: [KEY_ID] });

    expect(await ask({ initData, initDataType: 'cenc' })).toMatchObject({ keyIds: [KEY_ID] });
    expect(await ask({ initData: new Uint8Array([1]), initDataType: 'cenc' })).toMatchObject({ keyIds: [] });
  });
});
