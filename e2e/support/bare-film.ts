import { toHex } from '@secure-player/protocol';
import { toSource, type DrmConfiguration } from '@secure-player/react';

import type { MediaKeysPageOptions } from '../harness/media-keys.js';
import { muxTracks, type TrackFiles } from './mux-tracks.js';
import type { Site } from './site.js';

/** One encrypted file with two tracks under two keys, for a plain `<video>`. */
export const BARE_FILM_TYPE = 'video/mp4; codecs="avc1.640015, mp4a.40.2"';

const TITLE = 'first-light';
const GROUPS = ['AUDIO', 'SD'] as const;
const SEGMENTS = 3;

export async function fetchBareFilm(site: Site): Promise<Uint8Array<ArrayBuffer>> {
  const directory = site.titles.find(({ id }) => id === TITLE)?.directory;
  const get = async (path: string) =>
    new Uint8Array(await (await fetch(`${site.url}/media/${directory}/dash/${path}`)).arrayBuffer());
  const track = async (name: string): Promise<TrackFiles> => ({
    init: await get(`${name}/init.mp4`),
    segments: await Promise.all(
      Array.from({ length: SEGMENTS }, (_, index) => get(`${name}/${index + 1}.m4s`)),
    ),
  });

  return new Uint8Array(muxTracks([await track('video-360'), await track('audio-en')]));
}

/** Keys that the page knows. */
export async function drmOfPageKeys(site: Site): Promise<DrmConfiguration> {
  const keys = await contentKeys(site);

  return {
    'org.w3.clearkey': { keys: Object.fromEntries(keys.map(({ keyId, key }) => [keyId, toHex(key)])) },
  };
}

/** The license server, for a viewer who may watch. */
export async function drmOfServer(site: Site): Promise<Pick<MediaKeysPageOptions, 'drm' | 'token'>> {
  const token = await site.logIn('premium');
  const { source } = await site.openPlaybackSession({ token, contentId: TITLE });

  return { token, drm: { 'org.w3.clearkey': toSource(source).drm?.['org.w3.clearkey'] } };
}

/** What the page says of both keys when they can be used. */
export async function usableLines(site: Site): Promise<string[]> {
  return (await contentKeys(site)).map(({ keyId }) => `${keyId} usable`);
}

function contentKeys(site: Site) {
  return Promise.all(GROUPS.map((group) => site.contentKey(TITLE, group)));
}
