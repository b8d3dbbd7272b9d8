import { ManifestError } from '../manifest-error.js';

/** A line of a playlist (RFC 8216 section 4.1): a tag with its value, or the URI that the tags before it speak of. */
export type PlaylistLine = TagLine | UriLine;

/** `value` is what stands behind the colon. */
export interface TagLine {
  readonly tag: string;
  readonly value: string;
  readonly text: string;
}

/** As it is written, not resolved. */
export interface UriLine {
  readonly uri: string;
  readonly text: string;
}

const TAG = /^#(EXT[^:]*)(?::(.*))?$/;
const ATTRIBUTE = /([A-Z0-9-]+)=("[^"]*"|[^",]*)(?:,|$)/y;

/** The lines that mean something, without comments and empty ones. */
export function readPlaylistLines(text: string): PlaylistLine[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  // Some servers put a byte order mark in front, which `TextDecoder` takes off, and a string may still hold.
  if (lines[0]?.replace(/^\uFEFF/, '') !== '#EXTM3U') {
    throw new ManifestError('malformed', 'The playlist does not begin with #EXTM3U.');
  }

  return lines.slice(1).flatMap((line): PlaylistLine[] => {
    const match = TAG.exec(line);
    if (match !== null) return [{ tag: match[1] ?? '', value: match[2] ?? '', text: line }];
    return line === '' || line.startsWith('#') ? [] : [{ uri: line, text: line }];
  });
}

/** An attribute list (RFC 8216 section 4.2), without the quotes. */
export function readAttributes(value: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  ATTRIBUTE.lastIndex = 0;
  while (ATTRIBUTE.lastIndex < value.length) {
    const match = ATTRIBUTE.exec(value);
    if (match === null)
      throw new ManifestError('malformed', 'A tag of the playlist has attributes that cannot be read.');
    attributes.set(match[1] ?? '', (match[2] ?? '').replaceAll('"', ''));
    // Blanks behind commas are not allowed, and seen.
    while (value[ATTRIBUTE.lastIndex] === ' ') ATTRIBUTE.lastIndex += 1;
  }

  return attributes;
}
