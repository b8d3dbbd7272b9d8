/**
 * Puts a master playlist's audio and subtitle lines into the order of `languages`. Packager writes them as its threads
 * finish, so that menus would list the languages differently from one packaging to the next.
 */
export function orderRenditions(playlist: string, languages: readonly string[]): string {
  const lines = playlist.split('\n');
  for (const type of ['AUDIO', 'SUBTITLES']) {
    const places = lines.flatMap((line, index) =>
      line.startsWith(`#EXT-X-MEDIA:TYPE=${type},`) ? [index] : [],
    );
    const ordered = places
      .map((place) => lines[place] ?? '')
      .sort((one, other) => rank(one, languages) - rank(other, languages));
    for (const [index, place] of places.entries()) lines[place] = ordered[index] ?? '';
  }
  return lines.join('\n');
}

function rank(line: string, languages: readonly string[]): number {
  const language = /LANGUAGE="([^"]*)"/.exec(line)?.[1] ?? '';
  const index = languages.indexOf(language);
  return index === -1 ? languages.length : index;
}
