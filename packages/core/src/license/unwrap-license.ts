import { unwrapCkc } from '@secure-player/protocol';

import { PlaybackError, toPlaybackError } from '../error/playback-error.js';
import type { KeySystemConfiguration, LicenseResponse } from '../source/source.js';
import { checkBody } from './check-license.js';
import { toBytes } from './to-bytes.js';

/**
 * Takes a license out of its envelope: by the page's own `parseResponse`, or else as the key system's servers are known to
 * answer. FairPlay fixes no form, and its servers have four: bytes, base64, `<ckc>` and JSON.
 *
 * @throws PlaybackError `license-malformed`, or what the page throws; for FairPlay also those of `checkBody`.
 */
export async function unwrapLicense(
  { parseResponse }: KeySystemConfiguration,
  response: LicenseResponse,
  keySystem: string,
): Promise<Uint8Array> {
  if (parseResponse) return unwrapByPage(parseResponse, response);
  if (!keySystem.startsWith('com.apple.fps')) return response.body;

  checkBody(response.body, response);
  try {
    return unwrapCkc(response.body);
  } catch (cause) {
    throw new PlaybackError('license-malformed', { httpStatus: response.status, cause });
  }
}

async function unwrapByPage(
  parseResponse: NonNullable<KeySystemConfiguration['parseResponse']>,
  response: LicenseResponse,
): Promise<Uint8Array> {
  try {
    return toBytes(await parseResponse(response));
  } catch (cause) {
    throw toPlaybackError(cause, 'license-malformed');
  }
}
