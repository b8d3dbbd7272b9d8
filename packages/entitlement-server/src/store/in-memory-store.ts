import { InMemoryBearerSessionStore } from '../accounts/bearer-sessions.js';
import { InMemoryAuditTrail } from '../audit/in-memory-audit-trail.js';
import { InMemoryDeviceStore } from '../devices/in-memory-device-store.js';
import { InMemoryTokenLedger } from '../license-server/in-memory-token-ledger.js';
import { InMemoryOfflineLicenseStore } from '../offline-licenses/in-memory-offline-license-store.js';
import { InMemoryPlaybackSessionStore } from '../playback-sessions/in-memory-playback-session-store.js';
import { InMemoryRentalStore } from '../rentals/in-memory-rental-store.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type { EntitlementStore, TenantStore } from './entitlement-store.js';

/** How much an in-memory store keeps. */
export interface InMemoryStoreOptions {
  /** @default Date.now */
  readonly clock?: Clock | undefined;
  /** Playback sessions of all who have not signed in, together, for each tenant. @default 10000 */
  readonly anonymousLimit?: number | undefined;
}

const ANONYMOUS_LIMIT = 10_000;

/** Remembers everything in memory, bounded per account, and forgets it with the process: for tests, demos and pages. */
export function createInMemoryStore(options: InMemoryStoreOptions = {}): EntitlementStore {
  const { clock = Date.now, anonymousLimit = ANONYMOUS_LIMIT } = options;
  const tenants = new Map<string, TenantStore>();

  return {
    tokens: new InMemoryTokenLedger(clock),
    tenant(id) {
      const known = tenants.get(id);
      if (known !== undefined) return known;

      const store: TenantStore = {
        bearers: new InMemoryBearerSessionStore(clock),
        sessions: new InMemoryPlaybackSessionStore({ clock, anonymousLimit }),
        offlineLicenses: new InMemoryOfflineLicenseStore(clock),
        rentals: new InMemoryRentalStore(),
        devices: new InMemoryDeviceStore(),
        audit: new InMemoryAuditTrail(),
      };
      tenants.set(id, store);
      return store;
    },
    ping: async () => {},
    close: async () => {},
  };
}
