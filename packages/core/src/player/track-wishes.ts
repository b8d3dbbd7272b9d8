import type { MediaTrack, PlayerState, Quality } from './player-state.js';

/** What a track should be; what is left out may be anything. */
export type TrackWish = Partial<Pick<MediaTrack, 'language' | 'kind' | 'label'>>;

/** What a load begins with. */
export interface TrackWishes {
  /** Best first; the engine's own choice where nothing meets any of them. */
  readonly audio: readonly TrackWish[];
  /** Best first; no captions where nothing meets any of them. */
  readonly text: readonly TrackWish[];
  /** The rendition to keep to, or null to adapt to the network. */
  readonly quality: Pick<Quality, 'id' | 'height'> | null;
}

/** What is heard, shown and chosen now, so that another load of the same title finds it again. */
export function wishesToKeep({
  audioTracks,
  textTracks,
  qualities,
  chosenQuality,
}: PlayerState): TrackWishes {
  return {
    audio: wishesFor(audioTracks.find(({ active }) => active)),
    text: wishesFor(textTracks.find(({ active }) => active)),
    quality: qualities.find(({ id }) => id === chosenQuality) ?? null,
  };
}

/** The first track that meets the first wish that any of them meets. */
export function findTrack(
  tracks: readonly MediaTrack[],
  wishes: readonly TrackWish[],
): MediaTrack | undefined {
  for (const wish of wishes) {
    const track = tracks.find((candidate) => meets(candidate, wish));
    if (track) return track;
  }

  return undefined;
}

/** The same rendition, or another one of its height. */
export function findQuality(
  qualities: readonly Quality[],
  wanted: TrackWishes['quality'],
): Quality | undefined {
  if (!wanted) return undefined;

  return (
    qualities.find(({ id }) => id === wanted.id) ??
    qualities.find(({ height }) => height !== null && height === wanted.height)
  );
}

/** A load may number its tracks otherwise, and a server may tell the next viewer of other tracks: language counts most. */
function wishesFor(track: MediaTrack | undefined): readonly TrackWish[] {
  if (!track) return [];

  const { language, kind, label } = track;
  return [{ language, kind, label }, { language, kind }, { language }];
}

function meets(track: MediaTrack, { language, kind, label }: TrackWish): boolean {
  return (
    (language === undefined || track.language === language) &&
    (kind === undefined || track.kind === kind) &&
    (label === undefined || track.label === label)
  );
}
