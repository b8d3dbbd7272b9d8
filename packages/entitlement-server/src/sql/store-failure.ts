import { EntitlementServerError, isEntitlementServerError } from '../entitlement-server-error.js';

const UNIQUE_VIOLATION = '23505';
/**
 * SQLSTATEs of a server that is out of reach or of resources, ends what runs, or is a standby, and codes of the system, such
 * as `ECONNREFUSED`; not Node's own `ERR_…`, which are mistakes of a program. https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const UNAVAILABLE = /^(?:(?:08|53|57|58)...|25006|E(?!RR_)[A-Z_]+)$/;
const CONNECTION_LOST = new Set(['08003', '08006', '57P01', '57P02', 'ECONNRESET', 'EPIPE']);

/** A statement that failed. */
export class StoreFailure extends EntitlementServerError {
  /** Its SQLSTATE, or the code of the system. */
  readonly databaseCode: string;

  constructor(databaseCode: string, message = `The database failed (${databaseCode}).`) {
    super('store-failed', message);
    this.databaseCode = databaseCode;
  }
}

/**
 * The error for a statement that failed. What the database says may quote rows and values, so only its SQLSTATE is passed
 * on, and the cause is not.
 */
export function toStoreFailure(cause: unknown): EntitlementServerError {
  if (cause instanceof EntitlementServerError) return cause;
  return new StoreFailure(codeOf(cause));
}

/** Whether a statement failed, and changed nothing, because a row of its primary key is there. */
export function isUniqueViolation(cause: unknown): boolean {
  return cause instanceof StoreFailure && cause.databaseCode === UNIQUE_VIOLATION;
}

/** Whether the store cannot be used for now, so that the same call may do well later. */
export function isStoreUnavailable(cause: unknown): boolean {
  if (cause instanceof StoreFailure) return UNAVAILABLE.test(cause.databaseCode);
  return (
    isEntitlementServerError(cause) && (cause.code === 'store-in-use' || cause.code === 'store-unavailable')
  );
}

/** Whether a statement failed with its connection, as when the server is started again; what it wrote may be kept or not. */
export function isConnectionLost(cause: unknown): boolean {
  return cause instanceof StoreFailure && CONNECTION_LOST.has(cause.databaseCode);
}

/** The SQLSTATE or system code of an error; `unknown` where it has none. */
export function codeOf(cause: unknown): string {
  const code: unknown =
    typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? code : 'unknown';
}
