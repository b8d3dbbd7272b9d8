import { ProblemError } from '../http/problem-error.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import type { AuditAction, AuditEntry, AuditTrail } from './audit-trail.js';

/** What it takes to write decisions down. */
export interface Auditor {
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/** What is known of a decision before it is made. */
export interface DecisionContext {
  readonly action: AuditAction;
  readonly region: string | null;
  readonly account: { readonly id: string } | null;
  /** Whether a decision is written down. @default each is */
  readonly isKept?: ((decision: AuditEntry['decision']) => boolean) | undefined;
}

/** What becomes known of a decision on the way. */
export type DecisionNotes = Partial<
  Pick<AuditEntry, 'accountId' | 'contentId' | 'sessionKey' | 'keys' | 'system'>
>;

/** Does what may be refused, and writes down how it was decided. `note` adds what becomes known on the way. */
export async function audited<Result>(
  { audit, clock }: Auditor,
  { action, region, account, isKept = () => true }: DecisionContext,
  decide: (note: (known: DecisionNotes) => void) => Promise<Result>,
): Promise<Result> {
  const details: DecisionNotes = {};
  const append = (decision: AuditEntry['decision']): void => {
    if (!isKept(decision)) return;
    audit.append({
      time: clock(),
      action,
      decision,
      accountId: account?.id ?? null,
      contentId: null,
      system: null,
      region,
      keys: null,
      sessionKey: null,
      ...details,
    });
  };

  try {
    const result = await decide((known) => void Object.assign(details, known));
    append('granted');
    return result;
  } catch (error) {
    if (error instanceof ProblemError) append(error.problem.code);
    throw error;
  }
}
