import { PlaybackError } from '../error/playback-error.js';
import { streamTypeOf, type StreamType } from './media-type.js';
import { normalizeKeyId, resolveKeySystems, type ResolvedKeySystem } from './resolve-key-systems.js';
import type { Source } from './source.js';

/** A source whose every field has been checked; what the engine gets. */
export interface ResolvedSource {
  readonly src: string;
  readonly type: StreamType;
  readonly id: string | undefined;
  /** In order of preference. */
  readonly keySystems: readonly ResolvedKeySystem[];
  readonly maxHeight: number | undefined;
  readonly startTime: number | undefined;
  /** As the page gave it: `authorize` is shown this one. */
  readonly source: Source;
}

/**
 * Checks a source as it comes from a page.
 *
 * @throws PlaybackError `source-invalid`, naming the field and how to write it.
 */
export function resolveSource(source: Source): ResolvedSource {
  if (typeof source !== 'object' || source === null) {
    throw invalid('`source` must be an object such as { src: "/film.mpd" }, or null.');
  }
  if (typeof source.src !== 'string' || source.src.trim() === '') {
    throw invalid('`source.src` must be the URL of a DASH or HLS manifest.');
  }

  checkKeyIds(source.keyIds);

  return Object.freeze({
    src: source.src,
    type: resolveType(source),
    id: source.id,
    keySystems: resolveKeySystems(source.drm, source.preferredKeySystems, 'source.'),
    maxHeight: resolvePositive(source.caps?.maxHeight, '`source.caps.maxHeight`', 'pixels'),
    startTime: resolveStartTime(source.startTime),
    source,
  });
}

function resolveType(source: Source): StreamType {
  const type = streamTypeOf(source.src, source.type);
  if (type) return type;

  throw invalid(
    source.type === undefined
      ? '`source.src` ends neither in .mpd nor in .m3u8: set `source.type` to "dash" or "hls".'
      : '`source.type` must be "dash", "hls", or a MIME type of one of them.',
  );
}

function checkKeyIds(keyIds: readonly string[] | undefined): void {
  const index = (keyIds ?? []).findIndex((keyId) => normalizeKeyId(keyId) === '');
  if (index >= 0) throw invalid(`Entry ${index + 1} of \`source.keyIds\` must be a key id of 32 hex digits.`);
}

function resolvePositive(value: number | undefined, field: string, unit: string): number | undefined {
  if (value === undefined) return undefined;
  if (Number.isFinite(value) && value > 0) return value;

  throw invalid(`${field} must be a positive number of ${unit}.`);
}

function resolveStartTime(value: number | undefined): number | undefined {
  if (value === undefined || (Number.isFinite(value) && value >= 0)) return value;

  throw invalid('`source.startTime` must be a number of seconds, 0 or more.');
}

function invalid(message: string): PlaybackError {
  return new PlaybackError('source-invalid', { message });
}
