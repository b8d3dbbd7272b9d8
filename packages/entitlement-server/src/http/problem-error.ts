import {
  createProblem,
  type ProblemCode,
  type ProblemDetails,
  type ProblemExtra,
} from '@secure-player/protocol';

/** What a {@link ProblemError} can carry beyond its code. */
export interface ProblemErrorOptions extends ProblemExtra {
  /** Response headers that belong to the problem, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Thrown by a handler to end the request with a problem document. Its text is for the caller: never a value he sent. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: ProblemDetails;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, options: ProblemErrorOptions = {}) {
    const problem = createProblem(code, options);
    super(problem.title);
    this.problem = problem;
    this.headers = options.headers ?? {};
  }
}

/** The problem for one field of a request; `message` ends the sentence that the field begins. */
export function invalidField(field: string, message: string): ProblemError {
  return new ProblemError('invalid-request', { errors: [{ field, message }] });
}
