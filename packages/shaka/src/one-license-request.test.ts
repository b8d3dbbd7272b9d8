import { resolveSource, type KeySystem, type KeySystemConfiguration } from '@secure-player/core';
import {
  readPlayReadyObject,
  readPsshBoxes,
  readWidevinePsshData,
  SYSTEM_IDS,
  writePlayReadyObject,
  writePsshBox,
  writeWidevinePsshData,
  type PlayReadyHeader,
  type WidevinePsshData,
} from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';

import { loadInitDataTransform } from './one-license-request.js';

const LOW = '00000000000000000000000000000001';
const MIDDLE = '7fffffffffffffffffffffffffffffff';
const HIGH = 'ffffffffffffffffffffffffffffff00';
const ALL = [HIGH, LOW, MIDDLE];
const IN_ORDER = [LOW, MIDDLE, HIGH];

function setup(name: KeySystem, keyIds?: string[], rest: Partial<KeySystemConfiguration> = {}) {
  const configuration = { licenseUrl: '/license', ...rest } as KeySystemConfiguration;
  const source = resolveSource({ src: '/a.mpd', drm: { [name]: configuration }, keyIds });

  return loadInitDataTransform({ name, configuration }, source);
}

async function transformer(...how: Parameters<typeof setup>) {
  const transform = await setup(...how);
  if (!transform) throw new Error('There is no transform.');

  return (initData: Uint8Array, type = 'cenc') => transform(initData, type, null);
}

const widevine = (keyIds: string[], rest: Partial<WidevinePsshData> = {}) =>
  writePsshBox({ systemId: SYSTEM_IDS.widevine, data: writeWidevinePsshData({ ...rest, keyIds }) });
const playReady = (header: PlayReadyHeader) =>
  writePsshBox({ systemId: SYSTEM_IDS.playready, data: writePlayReadyObject({ header }) });
const concat = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]));

describe('Clear Key', () => {
  it('gets one common PSSH of version 1, its key ids in order', async () => {
    const transform = await transformer('org.w3.clearkey');
    const common = transform(widevine([HIGH, LOW, MIDDLE]));

    expect(readPsshBoxes(common)).toEqual([
      { version: 1, flags: 0, systemId: SYSTEM_IDS.common, keyIds: IN_ORDER, data: new Uint8Array() },
    ]);
    expect(common).toEqual(transform(widevine([MIDDLE, HIGH, LOW])));
  });

  it('joins several boxes, and names each key id once', async () => {
    const boxes = concat(widevine([HIGH, LOW]), widevine([LOW, MIDDLE]));

    expect(readPsshBoxes((await transformer('org.w3.clearkey'))(boxes))[0]?.keyIds).toEqual(IN_ORDER);
  });

  it('asks for all keys that the source lists at once', async () => {
    expect(readPsshBoxes((await transformer('org.w3.clearkey', ALL))(widevine([LOW])))[0]?.keyIds).toEqual(
      IN_ORDER,
    );
  });

  it('does not ask for the listed ones in place of one that is not among them', async () => {
    const own = (await transformer('org.w3.clearkey', [LOW]))(widevine([HIGH]));

    expect(readPsshBoxes(own)[0]?.keyIds).toEqual([HIGH]);
  });
});

describe('Widevine', async () => {
  const transform = await transformer('com.widevine.alpha', ALL);
  const dataOf = (initData: Uint8Array) => {
    const [box, ...others] = readPsshBoxes(initData);
    expect(others).toEqual([]);
    expect(box?.systemId).toBe(SYSTEM_IDS.widevine);

    return readWidevinePsshData(box?.data ?? new Uint8Array());
  };

  it('asks for all keys that the source lists, and keeps what else the packager wrote', () => {
    const contentId = new TextEncoder().encode('film');
    const data = { contentId, provider: 'vendor', protectionScheme: 'cbcs', policy: 'hd' };

    expect(dataOf(transform(widevine([LOW], { ...data, trackType: 'AUDIO' })))).toEqual({
      ...dataOf(widevine([], data)),
      keyIds: IN_ORDER,
    });
  });

  it('is the same for every track of a title', () => {
    const tracks = [widevine([LOW], { trackType: 'AUDIO' }), widevine([HIGH], { trackType: 'HD' })];

    expect(new Set(tracks.map((track) => transform(track).join())).size).toBe(1);
  });

  it('leaves the boxes of other systems out', () => {
    const common = writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: [LOW] });

    expect(dataOf(transform(concat(common, widevine([LOW])))).keyIds).toEqual(IN_ORDER);
  });

  it.each([
    ['for a key that is not listed', widevine([LOW, 'a'.repeat(32)])],
    ['that names no key', widevine([], { contentId: new Uint8Array([1]) })],
    ['of keys that rotate', widevine([LOW], { cryptoPeriodIndex: 3 })],
    ['with keys of a group', widevine([LOW], { groupedLicense: new Uint8Array([1]) })],
    ['of another system', writePsshBox({ systemId: SYSTEM_IDS.common, keyIds: [LOW] })],
    ['that is no PSSH', new Uint8Array([1, 2, 3])],
  ])('keeps init data %s', (_, initData) => {
    expect(transform(initData)).toBe(initData);
  });
});

describe('PlayReady', () => {
  const headerOf = (initData: Uint8Array) => {
    const [box, ...others] = readPsshBoxes(initData);
    expect(others).toEqual([]);
    expect(box?.systemId).toBe(SYSTEM_IDS.playready);

    return readPlayReadyObject(box?.data ?? new Uint8Array()).header;
  };
  const checksum = new Uint8Array(8);

  it.each(['com.microsoft.playready', 'com.microsoft.playready.recommendation.3000'] as const)(
    'as %s asks for all keys in a version that can hold them, and keeps where licenses are',
    async (name) => {
      const initData = playReady({
        version: '4.0.0.0',
        keys: [{ keyId: LOW, algorithm: 'AESCTR', checksum }],
        licenseUrl: 'https://license.example/rights',
      });

      expect(headerOf((await transformer(name, ALL))(initData))).toMatchObject({
        version: '4.2.0.0',
        keys: IN_ORDER.map((keyId) => ({ keyId, algorithm: 'AESCTR' })),
        licenseUrl: 'https://license.example/rights',
      });
    },
  );

  it.each(['AESCBC', undefined] as const)('keeps to 4.3 for the algorithm %s', async (algorithm) => {
    const initData = playReady({ version: '4.3.0.0', keys: [{ keyId: HIGH, algorithm }] });

    expect(headerOf((await transformer('com.microsoft.playready', ALL))(initData))).toMatchObject({
      version: '4.3.0.0',
      keys: IN_ORDER.map((keyId) => (algorithm ? { keyId, algorithm } : { keyId })),
    });
  });

  it.each([
    ['of keys that rotate', playReady({ version: '4.3.0.0', keys: [{ keyId: LOW }], onDemand: true })],
    ['for a key that is not listed', playReady({ version: '4.3.0.0', keys: [{ keyId: 'a'.repeat(32) }] })],
    ['of another system', widevine([LOW])],
    ['that is broken', writePsshBox({ systemId: SYSTEM_IDS.playready, data: new Uint8Array([9]) })],
  ])('keeps init data %s', async (_, initData) => {
    expect((await transformer('com.microsoft.playready', ALL))(initData)).toBe(initData);
  });
});

describe('FairPlay', () => {
  const skd = new TextEncoder().encode('skd://film/hd');

  it('takes the content id of the page for a URI, and for nothing else', async () => {
    const getContentId = (initData: Uint8Array) =>
      new TextDecoder().decode(initData).replace('skd://film/', 'title-');
    const transform = await transformer('com.apple.fps', ALL, { getContentId });

    expect(new TextDecoder().decode(transform(skd, 'skd'))).toBe('skd://title-hd');
    expect(transform(skd, 'sinf')).toBe(skd);
    expect(transform(skd, 'cenc')).toBe(skd);
  });

  it('is left alone without', async () => {
    expect(await setup('com.apple.fps', ALL)).toBeUndefined();
  });
});

describe('every other init data', () => {
  it.each(['keyids', 'skd', 'sinf', 'webm'])('of type %s stays as it is', async (type) => {
    const bytes = new Uint8Array([1, 2, 3]);

    for (const name of ['org.w3.clearkey', 'com.widevine.alpha', 'com.microsoft.playready'] as const) {
      expect((await transformer(name, ALL))(bytes, type)).toBe(bytes);
    }
  });

  it('stays where a license server may depend on it, because the source lists no key ids', async () => {
    expect(await setup('com.widevine.alpha')).toBeUndefined();
    expect(await setup('com.microsoft.playready', [])).toBeUndefined();
  });
});
