import type { AuditEntry } from '../../audit/audit-trail.js';
import type { LeaseRequest, PlaybackSession } from '../../playback-sessions/playback-session-store.js';
import type { Clock } from '../../storage/owned-expiring-map.js';
import type { EntitlementStore, TenantStore } from '../entitlement-store.js';

/** Makes the store under test. It may be closed without harm to the next one. */
export type StoreFactory = (options: { clock: Clock; anonymousLimit: number }) => Promise<EntitlementStore>;

/** What the suites begin with: a store, a tenant that nobody else uses, and a clock that stands still. */
export interface ConformanceSetup {
  readonly store: EntitlementStore;
  readonly tenantId: string;
  readonly tenant: TenantStore;
  readonly clock: { now: number };
}

/** A session that is to be opened. */
export type NewSession = Omit<PlaybackSession, 'leaseExpiresAt' | 'end'>;

export const NOW = Date.UTC(2026, 0, 15);
export const MINUTE = 60_000;
export const ANONYMOUS_LIMIT = 3;

/** Tells what is made by different runs apart, as a database may outlive them. */
const RUN = Math.random().toString(36).slice(2);
let made = 0;

/** An id that nothing else has. */
export function uniqueId(name: string): string {
  made += 1;
  return `${name}-${RUN}-${made}`;
}

/** Makes a {@link ConformanceSetup}. */
export async function setUpStore(createStore: StoreFactory): Promise<ConformanceSetup> {
  const clock = { now: NOW };
  const store = await createStore({ clock: () => clock.now, anonymousLimit: ANONYMOUS_LIMIT });
  const tenantId = uniqueId('tenant');
  return { store, tenantId, tenant: store.tenant(tenantId), clock };
}

/** A session of account `anna`, an hour long. */
export function newSession(overrides: Partial<NewSession> & { key: string }): NewSession {
  return {
    accountId: 'anna',
    loginId: 'login-1',
    deviceId: 'device-1',
    contentId: 'film',
    intent: 'prefetch',
    format: 'dash',
    device: `Firefox of ${overrides.key}`,
    startedAt: NOW,
    expiresAt: NOW + 60 * MINUTE,
    ...overrides,
  };
}

/** A request for one of three streams, two minutes long. */
export function leaseOf(overrides: Partial<LeaseRequest> = {}): LeaseRequest {
  const now = overrides.now ?? NOW;
  return { now, expiresAt: now + 2 * MINUTE, limit: { streams: 3, onLimit: 'deny-new' }, ...overrides };
}

/** A refused license of account `anna`. */
export function entryOf(overrides: Partial<AuditEntry> = {}): AuditEntry {
  return {
    time: NOW,
    action: 'license',
    decision: 'plan-insufficient',
    accountId: 'anna',
    contentId: 'film',
    system: 'clearkey',
    region: 'AT',
    keys: 2,
    sessionKey: 'digest',
    ...overrides,
  };
}
