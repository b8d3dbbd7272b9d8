import { ManifestError } from '../manifest-error.js';
import type { ByteRange, Resource } from '../media-track.js';
import { resolveUrl } from '../resolve-url.js';
import { readAttributes, readPlaylistLines } from './playlist-line.js';

/** What a media playlist is made of, in the order of playback. `url` is where it came from, after redirects. */
export function readMediaPlaylist(text: string, url: string): Resource[] {
  const lines = readPlaylistLines(text);
  const isWhole = lines.some((line) => 'tag' in line && line.tag === 'EXT-X-ENDLIST');
  if (!isWhole) {
    throw new ManifestError(
      'live',
      'A playlist has no #EXT-X-ENDLIST: it can be downloaded when the stream is over.',
    );
  }

  const resources = new Map<string, Resource>();
  const add = (resource: Resource) => {
    const { start, end } = resource.range ?? {};
    // Keys and init segments stand there once for each change, and are the same file.
    const name = `${resource.url}#${start}-${end}`;
    if (!resources.has(name)) resources.set(name, resource);
  };
  let seconds = 0;
  let range: { length: number; offset: number | null } | null = null;
  /** Where the last sub-range ended, by URL: the next may leave its own start out (RFC 8216 section 4.3.2.2). */
  const ends = new Map<string, number>();

  for (const line of lines) {
    if ('uri' in line) {
      const segment = resolveUrl(line.uri, url);
      add({ kind: 'segment', url: segment, range: placeRange(range, segment, ends), seconds });
      [seconds, range] = [0, null];
      continue;
    }
    switch (line.tag) {
      case 'EXTINF':
        seconds = readSeconds(line.value);
        break;
      case 'EXT-X-BYTERANGE':
        range = readByteRange(line.value);
        break;
      case 'EXT-X-MAP': {
        const attributes = readAttributes(line.value);
        const map = resolveUrl(requireUri(attributes, line.tag), url);
        const of = attributes.get('BYTERANGE');
        const mapRange = of === undefined ? null : readByteRange(of);
        add({ kind: 'init', url: map, range: placeRange(mapRange, map, ends), seconds: 0 });
        break;
      }
      case 'EXT-X-KEY': {
        const attributes = readAttributes(line.value);
        const key = attributes.get('URI');
        // Key systems read their line themselves; what is fetched over HTTP is the key.
        if (attributes.get('METHOD') === 'NONE' || key === undefined || !isFetched(key, url)) break;
        add({ kind: 'key', url: resolveUrl(key, url), range: null, seconds: 0 });
        break;
      }
      case 'EXT-X-DEFINE':
        throw new ManifestError(
          'unsupported',
          'A playlist has variables (#EXT-X-DEFINE), which cannot be downloaded.',
        );
    }
  }

  return [...resources.values()];
}

function readSeconds(value: string): number {
  const seconds = Number.parseFloat(value);
  if (!(seconds >= 0)) throw new ManifestError('malformed', 'A segment of a playlist has no duration.');
  return seconds;
}

function readByteRange(value: string): { length: number; offset: number | null } {
  const match = /^(\d+)(?:@(\d+))?$/.exec(value.trim());
  const length = Number(match?.[1]);
  const offset = match?.[2] === undefined ? null : Number(match[2]);
  if (!Number.isSafeInteger(length + (offset ?? 0)) || length === 0) {
    throw new ManifestError('malformed', 'A playlist has a byte range that cannot be read.');
  }
  return { length, offset };
}

function placeRange(
  range: { length: number; offset: number | null } | null,
  url: string,
  ends: Map<string, number>,
): ByteRange | null {
  if (range === null) return null;

  const start = range.offset ?? ends.get(url) ?? 0;
  ends.set(url, start + range.length);
  return { start, end: start + range.length - 1 };
}

function requireUri(attributes: ReadonlyMap<string, string>, tag: string): string {
  const uri = attributes.get('URI');
  if (uri === undefined) throw new ManifestError('malformed', `A playlist has an ${tag} without a URI.`);
  return uri;
}

function isFetched(uri: string, base: string): boolean {
  const { protocol } = new URL(resolveUrl(uri, base));
  return protocol === 'https:' || protocol === 'http:';
}
