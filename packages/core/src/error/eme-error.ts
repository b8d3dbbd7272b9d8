import type { PlaybackErrorCode } from './error-table.js';
import { isPlaybackError, PlaybackError } from './playback-error.js';

/** The methods of Encrypted Media Extensions that reject or throw. */
export type EmeMethod =
  | 'requestMediaKeySystemAccess'
  | 'createMediaKeys'
  | 'setMediaKeys'
  | 'setServerCertificate'
  | 'getStatusForPolicy'
  | 'createSession'
  | 'generateRequest'
  | 'load'
  | 'update'
  | 'close'
  | 'remove';

/** The names of exceptions that these methods are known to give; `other` stands for any other name. */
export type EmeException =
  | 'NotSupportedError'
  | 'InvalidStateError'
  | 'TypeError'
  | 'QuotaExceededError'
  | 'SecurityError'
  | 'NotAllowedError'
  | 'InvalidAccessError'
  | 'AbortError'
  | 'OperationError'
  | 'other';

type Row = Readonly<Record<EmeException, PlaybackErrorCode>>;

/**
 * What an exception of each method means.
 *
 * https://www.w3.org/TR/encrypted-media-2/ says which method gives which; what browsers give besides stands here too.
 */
export const EME_ERROR_TABLE: Readonly<Record<EmeMethod, Row>> = {
  requestMediaKeySystemAccess: {
    ...fillRow('drm-setup-failed'),
    NotSupportedError: 'drm-unsupported',
    // An empty name, an empty list of configurations.
    TypeError: 'source-invalid',
    InvalidAccessError: 'source-invalid',
    SecurityError: 'drm-blocked',
    NotAllowedError: 'drm-disabled',
    // The document is not shown any more.
    InvalidStateError: 'aborted',
  },
  createMediaKeys: fillRow('drm-setup-failed'),
  setMediaKeys: fillRow('drm-setup-failed'),
  setServerCertificate: fillRow('certificate-failed'),
  getStatusForPolicy: fillRow('drm-setup-failed'),
  createSession: fillRow('drm-setup-failed'),
  generateRequest: fillRow('license-request-failed'),
  load: {
    ...fillRow('stored-license-missing'),
    NotSupportedError: 'download-unsupported',
    InvalidStateError: 'drm-setup-failed',
  },
  update: {
    ...fillRow('license-rejected'),
    // A module that is to keep the license finds no room for it.
    QuotaExceededError: 'storage-full',
  },
  close: fillRow('license-release-failed'),
  remove: fillRow('license-release-failed'),
};

/**
 * Names what a method of Encrypted Media Extensions threw or rejected with; a {@link PlaybackError} stays as it is.
 *
 * Only for what the method gave: a browser that has no `requestMediaKeySystemAccess` is `drm-insecure-context`, or
 * `drm-disabled` on a page that is secure.
 */
export function errorFromEme(method: EmeMethod, exception: unknown): PlaybackError {
  if (isPlaybackError(exception)) return exception;

  const row: Row = EME_ERROR_TABLE[method];
  const name = nameOf(exception);

  return new PlaybackError(isKnown(row, name) ? row[name] : row.other, { cause: exception });
}

/** By its name alone: an exception of a frame is an instance of nothing here. */
function nameOf(exception: unknown): unknown {
  return typeof exception === 'object' && exception !== null && 'name' in exception && exception.name;
}

function isKnown(row: Row, name: unknown): name is EmeException {
  return typeof name === 'string' && Object.hasOwn(row, name);
}

/** A module that is full or has been called off means the same whoever asked it. */
function fillRow(code: PlaybackErrorCode): Row {
  return {
    NotSupportedError: code,
    InvalidStateError: code,
    TypeError: code,
    QuotaExceededError: 'drm-busy',
    SecurityError: code,
    NotAllowedError: code,
    InvalidAccessError: code,
    AbortError: 'aborted',
    OperationError: code,
    other: code,
  };
}
