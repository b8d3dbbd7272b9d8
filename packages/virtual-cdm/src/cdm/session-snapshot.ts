import type { VirtualSessionType, VirtualSystem } from '../system/virtual-system.js';
import type { CdmSession } from './cdm-session.js';
import type { ClosedReason } from './closed-reason.js';
import type { KeyStatus } from '../session/key-status.js';

/** A session as the handle shows it: plain data, so that a test runner can take it out of a page. */
export interface SessionSnapshot {
  readonly sessionId: string;
  readonly keySystem: string;
  readonly sessionType: VirtualSessionType;
  /** Null while the session is open. */
  readonly closedReason: ClosedReason | null;
  readonly keyStatuses: readonly { readonly keyId: string; readonly status: KeyStatus }[];
  /** Epoch milliseconds; null where nothing ends. */
  readonly expiration: number | null;
  readonly parentSessionId: string | null;
}

export function describeSession(
  session: CdmSession,
  { keySystem }: VirtualSystem,
  closedReason: ClosedReason | null,
): SessionSnapshot {
  const { id, type, statuses, expiration, parent } = session;
  return {
    sessionId: id,
    keySystem,
    sessionType: type,
    closedReason,
    keyStatuses: [...statuses].map(([keyId, status]) => ({ keyId, status })),
    expiration: Number.isNaN(expiration) ? null : expiration,
    parentSessionId: parent?.id ?? null,
  };
}
