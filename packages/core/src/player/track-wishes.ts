import type { MediaTrack, PlayerState, Quality } from './player-state.js';
import { DEFAULT_KIND, type TextTrackSource } from './text-track-source.js';

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

/** Languages that the viewer understands, in BCP 47, best first. `es` stands for `es-419` too, and the other way round. */
export interface PreferredLanguages {
  /** @default what the title marks as its own */
  readonly audio?: readonly string[] | undefined;
  /** Captions that are shown from the start. @default none */
  readonly text?: readonly string[] | undefined;
}

/** What distinguishes the tracks of one language. */
export type TrackPreference = Omit<TrackWish, 'language'>;

/** Which of several tracks in a language, such as `{ audio: { kind: 'description' }, text: { kind: 'captions' } }`. */
export interface PreferredTracks {
  readonly audio?: TrackPreference | undefined;
  /** Chooses among captions that are shown; {@link PreferredLanguages} says whether there are any. */
  readonly text?: TrackPreference | undefined;
}

/** What a page says of tracks before it knows which there are. */
export interface TrackPreferences {
  readonly languages?: PreferredLanguages | undefined;
  readonly preferred?: PreferredTracks | undefined;
}

/** What a source begins with that the page gives. A language counts for more than what is preferred within one. */
export function wishesOfPage(
  { languages, preferred }: TrackPreferences,
  textTracks: readonly TextTrackSource[],
): TrackWishes {
  const shown = textTracks.filter((track) => track.default);

  return {
    audio: [...wishesIn(languages?.audio, preferred?.audio), ...(preferred?.audio ? [preferred.audio] : [])],
    text: [
      ...wishesIn(languages?.text, preferred?.text),
      ...shown.map(({ srclang, kind = DEFAULT_KIND, label = null }) => ({ language: srclang, kind, label })),
    ],
    quality: null,
  };
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

/** A track that meets the first wish that any of them meets, if it can be in the very language. */
export function findTrack(
  tracks: readonly MediaTrack[],
  wishes: readonly TrackWish[],
): MediaTrack | undefined {
  for (const wish of wishes) {
    const met = tracks.filter((candidate) => meets(candidate, wish));
    const track = met.find(({ language }) => language === wish.language) ?? met[0];
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

function wishesIn(
  languages: readonly string[] = [],
  preference: TrackPreference | undefined,
): readonly TrackWish[] {
  return languages.flatMap((language) =>
    preference ? [{ ...preference, language }, { language }] : [{ language }],
  );
}

function meets(track: MediaTrack, { language, kind, label }: TrackWish): boolean {
  return (
    (language === undefined || primaryOf(track.language) === primaryOf(language)) &&
    (kind === undefined || track.kind === kind) &&
    (label === undefined || track.label === label)
  );
}

/** The language of a tag, without script and region. */
function primaryOf(tag: string): string | undefined {
  return tag.toLowerCase().split('-')[0];
}
