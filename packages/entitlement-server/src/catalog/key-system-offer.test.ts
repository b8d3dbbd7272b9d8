import type { Entitlement } from '@secure-player/protocol';
import { describe, expect, test } from 'vitest';

import { TRAILER_KEYS, codeOf, licenseBody, setup, type TestServer } from '../testing/setup.js';

const STREAMS = [
  { format: 'dash', type: 'dash', path: 'dash/manifest.mpd' },
  { format: 'dash-cbcs', type: 'dash', path: 'cbcs/manifest.mpd' },
  { format: 'hls', type: 'hls', path: 'hls/master.m3u8' },
] as const;

describe('a source names the key systems', () => {
  const WITHOUT_FAIRPLAY = ['org.w3.clearkey', 'com.widevine.alpha', 'com.microsoft.playready'];

  test.each([
    ['dash', WITHOUT_FAIRPLAY],
    ['dash-cbcs', [...WITHOUT_FAIRPLAY, 'com.apple.fps']],
    ['hls', [...WITHOUT_FAIRPLAY, 'com.apple.fps']],
  ])('of a %s stream, Clear Key first', async (format, systems) => {
    expect(Object.keys((await sourceOf(start(), format)).drm ?? {})).toEqual(systems);
  });

  test('that the title has', async () => {
    const titles = [{ ...film(), keySystems: ['fairplay', 'playready'] as const }];
    const server = setup({ virtualKeySystems: true, titles });
    expect(Object.keys((await sourceOf(server, 'dash')).drm ?? {})).toEqual(['com.microsoft.playready']);
    expect(Object.keys((await sourceOf(server, 'hls')).drm ?? {})).toEqual([
      'com.microsoft.playready',
      'com.apple.fps',
    ]);
    const { source } = await server.open(null, { contentId: 'film', intent: 'play' });
    expect(Object.keys(source.drm ?? {})).toEqual(['com.microsoft.playready']);
  });

  test('with a license server each, and a certificate where a device takes one', async () => {
    const { drm } = await sourceOf(start(), 'hls');
    expect(drm).toEqual({
      'org.w3.clearkey': { licenseUrl: '/license/clearkey' },
      'com.widevine.alpha': {
        licenseUrl: '/license/widevine',
        serverCertificateUrl: expect.stringMatching(/^\/certificate\/widevine\?v=\w+$/),
      },
      'com.microsoft.playready': { licenseUrl: '/license/playready' },
      'com.apple.fps': {
        licenseUrl: '/license/fairplay',
        serverCertificateUrl: expect.stringMatching(/^\/certificate\/fairplay\?v=\w+$/),
      },
    });
  });

  test('at addresses that this server answers, with its playback session', async () => {
    const server = start();
    const { id, source } = await server.open(null, { contentId: 'film', intent: 'play', format: 'hls' });
    for (const { licenseUrl, serverCertificateUrl } of Object.values(source.drm ?? {}) as Located[]) {
      expect(licenseUrl).toMatch(new RegExp(`^/license/\\w+\\?session=${id}$`));
      expect(server.handles(licenseUrl)).toBe(true);
      expect(await codeOf(await server.post(licenseUrl, licenseBody([TRAILER_KEYS.SD])))).not.toBe(
        'key-system-unsupported',
      );
      if (serverCertificateUrl === undefined) continue;
      expect(server.handles(serverCertificateUrl)).toBe(true);
      expect((await server.get(serverCertificateUrl)).status).toBe(200);
    }
  });

  test('and another certificate’s address after a restart, which caches then do not mix up', async () => {
    const first = await sourceOf(start(0), 'hls');
    const second = await sourceOf(start(1), 'hls');
    expect(first.drm?.['com.apple.fps']).not.toEqual(second.drm?.['com.apple.fps']);
  });

  test('of a browser alone unless the server is told otherwise', async () => {
    const { drm } = await sourceOf(setup({ titles: [film()] }), 'hls');
    expect(drm).toEqual({ 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } });
  });
});

interface Located {
  readonly licenseUrl: string;
  readonly serverCertificateUrl?: string;
}

function film() {
  return {
    id: 'film',
    title: 'The film',
    synopsis: '',
    durationSeconds: 1,
    access: 'free',
    directory: 'film-v1',
    poster: 'poster.jpg',
    thumbnails: 'thumbnails.vtt',
    streams: STREAMS,
    keys: [{ keyId: TRAILER_KEYS.SD, group: 'SD' }],
  } as const;
}

function start(time = 0): TestServer {
  return setup({ virtualKeySystems: true, titles: [film()], clock: () => time });
}

async function sourceOf(server: TestServer, format: string): Promise<Entitlement['source']> {
  const answer = await server.get(`/v1/entitlements/film?format=${format}`);
  return ((await answer.json()) as Entitlement).source;
}
