import type { ProblemCode } from '@secure-player/protocol';

/** What an API call failed with: the server's problem, no answer at all, or an answer that is not the API's. */
export type ApiErrorCode = ProblemCode | 'unreachable' | 'unexpected-answer';

/** The only error of the API client, aborts apart. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly status: number | undefined;

  constructor(
    code: ApiErrorCode,
    options: { readonly status?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(MESSAGES[code] ?? 'The server could not do that. Try again in a moment.', { cause: options.cause });
    this.code = code;
    this.status = options.status;
  }
}

/** What visitors read; the codes not listed are ones that this site's own requests do not run into. */
const MESSAGES: { readonly [C in ApiErrorCode]?: string } = {
  unreachable: 'The server could not be reached. Check your connection and try again.',
  'unexpected-answer':
    'Something other than the server answered. On a public network, open its sign-in page first.',
  'credentials-rejected': 'This account could not be signed in. Reload the page and try again.',
  'session-expired': 'You have been signed out. Sign in again to go on.',
  'content-not-found': 'There is no such title.',
  'internal-error': 'Something went wrong on the server. Try again in a moment.',
  'service-unavailable': 'The server is not available right now. Try again in a moment.',
};

/** Passes an {@link ApiError} through and wraps anything else. */
export function toApiError(cause: unknown): ApiError {
  return cause instanceof ApiError ? cause : new ApiError('unreachable', { cause });
}
