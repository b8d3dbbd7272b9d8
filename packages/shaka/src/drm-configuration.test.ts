import { resolveSource, type DrmConfiguration, type Source } from '@secure-player/core';
import { readPsshBoxes, SYSTEM_IDS, writePsshBox, writeWidevinePsshData } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';

import { createDrmConfiguration } from './drm-configuration.js';

const LOW = '00000000000000000000000000000001';
const MIDDLE = '7fffffffffffffffffffffffffffffff';
const HIGH = 'ffffffffffffffffffffffffffffff00';
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

function configure(src: string, drm: DrmConfiguration, rest: Partial<Source> = {}): Configuration {
  const source = resolveSource({ src, drm, ...rest });
  return createDrmConfiguration(source.keySystems[0] ?? null, source);
}

const clearKey: DrmConfiguration = { 'org.w3.clearkey': { licenseUrl: '/license' } };

describe('a clear title', () => {
  it('leaves Shaka’s DRM alone', () => {
    const source = resolveSource({ src: '/a.mpd' });

    expect(createDrmConfiguration(null, source)).toEqual({});
  });
});

describe('every protected title', () => {
  it.each([['/a.mpd'], ['/a.m3u8']])('leaves retries and time limits to the license client: %s', (src) => {
    const retryParameters = { maxAttempts: 1, timeout: 0, stallTimeout: 0, connectionTimeout: 0 };

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
    expect(configuration.keySystemsMapping).toBeUndefined();
    expect(configuration.initDataTransform).toBeUndefined();
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
    expect(configure('/a.mpd', clearKey).keySystemsMapping).toBeUndefined();
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

  const widevinePssh = (...keyIds: string[]) =>
    writePsshBox({ systemId: SYSTEM_IDS.widevine, data: writeWidevinePsshData({ keyIds }) });
  const transform = (initData: Uint8Array, type: string, rest: Partial<Source> = {}) => {
    const { initDataTransform } = configure('/a.m3u8', clearKey, rest);
    if (!initDataTransform) throw new Error('There is no transform.');

    return initDataTransform(initData, type, null);
  };

  it('turns a Widevine PSSH into one common PSSH of version 1, its key ids sorted', () => {
    const commonPssh = transform(widevinePssh(HIGH, LOW, MIDDLE), 'cenc');

    expect(readPsshBoxes(commonPssh)).toEqual([
      {
        version: 1,
        flags: 0,
        systemId: SYSTEM_IDS.common,
        keyIds: [LOW, MIDDLE, HIGH],
        data: new Uint8Array(),
      },
    ]);
    expect(commonPssh).toEqual(transform(widevinePssh(MIDDLE, HIGH, LOW), 'cenc'));
  });

  it('joins several boxes, and names each key id once', () => {
    const boxes = new Uint8Array([...widevinePssh(HIGH, LOW), ...widevinePssh(LOW, MIDDLE)]);

    expect(readPsshBoxes(transform(boxes, 'cenc'))[0]?.keyIds).toEqual([LOW, MIDDLE, HIGH]);
  });

  it('asks for all keys that the source lists at once', () => {
    const keyIds = [HIGH, LOW, MIDDLE];

    expect(readPsshBoxes(transform(widevinePssh(LOW), 'cenc', { keyIds }))[0]?.keyIds).toEqual([
      LOW,
      MIDDLE,
      HIGH,
    ]);
  });

  it('does not ask for the listed ones in place of one that is not among them', () => {
    const initData = widevinePssh(HIGH);

    expect(readPsshBoxes(transform(initData, 'cenc', { keyIds: [LOW] }))[0]?.keyIds).toEqual([HIGH]);
  });

  it('leaves alone what is no PSSH or names no key', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const empty = widevinePssh();

    expect(transform(bytes, 'keyids')).toBe(bytes);
    expect(transform(bytes, 'skd')).toBe(bytes);
    expect(transform(empty, 'cenc')).toBe(empty);
  });
});
