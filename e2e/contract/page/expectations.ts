/** Long enough for a busy machine: it ends a wait for what does not come, and delays nothing that does. */
const PATIENCE_MS = 10_000;

/** Fails unless both look the same: bytes are compared as bytes, arrays and plain objects by content. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [show(actual), show(expected)];
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, got ${got}`);
}

/** Fails unless the call gives a promise that is rejected with an error of this name. Returns the error. */
export async function rejects(
  attempt: () => Promise<unknown>,
  errorName: string,
  what: string,
): Promise<unknown> {
  let promise: Promise<unknown>;
  try {
    promise = attempt();
  } catch (error) {
    throw new Error(`${what}: expected a rejection with ${errorName}, but it threw ${nameOf(error)}`, {
      cause: error,
    });
  }

  const outcome = await within(
    promise.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
    what,
  );
  if ('value' in outcome) {
    throw new Error(
      `${what}: expected a rejection with ${errorName}, but it resolved with ${show(outcome.value)}`,
    );
  }
  equal(nameOf(outcome.error), errorName, `${what}, rejection`);

  return outcome.error;
}

/** Fails unless the call throws an error of this name, there and then. */
export function throws(attempt: () => unknown, errorName: string, what: string): void {
  try {
    attempt();
  } catch (error) {
    equal(nameOf(error), errorName, `${what}, exception`);
    return;
  }
  throw new Error(`${what}: expected a ${errorName}, but nothing was thrown`);
}

/** The promise, or a failure that says what has not come. */
export async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: it never came`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a thrown value calls itself. */
export function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : show(error);
}

/** A value in words: bytes in hexadecimal, plain objects with their members in order. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (isBuffer(value)) return `bytes ${hex(new Uint8Array(value))}`;
  if (ArrayBuffer.isView(value)) {
    return `bytes ${hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))}`;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return Object.prototype.toString.call(value);

  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${name}: ${show(member)}`).join(', ')}}`;
}

/** Also true of a buffer of another document. */
function isBuffer(value: object): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
