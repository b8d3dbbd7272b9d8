import type { SystemName } from '../catalog/system-name.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import type { ResolvedApiOptions } from './entitlement-api-options.js';
import type { ResolvedTenant } from './resolve-tenants.js';

/**
 * Refuses a tenant without a key seed that offers a system for which there is no license server elsewhere. `builtIn` are the
 * systems that the license server in this process has.
 */
export function requireKeySeeds(
  { tenants, upstreams, virtualKeySystems }: ResolvedApiOptions,
  builtIn: readonly SystemName[],
): void {
  const elsewhere = new Set(
    Object.entries(upstreams).flatMap(([name, upstream]) => (upstream ? [name as SystemName] : [])),
  );
  const isLocal = tenants.some(({ keySeed }) => keySeed !== undefined);
  if (!isLocal && elsewhere.size === 0)
    throw invalidConfiguration('keySeed', 'is missing, and `upstreams` names no license server');

  // What titles offer that name no systems. Clear Key need not be had where nobody has a seed.
  const byDefault = virtualKeySystems || isLocal ? builtIn : [];

  for (const [index, tenant] of tenants.entries()) {
    if (tenant.keySeed) continue;
    const missing = offeredBy(tenant, byDefault).filter((name) => !elsewhere.has(name));
    if (missing.length > 0)
      throw invalidConfiguration(
        index === 0 ? 'keySeed' : `tenants[${index - 1}].keySeed`,
        `is missing, and \`upstreams\` names no license server for ${missing.join(', ')}`,
      );
  }
}

function offeredBy({ titles }: ResolvedTenant, byDefault: readonly SystemName[]): SystemName[] {
  const encrypted = titles.filter(({ keys }) => keys.length > 0);
  return [...new Set(encrypted.flatMap(({ keySystems = byDefault }) => keySystems))];
}
