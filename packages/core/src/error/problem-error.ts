import { readProblemDetails, type ProblemCode } from '@secure-player/protocol';

import type { PlaybackErrorCode } from './error-table.js';
import { PlaybackError } from './playback-error.js';

/** What each problem code of the entitlement server (RFC 9457) means for playback. */
const CODE_BY_PROBLEM = {
  'authentication-required': 'authentication-required',
  'credentials-rejected': 'authentication-required',
  'session-expired': 'session-expired',
  'subscription-expired': 'subscription-expired',
  'plan-insufficient': 'plan-insufficient',
  'security-level-insufficient': 'drm-unsupported',
  'playback-session-unknown': 'playback-session-ended',
  'playback-session-ended': 'playback-session-ended',
  'content-not-found': 'content-not-found',
  'not-found': 'content-not-found',
  'method-not-allowed': 'license-refused',
  'invalid-request': 'license-refused',
  'payload-too-large': 'license-refused',
  'unsupported-media-type': 'license-refused',
  'range-not-satisfiable': 'license-refused',
  'key-system-unsupported': 'license-refused',
  'internal-error': 'license-server-error',
  'service-unavailable': 'license-server-error',
} as const satisfies Record<ProblemCode, PlaybackErrorCode>;

/**
 * The error for an unsuccessful answer of a license or entitlement server.
 *
 * A problem document with a known code decides; without one the status does. The body is read for its code only, so
 * nothing that the server wrote into it reaches a message.
 */
export function errorFromAnswer(httpStatus: number, body: unknown): PlaybackError {
  const problem = readProblemDetails(body);
  const code = problem ? CODE_BY_PROBLEM[problem.code] : codeOfStatus(httpStatus);

  return new PlaybackError(code, { httpStatus });
}

function codeOfStatus(httpStatus: number): PlaybackErrorCode {
  if (httpStatus === 401) return 'authentication-required';
  if (httpStatus === 429 || httpStatus >= 500) return 'license-server-error';

  return 'license-refused';
}
