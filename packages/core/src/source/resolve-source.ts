import { isKeyId, parseKeyId } from '@secure-player/protocol';

import { PlaybackError } from '../error/playback-error.js';
import { streamTypeOf, type StreamType } from './media-type.js';
import { nearestName } from './nearest-name.js';
import { isCustomKeySystem, KEY_SYSTEMS, type KeySystemConfiguration, type Source } from './source.js';

/** A source whose every field has been checked; what the engine gets. */
export interface ResolvedSource {
  readonly src: string;
  readonly type: StreamType;
  readonly id: string | undefined;
  /** In order of preference. */
  readonly keySystems: readonly { readonly name: string; readonly configuration: KeySystemConfiguration }[];
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
    keySystems: resolveKeySystems(source),
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

function resolveKeySystems(source: Source): ResolvedSource['keySystems'] {
  const entries = Object.entries(source.drm ?? {}).filter(
    (entry): entry is [string, KeySystemConfiguration] => entry[1] !== undefined,
  );
  for (const [name, configuration] of entries) checkKeySystem(name, configuration);

  const preferred: readonly string[] = source.preferredKeySystems ?? [];
  for (const name of preferred) {
    if (!isKnown(name) && !entries.some(([own]) => own === name)) {
      throw unknownKeySystem('`source.preferredKeySystems`', name);
    }
  }
  const rank = (name: string) => {
    const index = preferred.indexOf(name);
    return index < 0 ? preferred.length : index;
  };

  return entries
    .map(([name, configuration]) => Object.freeze({ name, configuration }))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

function checkKeySystem(name: string, configuration: KeySystemConfiguration): void {
  if (typeof configuration !== 'object' || configuration === null) {
    throw invalid(`\`source.drm["${name}"]\` must be an object such as { licenseUrl: "/license" }.`);
  }
  if (!isKnown(name) && !isCustomKeySystem(configuration)) throw unknownKeySystem('`source.drm`', name);

  const origins = [configuration.licenseUrl, configuration.licenseUrlFromManifest, configuration.keys];
  if (origins.filter((origin) => origin !== undefined).length !== 1) {
    throw invalid(
      `\`source.drm["${name}"]\` needs exactly one of \`licenseUrl\`, \`licenseUrlFromManifest\` and \`keys\`.`,
    );
  }
  if (configuration.keys !== undefined) checkKeys(name, configuration.keys);
  if (configuration.licenseUrl !== undefined) checkLicenseUrl(name, configuration.licenseUrl);
}

function isKnown(name: string): boolean {
  return (KEY_SYSTEMS as readonly string[]).includes(name);
}

function unknownKeySystem(field: string, name: string): PlaybackError {
  const nearest = nearestName(name, KEY_SYSTEMS);
  const fix = nearest
    ? `Did you mean "${nearest}"?`
    : `Wrap a vendor's own in customKeySystem(). Known are ${KEY_SYSTEMS.join(', ')}.`;

  return invalid(`${field} names no known key system with "${name}". ${fix}`);
}

/** An empty URL is the page's own address, which answers with the page. */
function checkLicenseUrl(name: string, licenseUrl: unknown): void {
  if (typeof licenseUrl === 'string' && licenseUrl.trim() !== '') return;

  throw invalid(`\`source.drm["${name}"].licenseUrl\` must be the URL of a license server.`);
}

/** Messages name the position of a bad entry, never the entry: it may be a key. */
function checkKeys(name: string, keys: unknown): void {
  const field = `\`source.drm["${name}"].keys\``;
  if (name !== 'org.w3.clearkey')
    throw invalid(`${field}: keys are for org.w3.clearkey only. Use \`licenseUrl\`.`);
  if (typeof keys !== 'object' || keys === null || Object.keys(keys).length === 0) {
    throw invalid(`${field} must hold at least one key, as { [keyId]: key }.`);
  }

  const entries: readonly (readonly [string, unknown])[] = Object.entries(keys);
  for (const [index, [keyId, key]] of entries.entries()) {
    if (!isKeyId(normalizeKeyId(keyId)) || typeof key !== 'string' || !isKeyId(key.toLowerCase())) {
      throw invalid(`Entry ${index + 1} of ${field} must be a key id and a key of 32 hex digits each.`);
    }
  }
}

function checkKeyIds(keyIds: readonly string[] | undefined): void {
  const index = (keyIds ?? []).findIndex((keyId) => normalizeKeyId(keyId) === '');
  if (index >= 0) throw invalid(`Entry ${index + 1} of \`source.keyIds\` must be a key id of 32 hex digits.`);
}

function normalizeKeyId(text: string): string {
  try {
    return parseKeyId(text);
  } catch {
    return '';
  }
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
