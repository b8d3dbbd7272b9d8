import { stricterTerms } from './license-terms.js';
import type { LicenseRecord } from './license-record.js';
import type { OfflineLicense, OfflineLicenseStatus } from './offline-license.js';

/** What a record is judged by. */
export interface LicenseMoment {
  /** Epoch milliseconds, not of the device's clock alone. */
  readonly now: number;
  /** Whether the device's clock was set back. */
  readonly isBehind: boolean;
}

/** A license as a viewer may see it, at this moment. */
export function toOfflineLicense(record: LicenseRecord, moment: LicenseMoment): OfflineLicense {
  const { holder, standing, firstPlay } = record;
  const terms = stricterTerms(record.terms, record.bounds);
  const isKept = holder.mode === 'persistent' || holder.mode === 'vault';

  return Object.freeze({
    mode: holder.mode,
    status: statusOf(record, moment),
    keySystem: 'keySystem' in holder ? holder.keySystem : null,
    expiresAt: endOf(record),
    playWithinSeconds: terms.playWithinSeconds,
    firstPlayedAt: firstPlay?.at ?? null,
    renewable: isKept && standing !== 'revoked' && terms.renewable,
  });
}

/**
 * Epoch milliseconds when it ends: the earliest of what its module, its server and its first playback say. `null` where none
 * does.
 */
export function endOf({ holder, terms, bounds, firstPlay }: LicenseRecord): number | null {
  const { expiresAt, startBy, playWithinSeconds } = stricterTerms(terms, bounds);
  const window = firstPlay && playWithinSeconds !== null ? firstPlay.at + playWithinSeconds * 1000 : null;
  const sessions = holder.mode === 'persistent' ? holder.sessions : [];
  const ends = [
    expiresAt,
    firstPlay ? null : startBy,
    window,
    ...sessions.map((session) => session.expiresAt),
  ].filter((end) => end !== null);

  return ends.length === 0 ? null : Math.min(...ends);
}

/** What was set back tells no time: whether such a license has ended is for a server to say. */
function statusOf(record: LicenseRecord, { now, isBehind }: LicenseMoment): OfflineLicenseStatus {
  if (record.standing === 'revoked') return 'revoked';
  if (record.standing === 'pending') return 'missing';

  const end = endOf(record);
  if (end === null) return 'usable';
  if (isBehind) return 'clock-behind';

  return now >= end ? 'expired' : 'usable';
}
