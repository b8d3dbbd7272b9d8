import { toBase64 } from '@secure-player/protocol';

import { PlaybackError, toPlaybackError } from '../error/playback-error.js';
import { toBytes } from '../license/to-bytes.js';
import type { LicenseRequest } from '../source/source.js';

/**
 * Gives the token for one license request. It is asked at each attempt and its answer is kept nowhere, so a token may be as
 * short-lived as one likes; `request` says for which key system and keys it is, and `request.attempt` whether it is the first.
 */
export type VendorToken = (request: LicenseRequest) => string | Promise<string>;

/** What may stand in the value of a header. A line break from copying would end in an error of `fetch` that quotes the token. */
const HEADER_VALUE = /^[\x21-\x7e]+$/;

/**
 * Asks a callback of the page for what only it knows about a request.
 *
 * @throws PlaybackError `authorize-failed` where the callback throws; a PlaybackError that it throws stays as it is.
 */
export async function askPage<Answer>(
  ask: (request: LicenseRequest) => Answer | Promise<Answer>,
  request: LicenseRequest,
): Promise<Answer> {
  try {
    return await ask(request);
  } catch (cause) {
    request.signal.throwIfAborted();
    throw toPlaybackError(cause, 'authorize-failed');
  }
}

/**
 * The request with a token in one header.
 *
 * @throws PlaybackError `authorize-failed` for what is no token.
 */
export async function withToken(
  request: LicenseRequest,
  header: string,
  token: VendorToken,
): Promise<LicenseRequest> {
  const value: unknown = await askPage(token, request);
  if (typeof value === 'string' && HEADER_VALUE.test(value)) return withHeader(request, header, value);

  throw new PlaybackError('authorize-failed', {
    message: 'The `token` callback of a preset must give a text without white space.',
  });
}

/** The request with one more header, in place of one of the same name. */
export function withHeader(request: LicenseRequest, name: string, value: string): LicenseRequest {
  return { ...request, headers: { ...request.headers, [name.toLowerCase()]: value } };
}

/** The request with FairPlay's message as a form: `spc=` and base64, and further fields that the vendor wants. */
export function withSpcForm(
  request: LicenseRequest,
  fields: Readonly<Record<string, string | undefined>> = {},
): LicenseRequest {
  const spc = toBase64(toBytes(request.body as BufferSource));
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  const form = new URLSearchParams([['spc', spc], ...given]);

  return {
    ...withHeader(request, 'content-type', 'application/x-www-form-urlencoded'),
    body: form.toString(),
  };
}
