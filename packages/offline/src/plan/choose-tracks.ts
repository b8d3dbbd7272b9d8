import type { DownloadPreferences } from '../downloads/downloads.js';
import type { MediaTrack } from '../manifest/media-track.js';

/** What tracks are chosen by; a list of resources is not needed. */
export type Choosable = Omit<MediaTrack, 'resources'>;

/** Enough for a phone and for most laptops, at a third of the bytes of 1080. */
const DEFAULT_MAX_HEIGHT = 720;

/** One picture, the sounds and the subtitles that were asked for. Never an empty film: what is asked for in vain is replaced. */
export function chooseTracks<T extends Choosable>(
  tracks: readonly T[],
  preferences: DownloadPreferences,
): T[] {
  const { trackIds, maxHeight = DEFAULT_MAX_HEIGHT, languages, textLanguages = 'all' } = preferences;
  if (trackIds !== undefined) return tracks.filter(({ id }) => trackIds.includes(id));

  const of = (kind: MediaTrack['kind']) => tracks.filter((track) => track.kind === kind);
  const picture = choosePicture(of('video'), maxHeight);
  const texts = of('text').filter(
    ({ language }) => textLanguages === 'all' || textLanguages.some((wanted) => isLanguage(language, wanted)),
  );
  return [
    ...(picture ? [picture] : []),
    ...chooseSounds(of('audio'), languages),
    ...texts,
    ...of('image').slice(0, 1),
  ];
}

function choosePicture<T extends Choosable>(pictures: readonly T[], maxHeight: number): T | undefined {
  const byQuality = [...pictures].sort(
    (a, b) => (b.height ?? 0) - (a.height ?? 0) || (b.bandwidth ?? 0) - (a.bandwidth ?? 0),
  );
  return byQuality.find(({ height }) => (height ?? 0) <= maxHeight) ?? byQuality.at(-1);
}

function chooseSounds<T extends Choosable>(
  sounds: readonly T[],
  languages: readonly string[] | undefined,
): T[] {
  const first = sounds[0];
  if (first === undefined) return [];

  const wanted = languages?.filter((language) =>
    sounds.some((sound) => isLanguage(sound.language, language)),
  );
  const chosen = (wanted?.length ? wanted : [first.language]).flatMap((language) => {
    const matching = sounds.filter((sound) => isLanguage(sound.language, language));
    // The default of players: the best stereo is not told apart from surround here, the order of the manifest decides.
    return matching.sort((a, b) => (b.bandwidth ?? 0) - (a.bandwidth ?? 0)).slice(0, 1);
  });
  return [...new Set(chosen)];
}

/** Whether a track is of a language that was asked for: `en` finds `en-GB` (RFC 4647, section 3.3.1). */
function isLanguage(language: string | null, wanted: string | null): boolean {
  if (language === null || wanted === null) return language === wanted;
  const [tag, range] = [language.toLowerCase(), wanted.toLowerCase()];
  return tag === range || tag.startsWith(`${range}-`);
}
