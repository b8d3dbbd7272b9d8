import { compareHdcp, type HdcpLevel, type KeyPolicy, type SecurityLevel } from '@secure-player/protocol';

import type { KeyStatus } from '../session/key-status.js';
import type { LicenseClockReading } from './license-clock.js';

/** The statuses that a policy gives a key; a CDM gives the others. */
export type PolicyKeyStatus = Extract<
  KeyStatus,
  'usable' | 'expired' | 'output-restricted' | 'usable-in-future' | 'internal-error'
>;

/** What decides whether a key may be used. */
export interface KeyCircumstances {
  /** What the license's clock says. */
  readonly clockState: LicenseClockReading['state'];
  readonly keyPolicy: KeyPolicy;
  /** The HDCP version of the virtual display. */
  readonly display: HdcpLevel;
  /** What the device's certificate says. */
  readonly device: SecurityLevel;
  /** What a test wants the key to be. It makes no key usable whose license has expired. */
  readonly forced?: PolicyKeyStatus | undefined;
}

/**
 * The status of one key by the policy of its license and its own. A key for a safer device has `internal-error`, for
 * which EME has no better word.
 */
export function keyStatus(circumstances: KeyCircumstances): PolicyKeyStatus {
  const { clockState, keyPolicy, display, device, forced } = circumstances;

  if (clockState === 'expired') return 'expired';
  if (forced !== undefined) return forced;
  if (clockState === 'usable-in-future') return 'usable-in-future';
  if (keyPolicy.minSecurityLevel === 'hardware' && device === 'software') return 'internal-error';

  return isShielded(display, keyPolicy.minHdcp) ? 'usable' : 'output-restricted';
}

function isShielded(display: HdcpLevel, minHdcp: HdcpLevel | undefined): boolean {
  return minHdcp === undefined || compareHdcp(display, minHdcp) >= 0;
}
