import type { SessionState } from './session-state.js';

/**
 * What is stored of a session of type `persistent-usage-record`, which EME had until 2021: its keys go with it, and a
 * record of their use stays, also where the page goes without a word.
 */
export function toUsageRecord({ keys, license, destroyed, usage }: SessionState, now: number): SessionState {
  const keyIds = keys.map(({ keyId }) => keyId);
  const used = usage && { ...usage, lastUsedAt: now };
  const record = destroyed ?? { licenseId: license?.licenseId ?? '', keyIds, usage: used };

  return { keys: [], license: null, destroyed: record, usage: used };
}
