import { describe, expect, it } from 'vitest';

import { needsReload } from './compare-sources.js';
import type { Source } from './source.js';

const source: Source = {
  src: '/film.mpd',
  title: 'Film',
  drm: {
    'org.w3.clearkey': { licenseUrl: '/license', headers: { a: '1' }, prepareRequest: (request) => request },
  },
};

describe('needsReload', () => {
  it.each<[string, Source | null, Source | null]>([
    ['the same object', source, source],
    ['null twice', null, null],
    ['an equal object', source, { ...source, drm: { ...source.drm } }],
    [
      'other functions, URLs and headers',
      source,
      { ...source, drm: { 'org.w3.clearkey': { licenseUrl: '/other' } } },
    ],
    [
      'another title',
      source,
      { ...source, title: 'Other', poster: '/p.jpg', id: 'x', caps: { maxHeight: 480 } },
    ],
    [
      'a key system that is left undefined',
      source,
      { ...source, drm: { ...source.drm, 'com.apple.fps': undefined } },
    ],
    ['no drm and an empty one', { src: '/a.mpd' }, { src: '/a.mpd', drm: {} }],
    [
      'another order of key systems',
      {
        src: '/a.mpd',
        drm: { 'com.apple.fps': { licenseUrl: '/' }, 'org.w3.clearkey': { licenseUrl: '/' } },
      },
      {
        src: '/a.mpd',
        drm: { 'org.w3.clearkey': { licenseUrl: '/' }, 'com.apple.fps': { licenseUrl: '/' } },
      },
    ],
  ])('is false for %s', (_, from, to) => {
    expect(needsReload(from, to)).toBe(false);
  });

  it.each<[string, Source | null, Source | null]>([
    ['a first source', null, source],
    ['no source any more', source, null],
    ['another src', source, { ...source, src: '/other.mpd' }],
    ['another type', source, { ...source, type: 'hls' }],
    [
      'a key system more',
      source,
      { ...source, drm: { ...source.drm, 'com.apple.fps': { licenseUrl: '/' } } },
    ],
    ['a key system less', source, { ...source, drm: {} }],
    ['another key system', source, { ...source, drm: { 'com.apple.fps': { licenseUrl: '/license' } } }],
  ])('is true for %s', (_, from, to) => {
    expect(needsReload(from, to)).toBe(true);
  });
});
