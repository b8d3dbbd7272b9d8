import type { SourceDocument } from '@secure-player/protocol';
import { expect, it } from 'vitest';

import { resolveSource } from './resolve-source.js';
import { toSource } from './to-source.js';

const document: SourceDocument = {
  src: '/media/film.mpd',
  type: 'dash',
  id: 'film',
  title: 'Film',
  poster: 'poster.jpg',
  thumbnails: 'thumbnails.vtt',
  drm: {
    'org.w3.clearkey': { licenseUrl: '/license/clearkey?session=1' },
    'com.widevine.alpha': { licenseUrlFromManifest: true, serverCertificateUrl: '/certificate/widevine' },
  },
  preferredKeySystems: ['com.widevine.alpha'],
  keyIds: ['0123456789abcdef0123456789abcdef'],
  caps: { maxHeight: 480 },
  startTime: 12,
  session: { id: 's', heartbeatSeconds: 30 },
};

it('leaves a document of the page’s own server as it is', () => {
  expect(toSource(document)).toEqual(document);
});

it('resolves every URL of a document against the server it came from, and nothing else', () => {
  expect(toSource(document, 'https://api.example/v1/playback-sessions')).toEqual({
    ...document,
    src: 'https://api.example/media/film.mpd',
    poster: 'https://api.example/v1/poster.jpg',
    thumbnails: 'https://api.example/v1/thumbnails.vtt',
    drm: {
      'org.w3.clearkey': { licenseUrl: 'https://api.example/license/clearkey?session=1' },
      'com.widevine.alpha': {
        licenseUrlFromManifest: true,
        serverCertificateUrl: 'https://api.example/certificate/widevine',
      },
    },
  });
});

it('leaves absolute URLs alone and adds no member', () => {
  expect(toSource({ src: 'https://cdn.example/a.m3u8' }, 'https://api.example')).toEqual({
    src: 'https://cdn.example/a.m3u8',
  });
});

it('makes what resolveSource() accepts', () => {
  expect(resolveSource(toSource(document))).toMatchObject({
    keySystems: [{ name: 'com.widevine.alpha' }, { name: 'org.w3.clearkey' }],
    maxHeight: 480,
    startTime: 12,
  });
});
