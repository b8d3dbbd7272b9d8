import type { DownloadOffer, DownloadTrack } from '@secure-player/offline';

/** What a viewer may choose of a title: of what sounds or looks the same, one. */
export interface TrackOptions {
  /** The tallest first. */
  readonly pictures: readonly DownloadTrack[];
  readonly sounds: readonly DownloadTrack[];
  readonly subtitles: readonly DownloadTrack[];
}

/** What is chosen, by the ids of tracks. */
export interface TrackChoice {
  /** `null` where the title has no picture. */
  readonly picture: string | null;
  /** At least one, where there are any. */
  readonly sounds: readonly string[];
  readonly subtitles: readonly string[];
}

export function trackOptions({ tracks, chosenTrackIds: preferred }: DownloadOffer): TrackOptions {
  const ofKind = (kind: DownloadTrack['kind'], keyOf: (track: DownloadTrack) => string) =>
    distinct(
      tracks.filter((track) => track.kind === kind),
      keyOf,
      preferred,
    );
  const byName = ({ language, label }: DownloadTrack) => `${language} ${label}`;

  return {
    pictures: [...ofKind('video', ({ id, height }) => `${height ?? id}`)].sort(
      (one, other) => (other.height ?? 0) - (one.height ?? 0),
    ),
    sounds: ofKind('audio', byName),
    subtitles: ofKind('text', byName),
  };
}

/** What the preferences of the page have chosen. */
export function presetChoice(
  { pictures, sounds, subtitles }: TrackOptions,
  offer: DownloadOffer,
): TrackChoice {
  const chosen = (options: readonly DownloadTrack[]) =>
    options.map(({ id }) => id).filter((id) => offer.chosenTrackIds.includes(id));

  return {
    picture: chosen(pictures)[0] ?? pictures[0]?.id ?? null,
    sounds: chosen(sounds).length > 0 ? chosen(sounds) : sounds.slice(0, 1).map(({ id }) => id),
    subtitles: chosen(subtitles),
  };
}

/** All that is to be downloaded for a choice: with it what nobody has to choose, such as thumbnails. */
export function chosenTrackIds(choice: TrackChoice, offer: DownloadOffer): readonly string[] {
  const others = offer.tracks.filter(({ id, kind }) => kind === 'image' && offer.chosenTrackIds.includes(id));

  return [
    ...(choice.picture === null ? [] : [choice.picture]),
    ...choice.sounds,
    ...choice.subtitles,
    ...others.map(({ id }) => id),
  ];
}

/** One id more, or one less. */
export function toggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}

/** One track of each kind: the one that the page has chosen, else the best. */
function distinct(
  tracks: readonly DownloadTrack[],
  keyOf: (track: DownloadTrack) => string,
  preferred: readonly string[],
): readonly DownloadTrack[] {
  const best = new Map<string, DownloadTrack>();
  for (const track of tracks) {
    const rival = best.get(keyOf(track));
    if (!rival || isBetter(track, rival, preferred)) best.set(keyOf(track), track);
  }

  return [...best.values()];
}

function isBetter(track: DownloadTrack, rival: DownloadTrack, preferred: readonly string[]): boolean {
  if (preferred.includes(rival.id)) return false;

  return preferred.includes(track.id) || (track.bandwidth ?? 0) > (rival.bandwidth ?? 0);
}
