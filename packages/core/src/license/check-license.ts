import { readClearKeyLicense } from '@secure-player/protocol';

import { PlaybackError } from '../error/playback-error.js';
import type { LicenseMessageType, LicenseResponse } from '../source/source.js';

/** What a license is for. */
export interface LicensePurpose {
  readonly keySystem: string;
  readonly messageType: LicenseMessageType;
}

/**
 * Refuses what cannot be a license before a content decryption module sees it.
 *
 * A module answers bad bytes with a bare TypeError, or not at all; here the page still knows that the server sent
 * nothing, a web page, or text that is no JSON Web Key set.
 *
 * @throws PlaybackError `license-empty`, `license-html` or `license-malformed`.
 */
export function checkLicense(
  license: Uint8Array,
  response: LicenseResponse,
  { keySystem, messageType }: LicensePurpose,
): void {
  checkBody(license, response);
  // The answer to a release lists key ids and no keys: it is the module's alone to judge.
  if (keySystem !== 'org.w3.clearkey' || messageType === 'license-release') return;

  try {
    readClearKeyLicense(license);
  } catch (cause) {
    throw new PlaybackError('license-malformed', { httpStatus: response.status, cause });
  }
}

/**
 * Refuses what is no answer of a license server at all, whatever the key system.
 *
 * @throws PlaybackError `license-empty` or `license-html`.
 */
export function checkBody(body: Uint8Array, response: LicenseResponse): void {
  const httpStatus = response.status;

  if (body.byteLength === 0) throw new PlaybackError('license-empty', { httpStatus });
  if (isWebPage(body, response.headers)) throw new PlaybackError('license-html', { httpStatus });
}

function isWebPage(license: Uint8Array, headers: Readonly<Record<string, string>>): boolean {
  if (headers['content-type']?.toLowerCase().startsWith('text/html')) return true;

  const beginning = new TextDecoder().decode(license.subarray(0, 64)).trimStart().toLowerCase();
  return beginning.startsWith('<!doctype html') || beginning.startsWith('<html');
}
