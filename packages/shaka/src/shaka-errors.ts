import {
  errorFromAnswer,
  isPlaybackError,
  PlaybackError,
  type PlaybackErrorCode,
  type ResolvedSource,
  type UnusableReason,
} from '@secure-player/core';

import { isShakaError, RequestType, type ShakaError } from './shaka-namespace.js';

/** `LOAD_INTERRUPTED` and `OPERATION_ABORTED`: somebody else's doing, and no failure. */
const ABORT_CODES: ReadonlySet<number> = new Set([7000, 7001]);

/** Codes that mean the same whatever was being fetched; `lib/util/error.js` of Shaka Player 5.2 explains each. */
const CODE_BY_NUMBER: ReadonlyMap<number, PlaybackErrorCode> = new Map([
  [3014, 'undecodable'], // MEDIA_SOURCE_OPERATION_FAILED
  [3015, 'undecodable'], // MEDIA_SOURCE_OPERATION_THREW
  [3016, 'undecodable'], // VIDEO_ERROR
  [3017, 'segment-unavailable'], // QUOTA_EXCEEDED_ERROR
  [3018, 'undecodable'], // TRANSMUXING_FAILED
  [4032, 'media-unsupported'], // CONTENT_UNSUPPORTED_BY_BROWSER
  [4040, 'media-unsupported'], // HLS_MSE_ENCRYPTED_MP2T_NOT_SUPPORTED
  [4026, 'drm-configuration-missing'], // HLS_KEYFORMATS_NOT_SUPPORTED
  [6000, 'drm-configuration-missing'], // NO_RECOGNIZED_KEY_SYSTEMS
  [6001, 'drm-unsupported'], // REQUESTED_KEY_SYSTEM_CONFIG_UNAVAILABLE
  [6002, 'drm-setup-failed'], // FAILED_TO_CREATE_CDM
  [6003, 'drm-setup-failed'], // FAILED_TO_ATTACH_TO_VIDEO
  [6004, 'certificate-failed'], // INVALID_SERVER_CERTIFICATE
  [6005, 'drm-setup-failed'], // FAILED_TO_CREATE_SESSION
  [6006, 'license-request-failed'], // FAILED_TO_GENERATE_LICENSE_REQUEST
  [6007, 'license-unreachable'], // LICENSE_REQUEST_FAILED
  [6008, 'license-rejected'], // LICENSE_RESPONSE_REJECTED
  [6010, 'drm-configuration-missing'], // ENCRYPTED_CONTENT_WITHOUT_DRM_INFO
  [6012, 'drm-configuration-missing'], // NO_LICENSE_SERVER_GIVEN
  [6014, 'key-expired'], // EXPIRED
  [6015, 'certificate-failed'], // SERVER_CERTIFICATE_REQUIRED
  [6016, 'license-request-failed'], // INIT_DATA_TRANSFORM_ERROR
  [6017, 'certificate-failed'], // SERVER_CERTIFICATE_REQUEST_FAILED
  [6018, 'output-restricted'], // MIN_HDCP_VERSION_NOT_MATCH
  [6020, 'drm-unsupported'], // MISSING_EME_SUPPORT
]);

/** Whether a rejection only says that a load was called off. */
export function isShakaAbort(error: unknown): boolean {
  return isShakaError(error) && ABORT_CODES.has(error.code);
}

/** What is known of a title beside the error of Shaka that ended it. */
export interface FailureSituation {
  readonly chosen: ResolvedSource['keySystems'][number] | null;
  /** Whether a license brought any key at all: then keys that are missing are those of another title. */
  readonly hasKeys: boolean;
  /** What the statuses of the keys say is wrong; null where they say nothing. */
  readonly keyLoss: UnusableReason | null;
  /** Why the last license did not come; null where it did. */
  readonly licenseFailure: PlaybackError | null;
}

const NOTHING_KNOWN: FailureSituation = {
  chosen: null,
  hasKeys: false,
  keyLoss: null,
  licenseFailure: null,
};

/** Names a failure of Shaka. A key that is not there, for a license that did not come, is the license's failure. */
export function toPlaybackError(error: unknown, situation: FailureSituation = NOTHING_KNOWN): PlaybackError {
  if (isPlaybackError(error)) return error;
  if (!isShakaError(error)) return new PlaybackError('unknown', { cause: error });

  const ours = findPlaybackError(error);
  if (ours) return ours;

  const code = codeOf(error, situation);
  if (situation.licenseFailure && FOLLOWS_LICENSE.has(code)) return situation.licenseFailure;

  return new PlaybackError(code, {
    ...(code === 'certificate-failed' && isWithoutCertificate(situation) && { message: CERTIFICATE_ADVICE }),
    engineCode: error.code,
    httpStatus: httpStatusOf(error),
  });
}

/** What keys lack when a license, or the renewal of one, has failed. */
const FOLLOWS_LICENSE: ReadonlySet<PlaybackErrorCode> = new Set(['key-missing', 'wrong-key', 'key-expired']);

const CERTIFICATE_ADVICE =
  'FairPlay makes no license request without a server certificate: set `serverCertificateUrl` or `serverCertificate`.';

/** An error of our license client travels inside Shaka's, one or two levels down. */
export function findPlaybackError(error: ShakaError, depth = 0): PlaybackError | null {
  for (const item of error.data) {
    if (isPlaybackError(item)) return item;

    const inner = isShakaError(item) && depth < 3 ? findPlaybackError(item, depth + 1) : null;
    if (inner) return inner;
  }

  return null;
}

function codeOf(error: ShakaError, situation: FailureSituation): PlaybackErrorCode {
  if (error.code === 4012) return codeOfRestrictions(error, situation);
  if (error.code === 6006 && isWithoutCertificate(situation)) return 'certificate-failed';

  return CODE_BY_NUMBER.get(error.code) ?? codeOfCategory(error);
}

/** Categories: 1 network, 2 text, 3 media, 4 manifest, 5 streaming, 6 DRM. */
function codeOfCategory(error: ShakaError): PlaybackErrorCode {
  if (error.category === 1) return codeOfNetwork(error);
  if (error.category === 3) return 'undecodable';
  if (error.category === 4) return 'manifest-invalid';
  if (error.category === 6) return 'drm-setup-failed';

  return 'unknown';
}

/** `BAD_HTTP_STATUS` carries its request type in `data[4]`, `HTTP_ERROR` in `data[2]`, `TIMEOUT` in `data[1]`. */
function codeOfNetwork(error: ShakaError): PlaybackErrorCode {
  const requestType = error.data[{ 1001: 4, 1002: 2, 1003: 1 }[error.code] ?? -1];
  if (requestType === RequestType.SEGMENT) return 'segment-unavailable';
  const status = httpStatusOf(error);
  if (requestType === RequestType.KEY) {
    // The body is not looked at: Shaka gives it as text that went through a guess at its encoding.
    return status === undefined ? 'license-unreachable' : errorFromAnswer(status, null).code;
  }
  if (requestType !== RequestType.MANIFEST) return 'unknown';

  if (status === 404 || status === 410) return 'manifest-not-found';
  if (status === 401) return 'authentication-required';
  if (status === 403) return 'manifest-forbidden';

  return 'manifest-unreachable';
}

function httpStatusOf(error: ShakaError): number | undefined {
  const status = error.code === 1001 ? error.data[1] : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** `RESTRICTIONS_CANNOT_BE_MET`: no rendition is left; `data[0]` says whether keys are missing or restricted. */
function codeOfRestrictions(error: ShakaError, { hasKeys, keyLoss }: FailureSituation): PlaybackErrorCode {
  const info = error.data[0] as { missingKeys?: unknown[]; restrictedKeyStatuses?: unknown[] } | undefined;
  if (info?.restrictedKeyStatuses?.length) return 'output-restricted';
  // Shaka itself takes no notice of keys that have expired; it was kept off them.
  if (keyLoss) return keyLoss;
  if (info?.missingKeys?.length) return hasKeys ? 'wrong-key' : 'key-missing';

  return 'media-unsupported';
}

/** FairPlay alone cannot begin without a certificate; a manifest may have named one. */
function isWithoutCertificate({ chosen }: FailureSituation): boolean {
  return (
    chosen?.name.startsWith('com.apple.fps') === true &&
    chosen.configuration.serverCertificate === undefined &&
    chosen.configuration.serverCertificateUrl === undefined
  );
}
