import type { MediaTrack } from '@secure-player/core';

/** What names are made of; a download knows neither kind nor channels. */
export type NamedTrack = Pick<MediaTrack, 'language' | 'label'> &
  Partial<Pick<MediaTrack, 'kind' | 'channels'>>;

/** How many channels there are, as it is written on films: those around the listener, and the bass. */
const LAYOUTS: Readonly<Record<number, string>> = { 1: '1.0', 2: '2.0', 6: '5.1', 8: '7.1' };

/**
 * What tracks are called, in their order: each by its language, in that language's own words, which is what its speakers
 * look for. Those that would be called the same have their label behind it, such as `AD` or `5.1`, and where that tells
 * nothing what `kinds` has for their kind, and then their channels.
 *
 * @param kinds Words for kinds of tracks, as in `controls.trackKinds` of the messages.
 */
export function trackLabels(
  tracks: readonly NamedTrack[],
  kinds: Readonly<Record<string, string>> = {},
): readonly string[] {
  const names = tracks.map(trackName);
  const byLabel = tellApart(
    names,
    tracks.map(({ language, label }, index) => {
      const isName = label?.toLowerCase() === names[index]?.toLowerCase();
      return isName || label === language ? null : label;
    }),
  );

  const byKind = tellApart(
    byLabel,
    tracks.map(({ kind }) => kindWord(kind, kinds)),
  );

  return tellApart(
    byKind,
    tracks.map(({ channels }) => LAYOUTS[channels ?? 0] ?? null),
  );
}

/** Its language, or a label that tells more than the language does, such as `English (commentary)`. */
function trackName({ language, label }: NamedTrack): string {
  const name = languageName(language);
  if (name === null) return label ?? language;

  return label !== null && label.length > name.length && label !== language ? label : name;
}

/** Names that are there once stay as they are. */
function tellApart(names: readonly string[], details: readonly (string | null)[]): readonly string[] {
  return names.map((name, index) => {
    const isAlone = names.indexOf(name) === names.lastIndexOf(name);
    const detail = details[index];
    return isAlone || !detail ? name : `${name} (${detail})`;
  });
}

/** A manifest may say `constructor`, too. */
function kindWord(kind: string | null | undefined, kinds: Readonly<Record<string, string>>): string | null {
  return kind != null && Object.hasOwn(kinds, kind) ? (kinds[kind] ?? null) : null;
}

function languageName(language: string): string | null {
  try {
    const name = new Intl.DisplayNames([language], { type: 'language' }).of(language);
    if (name === undefined || name === language || language === 'und') return null;

    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
  } catch {
    return null;
  }
}
