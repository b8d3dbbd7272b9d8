import type { Recovery } from './error-row.js';
import { ERROR_TABLE, type PlaybackErrorCode } from './error-table.js';
import { redactCause, redactText, type RedactedCause } from './redact.js';

/** What is known of a failure besides its code. Nothing in it may hold a token, a key or a license byte. */
export interface PlaybackErrorOptions {
  /** For the developer, about this very failure; redacted before it is kept. Defaults to the explanation of the code. */
  message?: string | undefined;
  /** The status of the HTTP answer behind the failure. */
  httpStatus?: number | undefined;
  /** The code that the streaming engine gave, such as Shaka's `6007`. */
  engineCode?: number | undefined;
  /** What was thrown; only a redacted copy is kept. */
  cause?: unknown;
}

/** The JSON form of a {@link PlaybackError}, safe to log. */
export interface PlaybackErrorDocument {
  name: 'PlaybackError';
  code: PlaybackErrorCode;
  recovery: Recovery;
  retryable: boolean;
  message: string;
  httpStatus?: number;
  engineCode?: number;
  cause?: RedactedCause;
}

const BRAND = Symbol.for('@secure-player/playback-error');

/**
 * Why playback does not work, as a closed code and what can be done about it.
 *
 * It never holds a token, a key, a license byte or a full URL: message and cause are redacted copies, so an instance may
 * be logged, kept in state and sent to an error tracker as it is.
 */
export class PlaybackError extends Error {
  override readonly name = 'PlaybackError';
  readonly code: PlaybackErrorCode;
  readonly recovery: Recovery;
  readonly retryable: boolean;
  readonly httpStatus: number | undefined;
  readonly engineCode: number | undefined;
  override readonly cause: RedactedCause | undefined;

  constructor(code: PlaybackErrorCode, options: PlaybackErrorOptions = {}) {
    const row = ERROR_TABLE[code];
    super(options.message === undefined ? row.explanation : redactText(options.message));

    this.code = code;
    this.recovery = row.recovery;
    this.retryable = row.retryable;
    this.httpStatus = options.httpStatus;
    this.engineCode = options.engineCode;
    this.cause = redactCause(options.cause);
    Object.defineProperty(this, BRAND, { value: true });
  }

  toJSON(): PlaybackErrorDocument {
    return {
      name: this.name,
      code: this.code,
      recovery: this.recovery,
      retryable: this.retryable,
      message: this.message,
      ...(this.httpStatus !== undefined && { httpStatus: this.httpStatus }),
      ...(this.engineCode !== undefined && { engineCode: this.engineCode }),
      ...(this.cause !== undefined && { cause: this.cause }),
    };
  }
}

/** Whether a value is a {@link PlaybackError}, also one of another copy of this package in the same page. */
export function isPlaybackError(value: unknown): value is PlaybackError {
  return typeof value === 'object' && value !== null && BRAND in value;
}

/** Passes a {@link PlaybackError} through and wraps anything else under `code`. */
export function toPlaybackError(cause: unknown, code: PlaybackErrorCode = 'unknown'): PlaybackError {
  return isPlaybackError(cause) ? cause : new PlaybackError(code, { cause });
}
