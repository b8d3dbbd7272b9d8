/**
 * What was wrong with the input, in the few ways a caller can react to:
 *
 * - `truncated`: the input ends, or its container does, before the field does. More bytes may help.
 * - `oversized`: a limit of the reader was passed. Nothing beyond it was read.
 * - `malformed`: the structure is broken; no other reader would agree on a meaning either.
 * - `unsupported`: well formed, and of a kind or version this package does not read.
 * - `invalid-value`: the structure is right and one value in it is not allowed.
 */
export type ProtocolErrorCode = 'truncated' | 'oversized' | 'malformed' | 'unsupported' | 'invalid-value';

/**
 * The only error that the readers and writers of this package throw. The message names the field and
 * the offset and never quotes the input, because the input may be a key or a license: it is safe to log.
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode;
  /** Where it went wrong, in the words of the format: `pssh.dataSize`, `keys[2].kid`. */
  readonly field: string;
  /** Position in the bytes (or in the text, for text formats), when there is one. */
  readonly offset: number | undefined;
  /** The message without field and offset, for reports that name those by themselves. */
  readonly problem: string;

  /** `problem` finishes the sentence that the field begins: "must be 16 bytes, not 3". */
  constructor(code: ProtocolErrorCode, field: string, problem: string, offset?: number) {
    super(`${field}${offset === undefined ? '' : ` at offset ${offset}`}: ${problem}`);
    this.code = code;
    this.field = field;
    this.offset = offset;
    this.problem = problem;
  }
}

/**
 * Tells a {@link ProtocolError} from any other. It goes by name and not by class, so that it also holds
 * when a bundle carries two copies of this package.
 */
export function isProtocolError(value: unknown): value is ProtocolError {
  return value instanceof Error && value.name === 'ProtocolError' && 'code' in value;
}

/**
 * Runs a reader of a part, and gives the offsets in its errors the meaning they have in the whole.
 * Package-internal.
 */
export function withOffsets<Result>(
  read: () => Result,
  toOffset: (offset: number | undefined) => number | undefined,
): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new ProtocolError(error.code, error.field, error.problem, toOffset(error.offset));
  }
}
