import { PLAYBACK_ERROR_CODES, type PlaybackErrorCode } from '../error/error-table.js';
import { KEY_SYSTEMS } from '../source/source.js';

/** A key and its status, by the beginning of its id. */
export interface TimelineKeyStatus {
  /** The first eight of its 32 hex digits. */
  readonly keyId: string;
  readonly status: string;
}

/**
 * What is known of a step, besides when it began and ended. Each word is one of a closed list, each number is bounded, so
 * that nothing in it can be a token, a key, a piece of a license or a URL, whoever reports it.
 */
export interface TimelineDetail {
  readonly keySystem?: string | undefined;
  readonly robustness?: string | undefined;
  readonly initDataType?: string | undefined;
  readonly messageType?: string | undefined;
  /** 1 for the first try. */
  readonly attempt?: number | undefined;
  readonly httpStatus?: number | undefined;
  readonly requestBytes?: number | undefined;
  readonly responseBytes?: number | undefined;
  /** How long the page took to give credentials; within the step. */
  readonly authorizeMs?: number | undefined;
  readonly errorCode?: PlaybackErrorCode | undefined;
  readonly keyStatuses?: readonly TimelineKeyStatus[] | undefined;
}

const WORDS = new Map<string, readonly string[]>(
  Object.entries({
    keySystem: KEY_SYSTEMS,
    // Widevine's levels, and PlayReady's.
    robustness: [
      'SW_SECURE_CRYPTO',
      'SW_SECURE_DECODE',
      'HW_SECURE_CRYPTO',
      'HW_SECURE_DECODE',
      'HW_SECURE_ALL',
      '150',
      '2000',
      '3000',
    ],
    initDataType: ['cenc', 'keyids', 'webm', 'skd', 'sinf'],
    messageType: ['license-request', 'license-renewal', 'license-release', 'individualization-request'],
    errorCode: PLAYBACK_ERROR_CODES,
  }),
);

const KEY_STATUSES = [
  'usable',
  'expired',
  'released',
  'output-restricted',
  'output-downscaled',
  'usable-in-future',
  'status-pending',
  'internal-error',
];

/** A billion is too little for eight bytes of a key, and enough for a length or a duration. */
const LIMITS = new Map<string, number>(
  Object.entries({
    attempt: 99,
    httpStatus: 599,
    requestBytes: 1e9,
    responseBytes: 1e9,
    authorizeMs: 1e9,
  }),
);

const MAX_KEYS = 32;

/** What is allowed of a detail: a word that is on no list becomes `other`, and whatever else is unknown is left out. */
export function toSafeDetail(given: TimelineDetail): TimelineDetail {
  const safe = Object.entries(given).map(([name, value]: [string, unknown]) => [
    name,
    toSafeValue(name, value),
  ]);

  return Object.freeze(Object.fromEntries(safe.filter(([, value]) => value !== undefined)) as TimelineDetail);
}

function toSafeValue(name: string, value: unknown): unknown {
  const [words, limit] = [WORDS.get(name), LIMITS.get(name)];
  if (words && typeof value === 'string' && value !== '') return oneOf(words, value);
  if (limit !== undefined && typeof value === 'number' && value >= 0) {
    return Math.min(Math.round(value), limit);
  }
  if (name === 'keyStatuses' && Array.isArray(value)) return toSafeKeyStatuses(value);

  return undefined;
}

function toSafeKeyStatuses(given: readonly Partial<TimelineKeyStatus>[]): readonly TimelineKeyStatus[] {
  return Object.freeze(
    given.slice(0, MAX_KEYS).map((entry) =>
      Object.freeze({
        keyId: /^[0-9a-f]{8}/.exec(String(entry?.keyId))?.[0] ?? 'other',
        status: oneOf(KEY_STATUSES, String(entry?.status)),
      }),
    ),
  );
}

function oneOf(words: readonly string[], word: string): string {
  return words.includes(word) ? word : 'other';
}
