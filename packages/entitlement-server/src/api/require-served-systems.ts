import { SYSTEM_NAMES, type SystemName } from '../catalog/system-name.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import type { LicenseUpstream } from '../license-proxy/license-upstream.js';

/** Refuses a license server that is named for a system it has no licenses for: players would be offered what nobody answers. */
export function requireServedSystems(upstreams: Partial<Record<SystemName, LicenseUpstream>>): void {
  for (const system of SYSTEM_NAMES) {
    const systems = upstreams[system]?.systems;
    if (systems === undefined || systems.includes(system)) continue;

    throw invalidConfiguration(
      `upstreams.${system}`,
      `has no licenses for ${system}, by its kind or because its \`url\` names no address for it: ` +
        'name a license server that has some, or leave it out',
    );
  }
}
