import type { ReceivedLicense } from '../dialect/dialect.js';
import { readLicenseClock, type LicenseClockReading } from '../policy/license-clock.js';
import type { HeldLicense } from '../storage/session-state.js';

/** What bounds a license at this moment. */
export function readBounds(license: HeldLicense, now: number): LicenseClockReading {
  return license.endedAt === null ? readLicenseClock(license, now) : overSince(license.endedAt);
}

/** The bounds of what is over for good. */
export function overSince(expiresAt: number): LicenseClockReading {
  return { state: 'expired', expiresAt, renewAt: null, nextChangeAt: null };
}

/** A license as it is held from now on. A renewal keeps what the old one had begun; a new license begins anew. */
export function holdLicense(
  received: ReceivedLicense,
  previous: HeldLicense | null,
  { now, isPlaying }: { readonly now: number; readonly isPlaying: boolean },
): HeldLicense {
  const kept = received.isRenewal ? previous : null;
  return {
    licenseId: received.licenseId,
    policy: received.policy,
    firstReceivedAt: kept?.firstReceivedAt ?? now,
    receivedAt: now,
    firstPlayedAt: kept?.firstPlayedAt ?? (isPlaying ? now : null),
    renewalRequestedAt: null,
    endedAt: null,
  };
}

/** A license of which a renewal was asked. One that is over has no grace any more: it stays over until the answer comes. */
export function renewalRequested(license: HeldLicense, now: number): HeldLicense {
  return readBounds(license, now).state === 'expired' ? license : { ...license, renewalRequestedAt: now };
}
