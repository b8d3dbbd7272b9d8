import { readClearKeyLicense } from '@secure-player/protocol';

import { PlaybackError } from '../error/playback-error.js';
import type { LicenseResponse } from '../source/source.js';

/**
 * Refuses what cannot be a license before a content decryption module sees it.
 *
 * A module answers bad bytes with a bare TypeError, or not at all; here the page still knows that the server sent
 * nothing, a web page, or text that is no JSON Web Key set.
 *
 * @throws PlaybackError `license-empty`, `license-html` or `license-malformed`.
 */
export function checkLicense(license: Uint8Array, response: LicenseResponse, keySystem: string): void {
  const httpStatus = response.status;

  if (license.byteLength === 0) throw new PlaybackError('license-empty', { httpStatus });
  if (isWebPage(license, response.headers)) throw new PlaybackError('license-html', { httpStatus });

  if (keySystem === 'org.w3.clearkey') {
    try {
      readClearKeyLicense(license);
    } catch (cause) {
      throw new PlaybackError('license-malformed', { httpStatus, cause });
    }
  }
}

function isWebPage(license: Uint8Array, headers: Readonly<Record<string, string>>): boolean {
  if (headers['content-type']?.toLowerCase().startsWith('text/html')) return true;

  const beginning = new TextDecoder().decode(license.subarray(0, 64)).trimStart().toLowerCase();
  return beginning.startsWith('<!doctype html') || beginning.startsWith('<html');
}
