import {
  httpErrorCode,
  isPlaybackError,
  PlaybackError,
  type AuthorizePurpose,
  type PlaybackErrorCode,
  type ResolvedSource,
  type UnusableReason,
} from '@secure-player/core';

import { isOffline } from './is-offline.js';
import { SHAKA_CODE_TABLE } from './shaka-code-table.js';
import { isShakaError, RequestType, SEVERITY_CRITICAL, type ShakaError } from './shaka-namespace.js';

/** The table by number, which is how Shaka asks. */
const CODE_BY_NUMBER: ReadonlyMap<number, PlaybackErrorCode> = new Map(
  Object.entries(SHAKA_CODE_TABLE).flatMap(([code, numbers]) =>
    numbers.map((number) => [number, code as PlaybackErrorCode] as const),
  ),
);

/** For numbers of a later Shaka: 1 network, 2 text, 3 media, 4 manifest, 6 DRM, 8 cast, 9 storage, 10 ads. */
const CODE_BY_CATEGORY: Readonly<Record<number, PlaybackErrorCode>> = {
  1: 'segment-unavailable',
  2: 'text-track-failed',
  3: 'undecodable',
  4: 'manifest-invalid',
  5: 'engine-failed',
  6: 'drm-setup-failed',
  7: 'engine-failed',
  8: 'cast-failed',
  9: 'storage-failed',
  10: 'ads-failed',
};

/** Failures beside the picture. Shaka calls some of them critical; to a viewer the film matters more. */
const BESIDE_PLAYBACK: ReadonlySet<PlaybackErrorCode> = new Set([
  'text-track-failed',
  'cast-failed',
  'ads-failed',
  'aborted',
]);

/** Whether a failure that Shaka reports is the end of playback. */
export function endsPlayback(error: unknown): boolean {
  if (!isShakaError(error)) return true;

  return error.severity === SEVERITY_CRITICAL && !BESIDE_PLAYBACK.has(nameOf(error));
}

/** Whether a rejection only says that a load was called off. */
export function isShakaAbort(error: unknown): boolean {
  return isShakaError(error) && nameOf(error) === 'aborted';
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
  const named = nameFailure(error, situation);
  // A viewer can do something about the network, and nothing about what could not be fetched without one.
  if (!WANTS_NETWORK.has(named.code) || named.httpStatus !== undefined || !isOffline()) return named;

  return new PlaybackError('offline', { engineCode: named.engineCode, cause: named });
}

/** What a device without a network fails with. */
const WANTS_NETWORK: ReadonlySet<PlaybackErrorCode> = new Set([
  'manifest-unreachable',
  'segment-unavailable',
  'license-unreachable',
  'certificate-failed',
]);

function nameFailure(error: unknown, situation: FailureSituation): PlaybackError {
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

  return codeOfRequest(error) ?? nameOf(error);
}

function nameOf({ code, category }: ShakaError): PlaybackErrorCode {
  return CODE_BY_NUMBER.get(code) ?? CODE_BY_CATEGORY[category] ?? 'unknown';
}

/** `BAD_HTTP_STATUS` carries its request type in `data[4]`, `HTTP_ERROR` in `data[2]`, `TIMEOUT` in `data[1]`. */
function codeOfRequest(error: ShakaError): PlaybackErrorCode | null {
  const position = { 1001: 4, 1002: 2, 1003: 1 }[error.code];
  const purpose = position === undefined ? undefined : PURPOSES[Number(error.data[position])];
  if (!purpose) return null;

  // The body is not looked at: Shaka gives it as text that went through a guess at its encoding.
  return httpErrorCode(purpose, httpStatusOf(error) ?? (error.code === TIMEOUT ? 'timeout' : 'unreachable'));
}

const TIMEOUT = 1003;

/** What a request type of Shaka's is for. */
const PURPOSES: Readonly<Record<number, AuthorizePurpose>> = {
  [RequestType.MANIFEST]: 'manifest',
  [RequestType.SEGMENT]: 'segment',
  [RequestType.LICENSE]: 'license',
  [RequestType.SERVER_CERTIFICATE]: 'certificate',
  [RequestType.KEY]: 'key',
};

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

  return 'no-allowed-quality';
}

/** FairPlay alone cannot begin without a certificate; a manifest may have named one. */
function isWithoutCertificate({ chosen }: FailureSituation): boolean {
  return (
    chosen?.name.startsWith('com.apple.fps') === true &&
    chosen.configuration.serverCertificate === undefined &&
    chosen.configuration.serverCertificateUrl === undefined
  );
}
