import { ProblemError } from '../../http/problem-error.js';
import type { Clock } from '../../storage/owned-expiring-map.js';
import type { UpstreamAnswer, UpstreamRequest } from '../license-upstream.js';
import { answerMediaType, isHtml } from './answer-media-type.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import type { Deadline } from './deadline.js';
import { discardBody, readBounded } from './read-bounded.js';
import { readRefusal } from './read-refusal.js';
import type { PreparedRequest, UpstreamAdapter } from './upstream-adapter.js';
import { wasNeverSent } from './was-never-sent.js';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One attempt. */
export interface Attempt {
  readonly url: string;
  readonly request: UpstreamRequest;
  readonly deadline: Deadline;
  readonly adapter: UpstreamAdapter;
  readonly maxAnswerBytes: number;
  readonly clock: Clock;
  readonly fetch: Fetch;
}

/**
 * Asks a license server once. Rejects with what the adapter throws while it prepares, and with the caller's reason when he
 * gives up; all that the server does wrong is an outcome.
 */
export async function askOnce(attempt: Attempt): Promise<AttemptOutcome> {
  const { adapter, request, deadline } = attempt;
  const prepared = await adapter.prepare(request);
  request.signal.throwIfAborted();
  if (deadline.isTimeUp) return timedOut();

  try {
    const response = await attempt.fetch(attempt.url, toInit(request, prepared, deadline.signal));
    return await readResponse(attempt, response);
  } catch (error) {
    request.signal.throwIfAborted();
    return deadline.isTimeUp ? timedOut() : failed(wasNeverSent(error));
  }
}

function toInit(request: UpstreamRequest, prepared: PreparedRequest, signal: AbortSignal): RequestInit {
  const contentType = prepared.message?.contentType ?? toHeader(request.contentType);
  const soapAction = toHeader(request.soapAction);
  return {
    method: 'POST',
    headers: {
      ...(contentType !== null && { 'Content-Type': contentType }),
      ...(soapAction !== null && { SOAPAction: soapAction }),
      ...prepared.headers,
    },
    body: prepared.message?.body ?? request.message,
    // A license server has no reason to send the proxy elsewhere, and the token is for it alone.
    redirect: 'manual',
    signal,
  };
}

const HEADER_VALUE = /^[\x20-\x7e]{1,256}$/;

/** Players write these headers, so that one which cannot be sent is left out. */
function toHeader(value: string | null): string | null {
  return value !== null && HEADER_VALUE.test(value) ? value : null;
}

async function readResponse(attempt: Attempt, response: Response): Promise<AttemptOutcome> {
  if (response.status >= 400) {
    return readRefusal(response, {
      answersWithProblems: attempt.adapter.answersWithProblems ?? false,
      now: attempt.clock(),
    });
  }
  if (!response.ok) {
    await discardBody(response);
    return failed(false);
  }
  const body = await readBounded(response, attempt.maxAnswerBytes);
  const contentType = response.headers.get('content-type');
  if (body === null || body.length === 0 || isHtml(contentType, body)) return failed(false);

  return { status: 'answered', answer: unwrap(attempt, { body, contentType }) };
}

/** Throws for an answer that the adapter cannot read, which is no license. */
function unwrap({ adapter, request }: Attempt, { body, contentType }: UpstreamAnswer): UpstreamAnswer {
  const answer = { body, contentType: answerMediaType(contentType, request.grant.system) };
  return adapter.unwrap?.(answer, request) ?? answer;
}

function failed(mayRepeat: boolean): AttemptOutcome {
  return { status: 'failed', problem: new ProblemError('license-upstream-failed'), mayRepeat };
}

function timedOut(): AttemptOutcome {
  return { status: 'timed-out', problem: new ProblemError('license-upstream-timeout') };
}
