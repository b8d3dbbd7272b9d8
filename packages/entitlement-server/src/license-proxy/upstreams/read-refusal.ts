import { PROBLEM_MEDIA_TYPE, readProblemDetails, type ProblemCode } from '@secure-player/protocol';

import { ProblemError } from '../../http/problem-error.js';
import { essence } from './answer-media-type.js';
import type { Unanswered } from './attempt-outcome.js';
import { discardBody, readBounded } from './read-bounded.js';
import { readRetryAfter, retryAfterHeaders } from './retry-after.js';

/**
 * What a license server may say about a request in the player's own words. Any other code, such as one that asks people to
 * sign in, would be about the proxy's request and mislead the player about his.
 */
const PASSED_ON = new Set<ProblemCode>([
  'security-level-insufficient',
  'license-token-rejected',
  'invalid-request',
  'content-not-found',
  'key-system-unsupported',
  'payload-too-large',
  'unsupported-media-type',
]);

/** What is said, and by whatever stands in front of it, of a server that is away: no message brings that about. */
const AWAY = new Set([502, 503, 504]);

const PROBLEM_LIMIT = 64 * 1024;

interface RefusalOptions {
  /** Whether it is the license server of this package, which may answer with problem documents. */
  readonly isOurs: boolean;
  readonly now: number;
}

/**
 * What an answer without a license means. Nothing of its text is kept: at most a known code and a number of seconds.
 * Rejects when the connection ends while a problem document is read.
 */
export async function readRefusal(response: Response, options: RefusalOptions): Promise<Unanswered> {
  const { status, headers } = response;
  const retryAfter = readRetryAfter(headers.get('retry-after'), options.now);
  const retryHeaders = retryAfterHeaders(retryAfter);
  const reason = { httpStatus: status };

  if (status === 429) {
    await discardBody(response);
    const problem = new ProblemError('too-many-requests', { headers: retryHeaders });
    return { status: 'refused', problem, reason };
  }
  if (status >= 400 && status < 500) {
    const code = options.isOurs ? await readProblemCode(response) : null;
    await discardBody(response);
    return { status: 'refused', problem: new ProblemError(code ?? 'license-upstream-refused'), reason };
  }
  await discardBody(response);
  return {
    status: 'failed',
    problem: new ProblemError('license-upstream-failed', { headers: status === 503 ? retryHeaders : {} }),
    reason,
    // The server says itself that it did nothing and may be asked again at once.
    mayRepeat: status === 503 && retryAfter === 0,
    isOutage: options.isOurs || AWAY.has(status),
  };
}

async function readProblemCode(response: Response): Promise<ProblemCode | null> {
  if (essence(response.headers.get('content-type')) !== PROBLEM_MEDIA_TYPE) return null;

  const body = await readBounded(response, PROBLEM_LIMIT);
  const code = body && readProblemDetails(parse(body))?.code;
  return code && PASSED_ON.has(code) ? code : null;
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
