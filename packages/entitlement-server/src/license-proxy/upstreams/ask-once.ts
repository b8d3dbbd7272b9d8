import { ProblemError } from '../../http/problem-error.js';
import type { Clock } from '../../storage/owned-expiring-map.js';
import type { UpstreamAnswer } from '../license-upstream.js';
import { isHtml } from './answer-media-type.js';
import type { AttemptOutcome, Unanswered } from './attempt-outcome.js';
import type { Deadline } from './deadline.js';
import { discardBody, readBounded } from './read-bounded.js';
import { readErrorCode } from './read-error-code.js';
import { readRefusal } from './read-refusal.js';
import { wasNeverSent } from './was-never-sent.js';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request as it goes out. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | undefined;
}

/** Something to ask a license server for. */
export interface Question<Answer> {
  /** What one attempt sends; asked again for a second one, because what it gives may have been used up by the first. */
  prepare(): Promise<OutgoingRequest>;
  /** Reads an answer that came whole. Whatever it throws is told to nobody: the answer was none. */
  read(answer: UpstreamAnswer): Answer;
}

/** What every attempt at one server has in common. */
export interface AttemptOptions {
  /**
   * Whether it is the license server of this package: its refusals may be problem documents, and no message makes it fail.
   * A vendor's is sent bytes that nobody here has read, and may answer 500 or a page to those that it cannot read either.
   */
  readonly isOurs: boolean;
  readonly maxAnswerBytes: number;
  readonly clock: Clock;
  readonly fetch: Fetch;
}

/**
 * Asks once. Rejects with what `prepare` throws, and with the reason of `caller` when that aborts; all that the server does
 * wrong is an outcome.
 */
export async function askOnce<Answer>(
  question: Question<Answer>,
  options: AttemptOptions,
  { caller, deadline }: { readonly caller: AbortSignal | null; readonly deadline: Deadline },
): Promise<AttemptOutcome<Answer>> {
  const { url, ...init } = await question.prepare();
  caller?.throwIfAborted();
  if (deadline.isTimeUp) return timedOut();

  try {
    // A license server has no reason to send the proxy elsewhere, and the token is for it alone.
    const response = await options.fetch(url, {
      method: init.method,
      headers: init.headers,
      ...(init.body !== undefined && { body: init.body }),
      redirect: 'manual',
      signal: deadline.signal,
    });
    return await readResponse(response, question, options);
  } catch (error) {
    caller?.throwIfAborted();
    return deadline.isTimeUp
      ? timedOut()
      : failed({
          isOutage: true,
          mayRepeat: wasNeverSent(error),
          reason: { errorCode: readErrorCode(error) },
        });
  }
}

async function readResponse<Answer>(
  response: Response,
  question: Question<Answer>,
  { isOurs, maxAnswerBytes, clock }: AttemptOptions,
): Promise<AttemptOutcome<Answer>> {
  const noLicense = { isOutage: isOurs, mayRepeat: false, reason: { httpStatus: response.status } };
  if (response.status >= 400) return readRefusal(response, { isOurs, now: clock() });
  if (!response.ok) {
    await discardBody(response);
    return failed(noLicense);
  }
  const body = await readBounded(response, maxAnswerBytes);
  const contentType = response.headers.get('content-type');
  if (body === null || body.length === 0 || isHtml(contentType, body)) return failed(noLicense);

  try {
    return { status: 'answered', answer: question.read({ body, contentType }) };
  } catch {
    return failed(noLicense);
  }
}

type Failed = Extract<Unanswered, { readonly status: 'failed' }>;

function failed(how: Pick<Failed, 'isOutage' | 'mayRepeat' | 'reason'>): Unanswered {
  return { status: 'failed', problem: new ProblemError('license-upstream-failed'), ...how };
}

function timedOut(): Unanswered {
  return { status: 'timed-out', problem: new ProblemError('license-upstream-timeout'), reason: {} };
}
