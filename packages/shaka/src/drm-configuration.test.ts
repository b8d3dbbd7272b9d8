import { resolveSource, type DrmConfiguration, type Source } from '@secure-player/core';
import { describe, expect, it } from 'vitest';

import { createDrmConfiguration } from './drm-configuration.js';

const LOW = '00000000000000000000000000000001';
const KEY = 'fedcba9876543210fedcba9876543210';

interface Configuration {
  readonly servers?: Record<string, string>;
  readonly clearKeys?: Record<string, string>;
  readonly keySystemsMapping?: Record<string, string>;
  readonly advanced?: Record<string, object>;
  readonly preferredKeySystems?: string[];
  readonly retryParameters?: object;
  readonly initDataTransform?: (initData: Uint8Array, type: string, drmInfo: unknown) => Uint8Array;
}

const transform = (initData: Uint8Array) => initData;

function configure(src: string, drm: DrmConfiguration, rest: Partial<Source> = {}): Configuration {
  const source = resolveSource({ src, drm, ...rest });
  return createDrmConfiguration(source.keySystems[0] ?? null, source, transform);
}

const clearKey: DrmConfiguration = { 'org.w3.clearkey': { licenseUrl: '/license' } };

describe('a clear title', () => {
  it('leaves Shaka’s DRM alone', () => {
    const source = resolveSource({ src: '/a.mpd' });

    expect(createDrmConfiguration(null, source, undefined)).toEqual({});
  });
});

describe('every protected title', () => {
  it.each([['/a.mpd'], ['/a.m3u8']])('leaves time limits of licenses to the license client: %s', (src) => {
    // `timeout` is the transport's, and bounds the server certificate; our answers do not go through it.
    const retryParameters = { maxAttempts: 2, timeout: 10_000, stallTimeout: 0, connectionTimeout: 0 };

    expect(configure(src, clearKey)).toMatchObject({ retryParameters });
    expect(configure(src, { 'org.w3.clearkey': { keys: { [LOW]: KEY } } })).toMatchObject({
      retryParameters,
    });
  });

  it.each(['/a.mpd', '/a.m3u8'])('takes keys of the page, in Shaka’s spelling: %s', (src) => {
    const guid = '00000000-0000-0000-0000-000000000001';
    const configuration = configure(src, { 'org.w3.clearkey': { keys: { [guid]: KEY.toUpperCase() } } });

    expect(configuration.clearKeys).toEqual({ [LOW]: KEY });
    expect(configuration.servers).toBeUndefined();
  });
});

describe('a key system over its own name', () => {
  it('gets its server, its certificate and its robustness', () => {
    const certificate = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
    const configuration = configure('/a.m3u8', {
      'com.widevine.alpha': {
        licenseUrl: '/license',
        serverCertificate: certificate,
        serverCertificateUrl: '/certificate',
        videoRobustness: ['HW_SECURE_ALL', 'SW_SECURE_DECODE'],
        audioRobustness: ['SW_SECURE_CRYPTO'],
      },
    });

    expect(configuration).toMatchObject({
      servers: { 'com.widevine.alpha': '/license' },
      preferredKeySystems: ['com.widevine.alpha'],
      advanced: {
        'com.widevine.alpha': {
          serverCertificate: new Uint8Array([2, 3]),
          serverCertificateUri: '/certificate',
          videoRobustness: ['HW_SECURE_ALL', 'SW_SECURE_DECODE'],
          audioRobustness: ['SW_SECURE_CRYPTO'],
        },
      },
    });
    expect(configuration.keySystemsMapping).not.toHaveProperty('com.widevine.alpha');
    expect(configuration.initDataTransform).toBe(transform);
  });

  it.each<[keyof DrmConfiguration, string, string[]]>([
    ['com.widevine.alpha', '/a.mpd', ['org.w3.clearkey', 'com.microsoft.playready', 'com.apple.fps']],
    ['com.apple.fps', '/a.m3u8', ['org.w3.clearkey', 'com.microsoft.playready', 'com.widevine.alpha']],
    ['org.w3.clearkey', '/a.m3u8', ['com.microsoft.playready', 'com.apple.fps']],
    ['com.microsoft.playready', '/a.mpd', ['org.w3.clearkey', 'com.widevine.alpha', 'com.apple.fps']],
  ])('keeps the browser from being asked for any other: %s', (name, src, others) => {
    const { keySystemsMapping } = configure(src, { [name]: { licenseUrl: '/license' } });

    for (const other of others) expect(keySystemsMapping?.[other]).toBe('secure-player.not-wanted');
    expect(keySystemsMapping?.[name]).not.toBe('secure-player.not-wanted');
  });

  it('says nothing about what is not given, so that Shaka’s own defaults hold', () => {
    const { advanced } = configure('/a.mpd', { 'com.widevine.alpha': { licenseUrl: '/license' } });

    expect(advanced).toEqual({ 'com.widevine.alpha': {} });
  });

  it('asks for persistent state along with persistent licenses only', () => {
    const advanced = (sessionType: 'temporary' | 'persistent-license') =>
      configure('/a.mpd', { 'com.widevine.alpha': { licenseUrl: '/l', sessionType } }).advanced;

    expect(advanced('temporary')).toEqual({ 'com.widevine.alpha': {} });
    expect(advanced('persistent-license')).toEqual({
      'com.widevine.alpha': { sessionType: 'persistent-license', persistentStateRequired: true },
    });
  });

  it('is Clear Key over DASH', () => {
    expect(configure('/a.mpd', clearKey)).toMatchObject({
      servers: { 'org.w3.clearkey': '/license' },
      preferredKeySystems: ['org.w3.clearkey'],
    });
    expect(configure('/a.mpd', clearKey).keySystemsMapping).not.toHaveProperty('org.w3.clearkey');
  });
});

describe('PlayReady', () => {
  const RECOMMENDED = 'com.microsoft.playready.recommendation';

  it.each(['/a.mpd', '/a.m3u8'])(
    'is found in manifests by its one name, and asked for by the one that is wanted: %s',
    (src) => {
      const videoRobustness = ['3000'];
      const configuration = configure(src, { [RECOMMENDED]: { licenseUrl: '/license', videoRobustness } });

      expect(configuration).toMatchObject({
        servers: { 'com.microsoft.playready': '/license' },
        preferredKeySystems: [RECOMMENDED],
        // The second keeps Shaka, on Windows, from setting yet another name for this one.
        keySystemsMapping: { 'com.microsoft.playready': RECOMMENDED, [RECOMMENDED]: RECOMMENDED },
        // Shaka reads some of it by one name, and some by the other.
        advanced: { 'com.microsoft.playready': { videoRobustness }, [RECOMMENDED]: { videoRobustness } },
      });
    },
  );

  it('under its plain name is left to what Shaka knows of the browser', () => {
    const plain = configure('/a.mpd', { 'com.microsoft.playready': { licenseUrl: '/license' } });

    expect(plain.preferredKeySystems).toEqual(['com.microsoft.playready']);
    expect(plain.keySystemsMapping).not.toHaveProperty('com.microsoft.playready');
  });
});

describe('Clear Key over HLS', () => {
  it('is asked for under the name of Widevine, whose levels it is not asked for', () => {
    expect(configure('/a.m3u8', clearKey)).toMatchObject({
      servers: { 'com.widevine.alpha': '/license' },
      keySystemsMapping: { 'com.widevine.alpha': 'org.w3.clearkey' },
      advanced: { 'com.widevine.alpha': { videoRobustness: [''], audioRobustness: [''] } },
    });
  });
});
