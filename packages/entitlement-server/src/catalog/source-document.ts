import type { PlaybackSessionReference, SourceDocument, StreamFormat } from '@secure-player/protocol';

import { invalidField } from '../http/problem-error.js';
import { toMediaUrl } from '../media/media-path.js';
import type { GrantedRights } from '../rights/decide-rights.js';
import type { KeySystemOffer, LicenseReference } from './key-system-offer.js';
import type { Title, TitleStream } from './title.js';

const DEFAULT_FORMAT: StreamFormat = 'dash';

/** What a source is made for. */
export interface SourceDocumentOptions {
  readonly title: Title;
  /** Where the titles' directories are. */
  readonly mediaUrl: string;
  readonly rights: GrantedRights;
  readonly format?: StreamFormat | undefined;
  readonly keySystems: KeySystemOffer;
  /** Its id goes into the license URLs; without one the license servers go by the bearer token alone. */
  readonly session?: PlaybackSessionReference | undefined;
  /** The id of an offline license, which goes into the license URLs in place of a session's. */
  readonly offlineId?: string | undefined;
}

/**
 * Makes what a player is handed. `keyIds` lists the keys of the whole title, so that one license request covers every
 * rendition; the answer leaves out what the account may not have.
 */
export function createSourceDocument({
  title,
  mediaUrl,
  rights,
  format,
  keySystems,
  session,
  offlineId,
}: SourceDocumentOptions): SourceDocument {
  const stream = requireStream(title, format);
  return {
    src: toMediaUrl(mediaUrl, title.directory, stream.path),
    type: stream.type,
    id: title.id,
    title: title.title,
    poster: toMediaUrl(mediaUrl, title.directory, title.poster),
    thumbnails: toMediaUrl(mediaUrl, title.directory, title.thumbnails),
    keyIds: title.keys.map(({ keyId }) => keyId),
    ...(rights.maxHeight !== undefined && { caps: { maxHeight: rights.maxHeight } }),
    ...(title.keys.length > 0 && {
      drm: keySystems(stream.format, referenceTo(session, offlineId), title.keySystems),
    }),
    ...(session && { session }),
  };
}

function referenceTo(
  session: PlaybackSessionReference | undefined,
  offlineId: string | undefined,
): LicenseReference | undefined {
  if (session !== undefined) return { parameter: 'session', id: session.id };
  return offlineId === undefined ? undefined : { parameter: 'offline', id: offlineId };
}

/** The stream in the format asked for, or the first one when the title has no DASH and nobody asked. */
export function requireStream(title: Title, format: StreamFormat | undefined): TitleStream {
  const stream = title.streams.find((candidate) => candidate.format === (format ?? DEFAULT_FORMAT));
  const fallback = format === undefined ? title.streams[0] : undefined;
  const found = stream ?? fallback;
  if (found === undefined) throw invalidField('format', 'is not one this title is packaged in');
  return found;
}
