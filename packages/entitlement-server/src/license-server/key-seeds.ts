import { deriveContentKey, type KeyId } from '@secure-player/protocol';

import { invalidConfiguration } from '../entitlement-server-error.js';
import { ProblemError } from '../http/problem-error.js';
import { remember } from '../storage/remember.js';

/** The PlayReady key seed algorithm uses the first 30 bytes. */
const MIN_SEED_BYTES = 30;
/** More keys than a premiere's titles have. Of one that is asked for again and again, nine hashes are saved each time. */
const DERIVED_KEYS = 4_096;

type Derive = (keyId: KeyId) => Promise<Uint8Array<ArrayBuffer>>;

/** Refuses a seed that is too short. `field` is where it stands in the configuration. */
export function requireKeySeed(seed: Uint8Array, field: string): void {
  if (seed.length < MIN_SEED_BYTES)
    throw invalidConfiguration(field, `must be at least ${MIN_SEED_BYTES} bytes`);
}

/** The key seeds of tenants. Every content key of a tenant follows from its seed, and no other tenant's does. */
export class KeySeeds {
  readonly #byTenant = new Map<string, Derive>();

  constructor(seeds: Iterable<readonly [tenant: string, seed: Uint8Array]>) {
    const used = new Set<string>();
    for (const [tenant, seed] of seeds) {
      const field = `keySeeds.${tenant}`;
      requireKeySeed(seed, field);
      if (used.has(seed.join())) throw invalidConfiguration(field, "must not be another tenant's");
      used.add(seed.join());
      // Copied: changing it afterwards changes nothing.
      const kept = Uint8Array.from(seed);
      this.#byTenant.set(
        tenant,
        remember(async (keyId: KeyId) => deriveContentKey(kept, keyId), DERIVED_KEYS),
      );
    }
  }

  /** The content key that follows from a tenant's seed. */
  async derive(tenant: string, keyId: KeyId): Promise<Uint8Array<ArrayBuffer>> {
    const derive = this.#byTenant.get(tenant);
    if (derive === undefined) throw new ProblemError('license-token-rejected');
    return derive(keyId);
  }
}
