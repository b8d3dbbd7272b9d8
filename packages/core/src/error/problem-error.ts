import { readProblemCode, type ProblemCode } from '@secure-player/protocol';

import type { AuthorizePurpose } from '../authorize/authorizer.js';
import type { PlaybackErrorCode } from './error-table.js';
import { httpErrorCode } from './http-error.js';
import { PlaybackError } from './playback-error.js';

/** What each problem code of the entitlement server (RFC 9457) means for playback. */
export const PROBLEM_ERROR_TABLE = {
  'authentication-required': 'authentication-required',
  'credentials-rejected': 'authentication-required',
  'session-expired': 'session-expired',
  'subscription-expired': 'subscription-expired',
  'plan-insufficient': 'plan-insufficient',
  'security-level-insufficient': 'drm-unsupported',
  'region-blocked': 'region-blocked',
  'rental-required': 'rental-required',
  'rental-expired': 'rental-expired',
  'device-limit-reached': 'device-limit-reached',
  'stream-limit-reached': 'stream-limit-reached',
  'session-superseded': 'stream-taken-over',
  'playback-session-required': 'license-refused',
  'playback-session-unknown': 'playback-session-ended',
  'playback-session-ended': 'playback-session-ended',
  'offline-not-allowed': 'download-unsupported',
  'offline-license-unknown': 'stored-license-missing',
  'offline-license-expired': 'offline-license-expired',
  'offline-license-revoked': 'offline-license-revoked',
  'offline-license-released': 'stored-license-missing',
  'content-not-found': 'content-not-found',
  'not-found': 'content-not-found',
  'method-not-allowed': 'license-refused',
  'invalid-request': 'license-refused',
  'payload-too-large': 'license-refused',
  'unsupported-media-type': 'license-refused',
  'range-not-satisfiable': 'license-refused',
  'key-system-unsupported': 'license-refused',
  'too-many-requests': 'license-server-error',
  'license-token-rejected': 'license-refused',
  'license-upstream-refused': 'license-refused',
  'license-upstream-failed': 'license-server-error',
  'license-upstream-timeout': 'license-timeout',
  'internal-error': 'license-server-error',
  'service-unavailable': 'license-server-error',
} as const satisfies Record<ProblemCode, PlaybackErrorCode>;

/** Problems of the request or of the server itself, which mean something else where no license was asked for. */
const BY_PURPOSE: ReadonlySet<PlaybackErrorCode> = new Set(['license-refused', 'license-server-error']);

/**
 * The error for an unsuccessful answer of a license or entitlement server.
 *
 * A problem document with a known code decides; without one the status and what was asked for do. The body is read for
 * its code only, so nothing that the server wrote into it reaches a message.
 */
export function errorFromAnswer(
  httpStatus: number,
  body: unknown,
  purpose: AuthorizePurpose = 'license',
): PlaybackError {
  const problem = readProblemCode(body);
  const byProblem = isKnown(problem) ? PROBLEM_ERROR_TABLE[problem] : null;
  const isAboutLicenses = purpose === 'license' || purpose === 'key';
  const code =
    byProblem && (isAboutLicenses || !BY_PURPOSE.has(byProblem))
      ? byProblem
      : httpErrorCode(purpose, httpStatus);

  return new PlaybackError(code, { httpStatus });
}

function isKnown(code: string | null): code is ProblemCode {
  return code !== null && Object.hasOwn(PROBLEM_ERROR_TABLE, code);
}
