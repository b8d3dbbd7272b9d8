import type { MediaTrack, Resource } from '../manifest/media-track.js';
import type { PlannedResource } from './planned-title.js';

/**
 * All that tracks are made of, in the order in which it is wanted: what has no place in time first, then the film as it is
 * played, so that what has come can be watched while the rest does.
 */
export function orderResources(tracks: readonly MediaTrack[]): PlannedResource[] {
  const placed = tracks.flatMap((track) => {
    let time = 0;
    return track.resources.map((resource) => {
      const at = resource.kind === 'init' || resource.kind === 'playlist' ? -1 : time;
      time += resource.seconds;
      return { at, resource: { ...resource, expectedBytes: expectedBytes(track, resource) } };
    });
  });

  const ordered = placed.sort((a, b) => a.at - b.at).map(({ resource }) => resource);
  const seen = new Set<string>();
  return ordered.filter((resource) => {
    // Tracks may share a file.
    const name = nameOf(resource);
    const isNew = resource.kind !== 'key' && !seen.has(name);
    seen.add(name);
    return isNew;
  });
}

/** What tells resources apart. */
export function nameOf({ url, range }: Resource): string {
  return `${url}#${range?.start ?? ''}-${range?.end ?? ''}`;
}

/** About how many bytes a whole track is. */
export function expectedBytesOf(track: MediaTrack): number {
  return track.resources.reduce((bytes, resource) => bytes + expectedBytes(track, resource), 0);
}

/** Bit rates where a manifest names none, in bits per second. */
const USUAL_RATE = { video: 2_500_000, audio: 128_000, text: 1_000, image: 20_000 };

function expectedBytes({ kind, bandwidth }: MediaTrack, { range, seconds }: Resource): number {
  if (range) return range.end - range.start + 1;
  return ((bandwidth ?? USUAL_RATE[kind]) / 8) * seconds;
}
