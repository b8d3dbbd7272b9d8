/** The names of errors that EME's promises reject with, and of those that a test may want instead. */
export const EXCEPTION_NAMES = Object.freeze([
  'AbortError',
  'DataError',
  'EncodingError',
  'InvalidAccessError',
  'InvalidStateError',
  'NetworkError',
  'NotAllowedError',
  'NotReadableError',
  'NotSupportedError',
  'OperationError',
  'QuotaExceededError',
  'SecurityError',
  'TimeoutError',
  'UnknownError',
  'RangeError',
  'TypeError',
] as const);

/** One of {@link EXCEPTION_NAMES}. */
export type ExceptionName = (typeof EXCEPTION_NAMES)[number];

/**
 * The error that WebIDL makes of a name: JavaScript's own TypeError and RangeError, else a DOMException.
 *
 * QuotaExceededError has become an interface of its own, derived from DOMException; it is used where the platform has it
 * (https://webidl.spec.whatwg.org/#quotaexceedederror).
 */
export function createException(name: ExceptionName, message: string): Error {
  if (name === 'TypeError') return new TypeError(message);
  if (name === 'RangeError') return new RangeError(message);
  if (name === 'QuotaExceededError') return createQuotaExceededError(message);

  return new DOMException(message, name);
}

/** The name of whatever was thrown, and nothing else of it, as a log may hold it. */
export function exceptionNameOf(error: unknown): ExceptionName | 'Error' {
  const name: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'name') : undefined;

  return EXCEPTION_NAMES.find((known) => known === name) ?? 'Error';
}

function createQuotaExceededError(message: string): Error {
  const constructor: unknown = Reflect.get(globalThis, 'QuotaExceededError');
  if (typeof constructor !== 'function') return new DOMException(message, 'QuotaExceededError');

  return Reflect.construct(constructor, [message]);
}
