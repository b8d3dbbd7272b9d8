import type { OfflineRightsTerms } from './offline-rights.js';

/** How long a license lasts, apart from what a module enforces. Times are epoch milliseconds. */
export interface LicenseTerms {
  readonly expiresAt: number | null;
  /** By when the first playback must have begun. */
  readonly startBy: number | null;
  /** How long it lasts from the first playback on. */
  readonly playWithinSeconds: number | null;
  readonly renewable: boolean;
}

/** What a license of a server without terms lasts: as long as its module says. */
export const NO_TERMS: LicenseTerms = Object.freeze({
  expiresAt: null,
  startBy: null,
  playWithinSeconds: null,
  renewable: true,
});

/** The terms of an answer. What is no time sets no bound, and no length of time is a bound that is reached at once. */
export function toTerms(answer: OfflineRightsTerms): LicenseTerms {
  return {
    expiresAt: toNumber(answer.expiresAt),
    startBy: toNumber(answer.startBy),
    playWithinSeconds: toNumber(answer.playWithinSeconds),
    renewable: answer.renewable,
  };
}

/** The stricter of two; whether they are renewed is for the server of rights to say. */
export function stricterTerms(rights: LicenseTerms, license: LicenseTerms): LicenseTerms {
  return {
    expiresAt: earliest(rights.expiresAt, license.expiresAt),
    startBy: earliest(rights.startBy, license.startBy),
    playWithinSeconds: earliest(rights.playWithinSeconds, license.playWithinSeconds),
    renewable: rights.renewable,
  };
}

function earliest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function toNumber(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
