import { isUnknownRecord } from './unknown-record.js';

const CODE = /^[A-Z][A-Z0-9_]{2,39}$/;
const MAX_CAUSES = 8;

/** The innermost code in what `fetch` rejected with, which is the system's or TLS's own; undefined where there is none. */
export function readErrorCode(error: unknown): string | undefined {
  let found: string | undefined;
  let cause = error;
  for (let depth = 0; depth < MAX_CAUSES && isUnknownRecord(cause); depth += 1) {
    const { code, errors } = cause;
    if (typeof code === 'string' && CODE.test(code)) found = code;
    // A host with several addresses is tried at each, and the failures come together.
    cause = Array.isArray(errors) && errors.length > 0 ? (errors[0] as unknown) : cause['cause'];
  }
  return found;
}
