import type { AuditEntry, AuditQuery, AuditTrail } from './audit-trail.js';

const KEPT = 10_000;
const LISTED = 100;

/** Keeps the newest entries in memory. */
export class InMemoryAuditTrail implements AuditTrail {
  readonly #entries: AuditEntry[] = [];

  append(entry: AuditEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length >= 2 * KEPT) this.#entries.splice(0, KEPT);
  }

  async list({ accountId, limit = LISTED }: AuditQuery = {}): Promise<readonly AuditEntry[]> {
    const newest: AuditEntry[] = [];
    for (let index = this.#entries.length - 1; index >= 0 && newest.length < limit; index -= 1) {
      const entry = this.#entries[index];
      if (entry && (accountId === undefined || entry.accountId === accountId)) newest.push(entry);
    }
    return newest;
  }
}
