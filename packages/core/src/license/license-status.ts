import type { PlaybackError } from '../error/playback-error.js';
import type { DrmState, KeyStatusEntry } from '../player/player-state.js';

/**
 * How it is with a license, whoever holds it.
 *
 * - `none`: no license was asked for.
 * - `pending`: it is on its way, or its keys cannot be used yet.
 * - `usable`: at least one key can be used.
 * - `renewing`: the same, and a new license is on its way.
 * - `renewal-refused`: the keys can be used until `expiresAt`, and then no more.
 * - `output-restricted`: no key can be used, because of the display.
 * - `expired`: no key can be used, because the license has ended.
 * - `released`: the license was given back.
 * - `error`: it did not come.
 */
export type LicenseStatus =
  | 'none'
  | 'pending'
  | 'usable'
  | 'renewing'
  | 'renewal-refused'
  | 'output-restricted'
  | 'expired'
  | 'released'
  | 'error';

/** What is known of a license. */
export interface LicenseSituation {
  readonly keyStatuses: readonly KeyStatusEntry[];
  readonly renewal: DrmState['renewal'];
  readonly error: PlaybackError | null;
  /** Whether one was asked for. */
  readonly isAsked: boolean;
}

/** Whether EME says of a key that pictures can be had with it, if perhaps smaller ones. */
export function isUsable(status: string): boolean {
  return status === 'usable' || status === 'output-downscaled';
}

/** The status of a license by those of its keys: the best one counts, as a title has keys that a plan leaves out. */
export function licenseStatusOf({ keyStatuses, renewal, error, isAsked }: LicenseSituation): LicenseStatus {
  const has = (...statuses: readonly string[]) => keyStatuses.some(({ status }) => statuses.includes(status));

  if (error) return 'error';
  if (renewal === 'under-way') return 'renewing';
  if (keyStatuses.some(({ status }) => isUsable(status))) {
    return renewal === 'refused' ? 'renewal-refused' : 'usable';
  }
  // A key that failed inside of the module is asked for again.
  if (has('status-pending', 'usable-in-future', 'internal-error')) return 'pending';
  if (has('output-restricted')) return 'output-restricted';
  if (has('expired')) return 'expired';
  if (has('released')) return 'released';

  return isAsked ? 'pending' : 'none';
}

/** Failures that have nothing to do with the right to play a title. */
const OTHER_FAILURE = /^(?:source|manifest|segment|media-unsupported|undecodable|engine|unknown)/;

/** Whether an error is about a license, or about what a license needs: a key system, a certificate, a signed-in viewer. */
export function isLicenseError({ code }: Pick<PlaybackError, 'code'>): boolean {
  return !OTHER_FAILURE.test(code);
}
