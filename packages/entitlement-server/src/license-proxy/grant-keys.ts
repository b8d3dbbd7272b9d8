import type { KeyId } from '@secure-player/protocol';

import type { SystemName } from '../catalog/system-name.js';
import type { Title, TitleKey } from '../catalog/title.js';
import { ProblemError } from '../http/problem-error.js';
import { keyIdsIn, selectKeys } from '../license-server/select-keys.js';
import type { GrantedRights } from '../rights/decide-rights.js';
import { stricterPolicy } from '../rights/plan-rules.js';
import type { GrantedKey, MessageDemand } from './license-upstream.js';

/** The keys of a title that these rights include, with what each demands of the device. */
export function grantedKeys(title: Title, { keyIds, plan }: GrantedRights): GrantedKey[] {
  const included = new Set<KeyId>(keyIds);
  return title.keys.filter(({ keyId }) => included.has(keyId)).map((key) => toGrantedKey(key, plan));
}

/** A refusal that can be known now costs no token. What only the license server knows, as a device's level, it says. */
export function requireSomething(
  keys: readonly GrantedKey[],
  demand: MessageDemand | null,
  system: SystemName,
): void {
  // The rights to a title include some key of it, so this one has none. What a vendor makes of a grant without keys is unknown.
  if (keys.length === 0) throw new ProblemError('key-system-unsupported');

  const keyIds = demand === null ? [] : keyIdsIn(demand);
  if (system === 'clearkey' || keyIds.length > 0) {
    selectKeys({ keys }, keyIds, { system, securityLevel: system === 'clearkey' ? 'software' : 'hardware' });
  }
}

function toGrantedKey(key: TitleKey, plan: GrantedRights['plan']): GrantedKey {
  if (key.use === 'root') {
    return { keyId: key.keyId, inClear: key.inClear, policy: { ...key.policy, use: 'root' } };
  }
  return {
    keyId: key.keyId,
    group: key.group,
    policy: stricterPolicy(key.policy ?? {}, plan?.groups[key.group] ?? {}),
  };
}
