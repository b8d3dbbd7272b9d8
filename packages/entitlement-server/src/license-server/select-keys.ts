import { isKeyId, type KeyId, type SealedSessionType, type SecurityLevel } from '@secure-player/protocol';

import type { SystemName } from '../catalog/system-name.js';
import { ProblemError, invalidField } from '../http/problem-error.js';
import type { GrantedKey, MessageDemand, UpstreamGrant } from '../license-proxy/license-upstream.js';

/** What a device is, as far as it is certified. */
export interface DeviceSecurity {
  readonly system: SystemName;
  /** `software` where nothing certifies it. */
  readonly securityLevel: SecurityLevel;
}

/**
 * The keys for a license: those asked for and granted, each once and in the order asked for, without those that the device
 * is not safe enough for. Throws the problem that says why none is left. Whoever names no keys gets all that are granted.
 */
export function selectKeys(
  grant: Pick<UpstreamGrant, 'keys'>,
  keyIds: readonly KeyId[],
  device: DeviceSecurity,
): readonly GrantedKey[] {
  const granted = new Map(grant.keys.map((key) => [key.keyId, key]));
  const wanted = keyIds.length === 0 ? [...granted.keys()] : [...new Set(keyIds)];
  const entitled = wanted.flatMap((keyId) => granted.get(keyId) ?? []);
  if (entitled.length === 0) throw new ProblemError('plan-insufficient');

  const keys = entitled.filter((key) => isSafeWith(key, device));
  if (keys.length === 0 || losesContent(entitled, device) || losesContent(grant.keys, device)) {
    throw new ProblemError('security-level-insufficient');
  }
  return keys;
}

/** The keys that a message names. Init data may name one key in place of all, as FairPlay's playlists do. */
export function keyIdsIn({
  keyIds,
  contentId,
}: Pick<MessageDemand, 'keyIds' | 'contentId'>): readonly KeyId[] {
  return keyIds.length === 0 && isKeyId(contentId) ? [contentId] : keyIds;
}

/** Refuses a license that is to be stored where none may be. */
export function requireSessionType(
  demand: Pick<MessageDemand, 'sessionType' | 'fields'>,
  granted: SealedSessionType,
): void {
  if (demand.sessionType === 'persistent-license' && granted !== 'persistent-license') {
    throw invalidField(
      demand.fields.sessionType,
      'must be temporary: licenses of this title may not be stored',
    );
  }
}

function isSafeWith({ inClear, policy }: GrantedKey, { system, securityLevel }: DeviceSecurity): boolean {
  // Clear Key shows keys to the page, and one root key opens all that is embedded under it.
  if (system === 'clearkey' && policy.use === 'root' && inClear !== true) return false;
  return policy.minSecurityLevel !== 'hardware' || securityLevel === 'hardware';
}

/** A root key alone would open, in the media, what was just refused. */
function losesContent(keys: readonly GrantedKey[], device: DeviceSecurity): boolean {
  const content = keys.filter(({ policy }) => policy.use !== 'root');
  return content.length > 0 && !content.some((key) => isSafeWith(key, device));
}
