import { EntitlementServerError } from '../entitlement-server-error.js';

const UNIQUE_VIOLATION = '23505';

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

/** The SQLSTATE or system code of an error; `unknown` where it has none. */
export function codeOf(cause: unknown): string {
  const code: unknown =
    typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? code : 'unknown';
}
