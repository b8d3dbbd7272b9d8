import type { AuditTrail } from '../audit/audit-trail.js';
import type { BearerSessionStore } from '../accounts/bearer-sessions.js';
import type { DeviceStore } from '../devices/device-store.js';
import type { TokenLedger } from '../license-server/token-ledger.js';
import type { OfflineLicenseStore } from '../offline-licenses/offline-license-store.js';
import type { PlaybackSessionStore } from '../playback-sessions/playback-session-store.js';
import type { RentalStore } from '../rentals/rental-store.js';

/**
 * Everything that the server remembers. `createInMemoryStore` forgets with the process; the SQL store keeps it on one
 * PGlite folder, or on a PostgreSQL that several servers share. Whatever a call resolves for is kept.
 */
export interface EntitlementStore {
  /** What is remembered of one tenant. Nothing of another's can be read or changed through it. */
  tenant(id: string): TenantStore;
  /** The license server's: which tokens were used. */
  readonly tokens: TokenLedger;
  /** Resolves while the store answers, and rejects otherwise. */
  ping(): Promise<void>;
  /** Keeps what is under way, and lets go of everything. May be called again. */
  close(): Promise<void>;
}

/** What is remembered of one tenant. */
export interface TenantStore {
  readonly bearers: BearerSessionStore;
  readonly sessions: PlaybackSessionStore;
  readonly offlineLicenses: OfflineLicenseStore;
  readonly rentals: RentalStore;
  readonly devices: DeviceStore;
  readonly audit: AuditTrail;
}
