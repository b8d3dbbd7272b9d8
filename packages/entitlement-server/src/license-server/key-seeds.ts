import { invalidConfiguration } from '../entitlement-server-error.js';
import { ProblemError } from '../http/problem-error.js';

/** The PlayReady key seed algorithm uses the first 30 bytes. */
const MIN_SEED_BYTES = 30;

/** Refuses a seed that is too short. `field` is where it stands in the configuration. */
export function requireKeySeed(seed: Uint8Array, field: string): void {
  if (seed.length < MIN_SEED_BYTES)
    throw invalidConfiguration(field, `must be at least ${MIN_SEED_BYTES} bytes`);
}

/** The key seeds of tenants. Every content key of a tenant follows from its seed, and no other tenant's does. */
export class KeySeeds {
  readonly #byTenant = new Map<string, Uint8Array>();

  constructor(seeds: Iterable<readonly [tenant: string, seed: Uint8Array]>) {
    const used = new Set<string>();
    for (const [tenant, seed] of seeds) {
      const field = `keySeeds.${tenant}`;
      requireKeySeed(seed, field);
      if (used.has(seed.join())) throw invalidConfiguration(field, "must not be another tenant's");
      used.add(seed.join());
      // Copied: changing it afterwards changes nothing.
      this.#byTenant.set(tenant, Uint8Array.from(seed));
    }
  }

  of(tenant: string): Uint8Array {
    const seed = this.#byTenant.get(tenant);
    if (seed === undefined) throw new ProblemError('license-token-rejected');
    return seed;
  }
}
