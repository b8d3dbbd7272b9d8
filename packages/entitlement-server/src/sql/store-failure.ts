import { EntitlementServerError } from '../entitlement-server-error.js';

/**
 * The error for a statement that failed. What the database says may quote rows and values, so only its SQLSTATE is passed
 * on, and the cause is not.
 */
export function toStoreFailure(cause: unknown): EntitlementServerError {
  if (cause instanceof EntitlementServerError) return cause;
  return new EntitlementServerError('store-failed', `The database failed (${codeOf(cause)}).`);
}

/** The SQLSTATE or system code of an error; `unknown` where it has none. */
export function codeOf(cause: unknown): string {
  const code: unknown =
    typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? code : 'unknown';
}
