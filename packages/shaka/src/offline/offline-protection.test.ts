import { PlaybackError, resolveSource, type OfflineTitleLicense } from '@secure-player/core';
import { describe, expect, it, vi } from 'vitest';

import type { LicenseHandler } from '../intercept-licenses.js';
import type { ShakaRequest } from '../shaka-namespace.js';
import { createShakaRequest } from '../testing/real-shaka.js';
import { protectionOf } from './offline-protection.js';

const KEYS = { '00112233445566778899aabbccddeeff': 'ffeeddccbbaa99887766554433221100' };
const SOURCE = resolveSource({
  src: '/film.mpd',
  drm: {
    'com.widevine.alpha': {
      licenseUrl: '/license/widevine',
      serverCertificateUrl: '/certificate',
      videoRobustness: ['SW_SECURE_DECODE'],
    },
    'org.w3.clearkey': { licenseUrl: '/license/clearkey' },
  },
});
const STORED = { sessionId: 's1', initDataType: 'cenc', initData: Uint8Array.of(1, 2) };
const names = (license: OfflineTitleLicense, source = SOURCE) =>
  protectionOf(license, source).keySystems.map(({ name }) => name);

describe('a title on this device', () => {
  it('without a license has no key system, but for keys of the page', () => {
    const withKeys = resolveSource({ src: '/film.mpd', drm: { 'org.w3.clearkey': { keys: KEYS } } });

    expect(names({ mode: 'none' })).toEqual([]);
    expect(names({ mode: 'none' }, withKeys)).toEqual(['org.w3.clearkey']);
  });

  it('whose license is fetched each time is protected as online', () => {
    expect(protectionOf({ mode: 'online-license' }, SOURCE)).toEqual({
      keySystems: SOURCE.keySystems,
      licenses: 'online',
      drm: {},
    });
  });

  it('whose license the browser keeps has Clear Key alone, and is answered from there', async () => {
    const answer = vi.fn(async () => Uint8Array.of(7));
    const { keySystems, licenses } = protectionOf(
      { mode: 'vault', keySystem: 'org.w3.clearkey', answer },
      SOURCE,
    );
    const request = { ...createShakaRequest(['x']), body: Uint8Array.of(1) } as unknown as ShakaRequest;
    const bytes = await (licenses as LicenseHandler)('x', request, new AbortController().signal);

    expect(keySystems).toMatchObject([
      { name: 'org.w3.clearkey', configuration: { sessionType: 'temporary' } },
    ]);
    expect(answer).toHaveBeenCalledExactlyOnceWith(Uint8Array.of(1));
    expect(bytes).toEqual(Uint8Array.of(7));
  });

  it.each([
    [new PlaybackError('offline-license-expired'), 'offline-license-expired'],
    [new Error('x'), 'storage-failed'],
  ])('whose license cannot be had from there says why: %s', async (error, code) => {
    const answer = async () => {
      throw error;
    };
    const { licenses } = protectionOf({ mode: 'vault', keySystem: 'org.w3.clearkey', answer }, SOURCE);
    const request = createShakaRequest(['x']) as unknown as ShakaRequest;
    const asked = (licenses as LicenseHandler)('x', request, new AbortController().signal);

    await expect(asked).rejects.toMatchObject({ code });
  });

  it('whose license the module keeps asks nobody, fetches no certificate, and has only what is stored', () => {
    const { keySystems, licenses, drm } = protectionOf(
      { mode: 'persistent', keySystem: 'com.widevine.alpha', sessions: [STORED] },
      SOURCE,
    );

    expect(licenses).toBeNull();
    expect(keySystems).toHaveLength(1);
    expect(keySystems[0]?.configuration).toMatchObject({
      sessionType: 'persistent-license',
      videoRobustness: ['SW_SECURE_DECODE'],
    });
    expect(keySystems[0]?.configuration.serverCertificateUrl).toBeUndefined();
    expect(drm).toMatchObject({
      persistentSessionsMetadata: [STORED],
      persistentSessionOnlinePlayback: true,
    });
  });

  it('takes all init data for that of the stored sessions', () => {
    const { drm } = protectionOf(
      { mode: 'persistent', keySystem: 'com.widevine.alpha', sessions: [STORED] },
      SOURCE,
    );
    const { initDataTransform } = drm as { readonly initDataTransform: (...given: unknown[]) => Uint8Array };

    expect(initDataTransform(Uint8Array.of(9), 'cenc', null)).toBe(STORED.initData);
  });
});
