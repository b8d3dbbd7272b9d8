import { customKeySystem, resolveSource, type Source } from '@secure-player/core';
import { expect, it } from 'vitest';

import { toStoredSource } from '../licenses/to-stored-source.js';
import { markCustomKeySystems } from './mark-custom-key-systems.js';
import { storableSource } from './storable-source.js';

const SOURCE: Source = {
  src: 'https://cdn.example/film.mpd',
  id: 'film',
  drm: {
    ...customKeySystem('com.example.drm', { licenseUrl: 'https://license.example/' }),
    'com.widevine.alpha': { licenseUrl: 'https://license.example/widevine' },
  },
};
const keep = {
  'a download': (source: Source) => storableSource(source, 'https://page.example/'),
  'its license': toStoredSource,
};

it.each(Object.entries(keep))('a vendor’s own key system survives in %s', (_, store) => {
  const kept = structuredClone(store(SOURCE));
  expect(() => resolveSource(kept)).toThrow('com.example.drm');
  expect(resolveSource(markCustomKeySystems(kept))).toEqual(resolveSource(SOURCE));
});

it('leaves alone what has none', () => {
  const source = { src: '/film.mpd', drm: { 'org.w3.clearkey': { licenseUrl: '/license' } } };
  expect(markCustomKeySystems(source)).toBe(source);
});
