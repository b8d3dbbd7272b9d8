import type { KeyId } from '@secure-player/protocol';

import { SYSTEM_NAMES, type SystemName } from '../catalog/system-name.js';
import type { Title } from '../catalog/title.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import type { LicenseUpstream } from '../license-proxy/license-upstream.js';
import type { ResolvedTenant } from './resolve-tenants.js';

/**
 * Refuses a title's id or a key's that two tenants share where a license server is not told of tenants: it would open the title
 * of one, which may have to be paid for, to the viewers of the other.
 */
export function requireDistinctContent(
  tenants: readonly ResolvedTenant[],
  upstreams: Partial<Record<SystemName, LicenseUpstream>>,
): void {
  const untold = SYSTEM_NAMES.filter((name) => upstreams[name]?.tellsTenant === false);
  const [system] = untold;
  if (system === undefined) return;

  const problem =
    `must not be another tenant's: the license server of upstreams.${system} is not told of tenants, ` +
    'and would take the one for the other';
  const titleIds = new Set<string>();
  const keyIds = new Set<KeyId>();
  // Nobody asks such a license server for any other title.
  const isAskedFor = ({ keys, keySystems }: Title): boolean =>
    keys.length > 0 && untold.some((name) => keySystems?.includes(name) ?? true);

  for (const [index, { titles }] of tenants.entries()) {
    for (const [titleIndex, title] of titles.entries()) {
      if (!isAskedFor(title)) continue;
      const { id, keys } = title;
      const field = `tenants[${index - 1}].titles[${titleIndex}]`;
      if (titleIds.has(id)) throw invalidConfiguration(`${field}.id`, problem);
      const shared = keys.findIndex(({ keyId }) => keyIds.has(keyId));
      if (shared !== -1) throw invalidConfiguration(`${field}.keys[${shared}].keyId`, problem);
    }
    for (const { id, keys } of titles.filter(isAskedFor)) {
      titleIds.add(id);
      for (const { keyId } of keys) keyIds.add(keyId);
    }
  }
}
