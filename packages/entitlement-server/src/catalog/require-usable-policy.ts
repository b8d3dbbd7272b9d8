import { isHdcpLevel, type KeyPolicy } from '@secure-player/protocol';

import { invalidConfiguration } from '../entitlement-server-error.js';
import type { TitlePolicy } from '../policy/title-policy.js';

const TIMES = ['notBefore', 'notAfter'] as const;
const DURATIONS = ['licenseDurationSeconds', 'rentalDurationSeconds', 'playbackDurationSeconds'] as const;
const RENEWAL_DURATIONS = ['delaySeconds', 'retrySeconds', 'graceSeconds'] as const;

/** Refuses a policy that devices could not keep. Throws an `EntitlementServerError`. */
export function requireUsablePolicy(policy: TitlePolicy, field: string): void {
  for (const name of TIMES) {
    const time = policy[name];
    if (time !== undefined && !(Number.isSafeInteger(time) && time >= 0)) {
      throw invalidConfiguration(`${field}.${name}`, 'must be whole epoch milliseconds');
    }
  }
  for (const name of DURATIONS) requireDuration(policy[name], `${field}.${name}`);
  // A program without types may leave it out, and no license could be written.
  if (policy.renewal && (policy.renewal.delaySeconds as number | undefined) === undefined) {
    throw invalidConfiguration(`${field}.renewal.delaySeconds`, 'is missing');
  }
  for (const name of RENEWAL_DURATIONS) requireDuration(policy.renewal?.[name], `${field}.renewal.${name}`);
  requireDuration(policy.offline?.termSeconds, `${field}.offline.termSeconds`);
  requireDuration(policy.rental?.startWithinSeconds, `${field}.rental.startWithinSeconds`);
  requireDuration(policy.rental?.playWithinSeconds, `${field}.rental.playWithinSeconds`);
}

/** Likewise for what a key demands. */
export function requireUsableKeyPolicy({ minHdcp, minSecurityLevel }: KeyPolicy, field: string): void {
  if (minHdcp !== undefined && !isHdcpLevel(minHdcp)) {
    throw invalidConfiguration(`${field}.minHdcp`, 'must be none or an HDCP version such as 2.2');
  }
  if (minSecurityLevel !== undefined && !['software', 'hardware'].includes(minSecurityLevel)) {
    throw invalidConfiguration(`${field}.minSecurityLevel`, 'must be software or hardware');
  }
}

function requireDuration(seconds: number | undefined, field: string): void {
  // Licenses count in whole milliseconds.
  if (seconds === undefined || (seconds >= 0 && Number.isSafeInteger(Math.round(seconds * 1000)))) return;
  throw invalidConfiguration(
    field,
    'must be a number of seconds, 0 or more, whose milliseconds stay below 2^53',
  );
}
