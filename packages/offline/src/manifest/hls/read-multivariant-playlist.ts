import { ManifestError } from '../manifest-error.js';
import type { MediaTrack } from '../media-track.js';
import { resolveUrl } from '../resolve-url.js';
import { readAttributes, readPlaylistLines, type PlaylistLine, type TagLine } from './playlist-line.js';

/** A track whose segments are in a playlist of its own. */
export interface PlaylistTrack extends Omit<MediaTrack, 'resources'> {
  readonly playlistUrl: string;
}

/** A line of a multivariant playlist that offers a track, and the group of renditions that it belongs to or asks for. */
export interface Offer {
  readonly track: PlaylistTrack;
  /** One line for a rendition, two for a variant. */
  readonly lines: readonly PlaylistLine[];
  /** `AUDIO/group` and the like. */
  readonly memberOf: string | null;
  readonly needs: readonly string[];
}

/** Whether a playlist lists playlists, and not segments. */
export function isMultivariant(lines: readonly PlaylistLine[]): boolean {
  return lines.some((line) => 'tag' in line && line.tag === 'EXT-X-STREAM-INF');
}

/** The tracks of a multivariant playlist. One picture that is offered with several sounds is one track. */
export function readMultivariantPlaylist(text: string, url: string): PlaylistTrack[] {
  const tracks = new Map<string, PlaylistTrack>();
  for (const { track } of readOffers(readPlaylistLines(text), url)) {
    if (!tracks.has(track.id)) tracks.set(track.id, track);
  }
  return [...tracks.values()];
}

/** All that a multivariant playlist offers, in its order. Listing and narrowing both go by this. */
export function readOffers(lines: readonly PlaylistLine[], url: string): Offer[] {
  return lines.flatMap((line, index): Offer[] => {
    if (!('tag' in line)) return [];
    switch (line.tag) {
      case 'EXT-X-STREAM-INF':
        return [readVariant(line, lines[index + 1], url)];
      case 'EXT-X-MEDIA':
        return readRendition(line, url);
      case 'EXT-X-DEFINE':
        throw new ManifestError(
          'unsupported',
          'The playlist has variables (#EXT-X-DEFINE), which cannot be downloaded.',
        );
      default:
        return [];
    }
  });
}

const GROUPS = ['AUDIO', 'SUBTITLES', 'VIDEO'] as const;

function readVariant(line: TagLine, next: PlaylistLine | undefined, url: string): Offer {
  if (next === undefined || !('uri' in next)) {
    throw new ManifestError('malformed', 'The playlist has an EXT-X-STREAM-INF without a URI behind it.');
  }
  const attributes = readAttributes(line.value);
  const playlistUrl = resolveUrl(next.uri, url);
  const [width = null, height = null] =
    /^(\d+)x(\d+)$/
      .exec(attributes.get('RESOLUTION') ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  const codecs = attributes.get('CODECS') ?? null;
  const isSound =
    codecs !== null && height === null && /^(mp4a|ac-3|ec-3|opus|flac|alac)[^,]*$/i.test(codecs);
  return {
    track: {
      id: next.uri,
      kind: isSound ? 'audio' : 'video',
      language: null,
      label: null,
      codecs,
      width,
      height,
      bandwidth: Number.parseInt(attributes.get('BANDWIDTH') ?? '', 10) || null,
      keyIds: [],
      playlistUrl,
    },
    lines: [line, next],
    memberOf: null,
    needs: GROUPS.flatMap((type) => {
      const group = attributes.get(type);
      return group === undefined ? [] : [`${type}/${group}`];
    }),
  };
}

function readRendition(line: TagLine, url: string): Offer[] {
  const attributes = readAttributes(line.value);
  const uri = attributes.get('URI');
  const kind = KINDS.get(attributes.get('TYPE') ?? '');
  // Without a URI it is inside the variants, and comes with them.
  if (uri === undefined || kind === undefined) return [];

  return [
    {
      track: {
        id: uri,
        kind,
        language: attributes.get('LANGUAGE') ?? null,
        label: attributes.get('NAME') ?? null,
        codecs: null,
        width: null,
        height: null,
        bandwidth: null,
        keyIds: [],
        playlistUrl: resolveUrl(uri, url),
      },
      lines: [line],
      memberOf: `${attributes.get('TYPE')}/${attributes.get('GROUP-ID') ?? ''}`,
      needs: [],
    },
  ];
}

const KINDS = new Map<string, MediaTrack['kind']>([
  ['AUDIO', 'audio'],
  ['VIDEO', 'video'],
  ['SUBTITLES', 'text'],
]);
