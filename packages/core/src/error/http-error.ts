import type { AuthorizePurpose } from '../authorize/authorizer.js';
import type { PlaybackErrorCode } from './error-table.js';

/** How a request ends that brings nothing: by its status, by its class, or without an answer at all. */
export type HttpOutcome =
  | 'unreachable'
  | 'timeout'
  | '401'
  | '402'
  | '403'
  | '404'
  | '410'
  | '429'
  | '451'
  | '4xx'
  | '5xx'
  | 'other';

type Row = Readonly<Record<HttpOutcome, PlaybackErrorCode>>;

/** What means the same whatever was asked for. */
const EVERYWHERE = {
  '401': 'authentication-required',
  '402': 'subscription-expired',
  '451': 'region-blocked',
} as const;

const LICENSE: Row = {
  ...EVERYWHERE,
  unreachable: 'license-unreachable',
  timeout: 'license-timeout',
  '403': 'license-refused',
  '404': 'license-refused',
  '410': 'license-refused',
  '429': 'license-server-error',
  '4xx': 'license-refused',
  '5xx': 'license-server-error',
  other: 'license-refused',
};

/** What each way to fail means, by what the request was for. */
export const HTTP_ERROR_TABLE: Readonly<Record<AuthorizePurpose, Row>> = {
  license: LICENSE,
  key: LICENSE,
  certificate: { ...fillRow('certificate-failed'), ...EVERYWHERE },
  manifest: {
    ...fillRow('manifest-unreachable'),
    ...EVERYWHERE,
    '403': 'manifest-forbidden',
    '404': 'manifest-not-found',
    '410': 'manifest-not-found',
  },
  segment: {
    ...fillRow('segment-unavailable'),
    ...EVERYWHERE,
    // Most segments carry no credentials: to sign in would not help.
    '401': 'segment-forbidden',
    '403': 'segment-forbidden',
  },
  entitlement: {
    ...fillRow('entitlement-failed'),
    ...EVERYWHERE,
    '403': 'entitlement-refused',
    '404': 'content-not-found',
    '410': 'playback-session-ended',
    '4xx': 'entitlement-refused',
  },
};

/**
 * Names a failed request by what it was for and how it ended.
 *
 * A status that has no entry of its own goes by its class; 408 is a timeout.
 */
export function httpErrorCode(
  purpose: AuthorizePurpose,
  outcome: number | 'unreachable' | 'timeout',
): PlaybackErrorCode {
  const row: Readonly<Record<string, PlaybackErrorCode>> & Row = HTTP_ERROR_TABLE[purpose];

  return row[outcome] ?? row[outcomeOf(Number(outcome))];
}

function outcomeOf(status: number): HttpOutcome {
  if (status === 408) return 'timeout';
  if (status >= 400 && status < 500) return '4xx';
  if (status >= 500 && status < 600) return '5xx';

  return 'other';
}

function fillRow(code: PlaybackErrorCode): Row {
  return {
    unreachable: code,
    timeout: code,
    '401': code,
    '402': code,
    '403': code,
    '404': code,
    '410': code,
    '429': code,
    '451': code,
    '4xx': code,
    '5xx': code,
    other: code,
  };
}
