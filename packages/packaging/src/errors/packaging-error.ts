/**
 * What went wrong, for code to branch on:
 *
 * - `unsupported-platform`: Shaka Packager has no program for this operating system and processor.
 * - `packager-missing`: the program is not where the `shaka-packager` dependency should have put it.
 * - `packager-not-executable`: it is there and may not be run.
 * - `packager-failed`: it ran and refused; `details.output` holds its last lines without keys and paths.
 * - `mezzanine-missing`: a source file cannot be read.
 * - `invalid-options`: the options contradict each other or the mezzanine.
 * - `unexpected-output`: Packager's files are not laid out as this version of the package expects.
 * - `storage-failed`: the output folder cannot be written.
 */
export type PackagingErrorCode =
  | 'unsupported-platform'
  | 'packager-missing'
  | 'packager-not-executable'
  | 'packager-failed'
  | 'mezzanine-missing'
  | 'invalid-options'
  | 'unexpected-output'
  | 'storage-failed';

/** Facts about a {@link PackagingError}; never a key. */
export interface PackagingErrorDetails {
  /** Packager's exit code. */
  readonly exitCode?: number | undefined;
  /** Packager's last lines, without keys and folders. */
  readonly output?: string | undefined;
}

/** The only error of this package, aborts apart: those reject with the signal's own reason. */
export class PackagingError extends Error {
  override readonly name = 'PackagingError';
  readonly code: PackagingErrorCode;
  readonly details: PackagingErrorDetails;

  constructor(
    code: PackagingErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly details?: PackagingErrorDetails } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Tells a {@link PackagingError} from any other error, also across two copies of this package. */
export function isPackagingError(error: unknown): error is PackagingError {
  return error instanceof Error && error.name === 'PackagingError';
}
