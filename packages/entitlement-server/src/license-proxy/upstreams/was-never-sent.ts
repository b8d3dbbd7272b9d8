import { isUnknownRecord, type UnknownRecord } from './unknown-record.js';

/** What Node was doing when a connection could not be opened; a request that was under way fails in `read` or `write`. */
const BEFORE_CONNECTED = new Set<unknown>(['connect', 'getaddrinfo']);

/** Undici's own timeout of opening a connection. */
const CONNECT_TIMEOUT = 'UND_ERR_CONNECT_TIMEOUT';

const MAX_CAUSES = 8;

/**
 * Whether `fetch` failed before a byte of the request could leave: the name was not found or nobody took the connection.
 * Where it cannot be told, as in runtimes other than Node, the answer is no.
 */
export function wasNeverSent(error: unknown): boolean {
  let cause = error;
  for (let depth = 0; depth < MAX_CAUSES && isUnknownRecord(cause); depth += 1) {
    if (isConnectFailure(cause)) return true;
    cause = cause['cause'];
  }
  return false;
}

function isConnectFailure(error: UnknownRecord): boolean {
  // A host with several addresses is tried at each, and the failures come together.
  const { errors } = error;
  if (Array.isArray(errors) && errors.length > 0) {
    return errors.every((each) => isUnknownRecord(each) && isConnectFailure(each));
  }
  return error['code'] === CONNECT_TIMEOUT || BEFORE_CONNECTED.has(error['syscall']);
}
