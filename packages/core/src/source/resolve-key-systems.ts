import { isKeyId, parseKeyId } from '@secure-player/protocol';

import { PlaybackError } from '../error/playback-error.js';
import { nearestName } from './nearest-name.js';
import {
  isCustomKeySystem,
  KEY_SYSTEMS,
  type DrmConfiguration,
  type KeySystemConfiguration,
} from './source.js';

/** A key system that the page has named, with a configuration that has been checked. */
export interface ResolvedKeySystem {
  readonly name: string;
  readonly configuration: KeySystemConfiguration;
}

/** Where the page wrote what is checked: in a source, or as an argument of its own. */
type Place = 'source.' | '';

/**
 * Checks a `drm` as it comes from a page, and puts its key systems in order of preference.
 *
 * @throws PlaybackError `source-invalid`, naming the field and how to write it.
 */
export function resolveKeySystems(
  drm: DrmConfiguration | undefined,
  preferred: readonly string[] | undefined,
  place: Place = '',
): readonly ResolvedKeySystem[] {
  const entries = Object.entries(drm ?? {}).filter(
    (entry): entry is [string, KeySystemConfiguration] => entry[1] !== undefined,
  );
  for (const [name, configuration] of entries) checkKeySystem(name, configuration, place);

  const order = preferred ?? [];
  for (const name of order) {
    if (!isKnown(name) && !entries.some(([own]) => own === name)) {
      throw unknownKeySystem(`\`${place}preferredKeySystems\``, name);
    }
  }
  const rank = (name: string) => {
    const index = order.indexOf(name);
    return index < 0 ? order.length : index;
  };

  return entries
    .map(([name, configuration]) => Object.freeze({ name, configuration }))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

/** A key id in the spelling that the kit uses, or an empty text where it is none. */
export function normalizeKeyId(text: string): string {
  try {
    return parseKeyId(text);
  } catch {
    return '';
  }
}

function checkKeySystem(name: string, configuration: KeySystemConfiguration, place: Place): void {
  const field = `${place}drm["${name}"]`;
  if (typeof configuration !== 'object' || configuration === null) {
    throw invalid(`\`${field}\` must be an object such as { licenseUrl: "/license" }.`);
  }
  if (!isKnown(name) && !isCustomKeySystem(configuration)) throw unknownKeySystem(`\`${place}drm\``, name);

  const origins = [configuration.licenseUrl, configuration.licenseUrlFromManifest, configuration.keys];
  if (origins.filter((origin) => origin !== undefined).length !== 1) {
    throw invalid(
      `\`${field}\` needs exactly one of \`licenseUrl\`, \`licenseUrlFromManifest\` and \`keys\`.`,
    );
  }
  if (configuration.keys !== undefined) checkKeys(name, `\`${field}.keys\``, configuration.keys);
  if (configuration.licenseUrl !== undefined)
    checkLicenseUrl(`\`${field}.licenseUrl\``, configuration.licenseUrl);
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
function checkLicenseUrl(field: string, licenseUrl: unknown): void {
  if (typeof licenseUrl === 'string' && licenseUrl.trim() !== '') return;

  throw invalid(`${field} must be the URL of a license server.`);
}

/** Messages name the position of a bad entry, never the entry: it may be a key. */
function checkKeys(name: string, field: string, keys: unknown): void {
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

function invalid(message: string): PlaybackError {
  return new PlaybackError('source-invalid', { message });
}
