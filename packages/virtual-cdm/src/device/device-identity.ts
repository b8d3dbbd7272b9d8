import type { SealedIdentity } from '@secure-player/protocol';

import type { SessionStore } from '../storage/session-store.js';
import type { VirtualSystem } from '../system/virtual-system.js';

/** Who a device is to its license servers. */
export interface DeviceIdentity {
  get(): Promise<SealedIdentity>;
  /**
   * Takes the place of the identity, once a server has certified it. The first certificate stays: several sessions may have
   * asked for one, and a license that is under way is bound to it.
   */
  replace(identity: SealedIdentity): Promise<void>;
}

/** The device of an origin, the same from one visit to the next: for a MediaKeys that may keep state. */
export function storedIdentity(
  store: SessionStore,
  { keySystem, securityLevel, provisioning }: VirtualSystem,
  make: () => Promise<SealedIdentity>,
): DeviceIdentity {
  const name = `${keySystem} ${securityLevel} ${provisioning}`;
  return {
    get: () => store.identity(name, make),
    replace: (identity) => store.replaceIdentity(name, identity),
  };
}

/**
 * A device of one MediaKeys alone. EME: without a distinctive identifier and without persistent state, nothing may tie
 * one use of a CDM to the next.
 */
export function passingIdentity(make: () => Promise<SealedIdentity>): DeviceIdentity {
  let current: Promise<SealedIdentity> | null = null;
  return {
    get: () => (current ??= make()),
    replace: async (identity) => {
      current = (current ?? make()).then((held) => (held.certificate.length > 0 ? held : identity));
      await current;
    },
  };
}
