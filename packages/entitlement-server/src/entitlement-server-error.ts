/** What can be wrong with the server or its store. Problems of requests travel as RFC 9457 documents instead. */
export type EntitlementServerErrorCode =
  | 'invalid-configuration'
  | 'address-in-use'
  | 'address-unavailable'
  | 'listen-failed'
  /** Another process uses the store's folder. */
  | 'store-in-use'
  /** The store cannot be opened. */
  | 'store-unavailable'
  /** A statement failed; what it was to do was not done, or it is not known whether it was. */
  | 'store-failed';

/** The only error this package throws at the program that embeds it. The message never holds a configured secret. */
export class EntitlementServerError extends Error {
  override readonly name = 'EntitlementServerError';
  readonly code: EntitlementServerErrorCode;
  /** The option at fault, such as `titles[1].directory`, where it is an option's fault. */
  readonly field: string | undefined;

  constructor(
    code: EntitlementServerErrorCode,
    message: string,
    options: { readonly field?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
  }
}

/** Makes the error for an option that cannot be used; `problem` ends the sentence that the field begins. */
export function invalidConfiguration(field: string, problem: string): EntitlementServerError {
  return new EntitlementServerError('invalid-configuration', `${field}: ${problem}`, { field });
}

/** Tells an {@link EntitlementServerError} from any other. */
export function isEntitlementServerError(value: unknown): value is EntitlementServerError {
  return value instanceof EntitlementServerError;
}
