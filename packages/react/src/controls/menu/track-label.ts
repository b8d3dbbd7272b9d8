import type { MediaTrack } from '@secure-player/core';

/** What a track is called: its language by its own name, which is what its speakers look for, or its label. */
export function trackLabel({ language, label }: Pick<MediaTrack, 'language' | 'label'>): string {
  const name = languageName(language);
  if (name === null) return label ?? language;

  // A label that tells more than the language does, such as `English (commentary)`.
  return label !== null && label.length > name.length && label !== language ? label : name;
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
