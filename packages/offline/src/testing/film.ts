import type { FakeOrigin } from './fake-origin.js';
import { seededBytes } from './seeded-random.js';

/** Where the titles of a test are. */
export const FILM_FOLDER = 'https://cdn.example/';

/** What a film is made of. */
export interface FilmOptions {
  readonly segments?: number | undefined;
  readonly segmentBytes?: number | undefined;
  /** Another version has other bytes, under other names where `isRenamed`. */
  readonly version?: number | undefined;
  readonly isRenamed?: boolean | undefined;
  /** What its manifest says that it is encrypted with, in hexadecimal. */
  readonly keyId?: string | undefined;
}

/** Puts a DASH title on the server: two tracks, init segments, media segments. Resolves with its address. */
export function putFilm(
  origin: FakeOrigin,
  name: string,
  { segments = 4, segmentBytes = 100, version = 1, isRenamed = false, keyId }: FilmOptions = {},
): string {
  const folder = `${FILM_FOLDER}${name}/`;
  const names = isRenamed ? `v${version}-` : '';
  const protection = keyId === undefined ? '' : `<ContentProtection cenc:default_KID="${keyId}"/>`;
  const set = (kind: string, bandwidth: number) =>
    `<AdaptationSet contentType="${kind}" lang="en">${protection}<SegmentTemplate timescale="1" duration="4" ` +
    `initialization="${names}${kind}-init.mp4" media="${names}${kind}-$Number$.m4s"/>` +
    `<Representation id="${kind}" bandwidth="${bandwidth}"/></AdaptationSet>`;
  const src = `${folder}film.mpd`;
  origin.put(
    src,
    `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" xmlns:cenc="urn:mpeg:cenc:2013" type="static" mediaPresentationDuration="PT${4 * segments}S"><Period>` +
      `${set('video', segmentBytes * 2)}${set('audio', segmentBytes)}</Period></MPD>`,
    { type: 'application/dash+xml' },
  );
  for (const [place, kind] of ['video', 'audio'].entries()) {
    const body = (number: number) => seededBytes(segmentBytes, version * 10_000 + place * 1_000 + number);
    origin.put(`${folder}${names}${kind}-init.mp4`, body(0));
    for (let number = 1; number <= segments; number += 1) {
      origin.put(`${folder}${names}${kind}-${number}.m4s`, body(number), { etag: `"${version}-${number}"` });
    }
  }
  return src;
}

/** All addresses of the media of a film. */
export function mediaOf(origin: FakeOrigin, name: string): string[] {
  return origin.list().filter((url) => url.startsWith(`${FILM_FOLDER}${name}/`) && !url.endsWith('.mpd'));
}
