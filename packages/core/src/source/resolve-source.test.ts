import { describe, expect, it } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import { resolveSource } from './resolve-source.js';
import { customKeySystem, KEY_SYSTEMS, type Source } from './source.js';

const KID = '0123456789abcdef0123456789abcdef';
const KEY = 'fedcba9876543210fedcba9876543210';

/** Pages in JavaScript write what the types forbid. */
const untyped = (source: unknown) => source as Source;

/** What a page reads when it gives this source. */
function refusalOf(source: unknown): unknown {
  try {
    return resolveSource(untyped(source));
  } catch (error) {
    return error;
  }
}

function messageOf(source: unknown): string {
  const error = refusalOf(source);
  expect(error).toBeInstanceOf(PlaybackError);
  expect(error).toMatchObject({ code: 'source-invalid', retryable: false });

  return (error as PlaybackError).message;
}

describe('a source that can be used', () => {
  it('is given with its defaults, frozen, and with the page’s own object in it', () => {
    const source: Source = { src: '/film.mpd' };
    const resolved = resolveSource(source);

    expect(resolved).toEqual({
      src: '/film.mpd',
      type: 'dash',
      id: undefined,
      keySystems: [],
      maxHeight: undefined,
      startTime: undefined,
      source,
    });
    expect(resolved.source).toBe(source);
    expect(Object.isFrozen(resolved)).toBe(true);
  });

  it.each(KEY_SYSTEMS)('may name %s', (name) => {
    const resolved = resolveSource({ src: '/film.m3u8', drm: { [name]: { licenseUrl: '/license' } } });

    expect(resolved.keySystems).toEqual([{ name, configuration: { licenseUrl: '/license' } }]);
  });

  it('may name a key system of its own by customKeySystem()', () => {
    const drm = customKeySystem('com.example.drm', { licenseUrl: '/license' });

    expect(resolveSource({ src: '/a.mpd', drm }).keySystems[0]?.name).toBe('com.example.drm');
    const both = { 'org.w3.clearkey': { licenseUrl: '/license' }, ...drm };
    const { keySystems } = resolveSource({
      src: '/a.mpd',
      drm: both,
      preferredKeySystems: ['com.example.drm'],
    });
    expect(keySystems.map(({ name }) => name)).toEqual(['com.example.drm', 'org.w3.clearkey']);
  });

  it('keeps the order of `drm`, after the preferred ones', () => {
    const licenseUrl = '/license';
    const drm = {
      'com.widevine.alpha': { licenseUrl },
      'org.w3.clearkey': { licenseUrl },
      'com.microsoft.playready': { licenseUrl },
      'com.apple.fps': undefined,
    };
    const names = (source: Partial<Source>) =>
      resolveSource({ src: '/a.mpd', drm, ...source }).keySystems.map(({ name }) => name);

    expect(names({})).toEqual(['com.widevine.alpha', 'org.w3.clearkey', 'com.microsoft.playready']);
    expect(
      names({ preferredKeySystems: ['com.microsoft.playready', 'com.apple.fps', 'org.w3.clearkey'] }),
    ).toEqual(['com.microsoft.playready', 'org.w3.clearkey', 'com.widevine.alpha']);
  });

  it.each([KID, KID.toUpperCase(), '01234567-89ab-cdef-0123-456789abcdef', 'ASNFZ4mrze8BI0VniavN7w'])(
    'may spell a key id %s',
    (keyId) => {
      const keys = { [keyId]: KEY.toUpperCase() };

      expect(resolveSource({ src: '/a.mpd', drm: { 'org.w3.clearkey': { keys } } }).keySystems).toHaveLength(
        1,
      );
    },
  );
});

const clearKey = (configuration: unknown) => ({ src: '/a.mpd', drm: { 'org.w3.clearkey': configuration } });

describe('a source that cannot be used is refused in words that name the field and the fix', () => {
  const cases: [string, unknown, string[]][] = [
    ['no source', undefined, ['`source`', '{ src: "/film.mpd" }']],
    ['a URL alone', '/film.mpd', ['`source`', '{ src: "/film.mpd" }']],
    ['no src', {}, ['`source.src`', 'URL of a DASH or HLS manifest']],
    ['an empty src', { src: ' ' }, ['`source.src`']],
    ['a URL object', { src: new URL('https://a.example/a.mpd') }, ['`source.src`']],
    ['an ending that says nothing', { src: '/film' }, ['`source.src`', '`source.type`', '"dash" or "hls"']],
    ['an unknown type', { src: '/a.mpd', type: 'video/mp4' }, ['`source.type`', '"dash"', '"hls"', 'MIME']],
    [
      'a height of 0',
      { src: '/a.mpd', caps: { maxHeight: 0 } },
      ['`source.caps.maxHeight`', 'positive', 'pixels'],
    ],
    ['no height', { src: '/a.mpd', caps: { maxHeight: Number.NaN } }, ['`source.caps.maxHeight`']],
    ['a start before 0', { src: '/a.mpd', startTime: -1 }, ['`source.startTime`', 'seconds']],
    ['a start without end', { src: '/a.mpd', startTime: Infinity }, ['`source.startTime`']],
    [
      'a key system that is no object',
      clearKey('/license'),
      ['org.w3.clearkey', '{ licenseUrl: "/license" }'],
    ],
    ['null for a key system', clearKey(null), ['org.w3.clearkey', '{ licenseUrl: "/license" }']],
    [
      'no origin of keys',
      clearKey({}),
      ['`licenseUrl`', '`licenseUrlFromManifest`', '`keys`', 'exactly one'],
    ],
    ['two origins', clearKey({ licenseUrl: '/l', licenseUrlFromManifest: true }), ['exactly one']],
    [
      'an empty license URL',
      clearKey({ licenseUrl: '' }),
      ['`source.drm["org.w3.clearkey"].licenseUrl`', 'URL'],
    ],
    ['a license URL that is no text', clearKey({ licenseUrl: new URL('https://a.example') }), ['licenseUrl']],
    ['no keys', clearKey({ keys: {} }), ['`source.drm["org.w3.clearkey"].keys`', 'at least one key']],
    ['null keys', clearKey({ keys: null }), ['keys`', 'at least one key']],
    [
      'keys for another system',
      { src: '/a.mpd', drm: { 'com.widevine.alpha': { keys: { [KID]: KEY } } } },
      ['`source.drm["com.widevine.alpha"].keys`', 'org.w3.clearkey only', '`licenseUrl`'],
    ],
    [
      'a misspelt name',
      { src: '/a.mpd', drm: { 'com.widevine.alfa': {} } },
      ['`source.drm`', '"com.widevine.alpha"?'],
    ],
    ['another case', { src: '/a.mpd', drm: { 'Org.W3.ClearKey': {} } }, ['Did you mean "org.w3.clearkey"?']],
    ['a short form', { src: '/a.mpd', drm: { 'com.playready': {} } }, ['`source.drm`', '"com.playready"']],
    [
      'a name like none',
      { src: '/a.mpd', drm: { nothing: {} } },
      ['"nothing"', 'customKeySystem()', ...KEY_SYSTEMS],
    ],
    [
      'a misspelt preference',
      { ...clearKey({ licenseUrl: '/l' }), preferredKeySystems: ['org.w3.clearkye'] },
      ['`source.preferredKeySystems`', 'Did you mean "org.w3.clearkey"?'],
    ],
  ];

  it.each(cases)('%s', (_, source, parts) => {
    const message = messageOf(source);

    for (const part of parts) expect(message).toContain(part);
    expect(message).not.toContain('[redacted]');
  });

  it.each([
    ['a bad key', { [KID]: KEY, [KEY]: `${KEY}00` }, 'Entry 2'],
    ['a short key', { [KID]: 'abcdef' }, 'Entry 1'],
    ['a bad key id', { abcdef: KEY }, 'Entry 1'],
    ['a key that is no text', { [KID]: 5 }, 'Entry 1'],
    ['a key in base64url', { [KID]: '_ty6mHZUMhD-3LqYdlQyEA' }, 'Entry 1'],
  ])('%s is told by its place, and never repeated', (_, keys, place) => {
    const message = messageOf(clearKey({ keys }));

    expect(message).toContain(place);
    expect(message).toContain('32 hex digits');
    for (const text of Object.entries(keys).flat()) expect(message).not.toContain(String(text));
  });
});
