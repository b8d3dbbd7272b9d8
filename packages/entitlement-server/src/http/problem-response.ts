import { PROBLEM_MEDIA_TYPE, createProblem, type ProblemDetails } from '@secure-player/protocol';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

import { isStoreUnavailable } from '../sql/store-failure.js';
import { ProblemError } from './problem-error.js';
import type { ServerEnv } from './server-env.js';

/** Answers with a problem document, RFC 9457, and leaves its code for the log. */
export function problemResponse(
  c: Context<ServerEnv>,
  problem: ProblemDetails,
  headers: Readonly<Record<string, string>> = {},
): Response {
  c.set('problemCode', problem.code);

  return c.body(JSON.stringify(problem), problem.status as ContentfulStatusCode, {
    'Content-Type': PROBLEM_MEDIA_TYPE,
    'Cache-Control': 'no-store',
    // RFC 9110 section 15.5.2 wants a challenge with every 401, and RFC 6750 section 3.1 says why it came.
    ...(problem.status === 401 && { 'WWW-Authenticate': challengeFor(problem) }),
    ...headers,
  });
}

/** How long a database takes to start again, in seconds, or somewhat longer. */
const RETRY_AFTER = '5';

/**
 * Turns whatever a handler threw into an answer. An error that is not a {@link ProblemError} is a fault of ours:
 * `onFault` gets it for the log, and the caller learns nothing of it but whether to come back.
 */
export function errorResponse(
  error: Error,
  c: Context<ServerEnv>,
  onFault: (error: Error) => void,
): Response {
  if (error instanceof ProblemError) return problemResponse(c, error.problem, error.headers);

  onFault(error);
  if (isStoreUnavailable(error)) {
    return problemResponse(c, createProblem('service-unavailable'), { 'Retry-After': RETRY_AFTER });
  }
  return problemResponse(c, createProblem('internal-error'));
}

function challengeFor(problem: ProblemDetails): string {
  return problem.code === 'session-expired' ? 'Bearer error="invalid_token"' : 'Bearer';
}
