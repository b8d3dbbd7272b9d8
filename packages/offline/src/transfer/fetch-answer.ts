import { httpErrorCode, PlaybackError, type AuthorizeReason, type Clock } from '@secure-player/core';

import type { ByteRange } from '../manifest/media-track.js';
import type { IncomingAnswer } from '../packs/pack-log.js';
import type { BodyBuffers } from './body-buffers.js';
import { fetchInTime } from './fetch-in-time.js';
import { readBody } from './read-body.js';
import { TransferFailure } from './transfer-failure.js';
import { unlessAborted } from './unless-aborted.js';

/** What is asked of the server. */
export interface Question {
  /** Absolute. */
  readonly url: string;
  /** `null` for the whole file. */
  readonly range: ByteRange | null;
  readonly purpose: 'manifest' | 'segment';
  /** Where the answer's bytes are put; who asks gives back the buffer that they are in. One of their own by default. */
  readonly buffers?: BodyBuffers;
}

/** What it takes to ask. */
export interface Network {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  readonly isOnline: () => boolean;
  /** The page's credentials; `null` where it has none to give. Rejects with a PlaybackError. */
  readonly authorize:
    | ((
        purpose: Question['purpose'],
        url: string,
        reason: AuthorizeReason,
      ) => Promise<Record<string, string>>)
    | null;
}

/** Attempts of one question, before the whole transfer waits. */
const ATTEMPTS = 4;
const FIRST_DELAY_MS = 500;
/** What a server may ask for with `Retry-After` without the transfer being given up for now. */
const LONGEST_DELAY_MS = 10_000;
/** Larger than any segment; a file of unknown length is fetched in parts. */
const MAX_BYTES = 128 * 1024 * 1024;

/**
 * Asks until there is an answer, a few times. A range that the server does not keep to is a failure: what is stored would
 * be other bytes than were asked for.
 *
 * @throws TransferFailure; the signal's reason after an abort.
 */
export async function fetchAnswer(
  question: Question,
  network: Network,
  signal: AbortSignal,
): Promise<IncomingAnswer> {
  let reason: AuthorizeReason = 'initial';

  for (let attempt = 1; ; attempt += 1) {
    const failure = await attemptOnce(question, { network, reason, signal });
    if (!(failure instanceof Failure)) return failure;

    signal.throwIfAborted();
    const { outcome, retryAfterMs } = failure;
    if (outcome === 401 && network.authorize !== null && reason === 'initial') {
      reason = 'unauthorized';
      continue;
    }
    const isTransient = isPassing(outcome);
    if (!isTransient || attempt >= ATTEMPTS || !network.isOnline() || retryAfterMs > LONGEST_DELAY_MS) {
      throw new TransferFailure(toError(question, failure), { isTransient });
    }
    const backoff = FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.75 + network.random() / 2);
    await delay(Math.max(backoff, retryAfterMs), network.clock, signal);
  }
}

type Outcome = number | 'unreachable' | 'timeout';

/** How one attempt ended without an answer. */
class Failure {
  readonly outcome: Outcome;
  readonly detail: string | undefined;
  readonly retryAfterMs: number;

  constructor(
    outcome: Outcome,
    { detail, retryAfterMs = 0 }: { detail?: string; retryAfterMs?: number } = {},
  ) {
    this.outcome = outcome;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
  }
}

interface Attempt {
  readonly network: Network;
  readonly reason: AuthorizeReason;
  readonly signal: AbortSignal;
}

async function attemptOnce(
  question: Question,
  { network, reason, signal }: Attempt,
): Promise<IncomingAnswer | Failure> {
  signal.throwIfAborted();
  const { url, range, purpose } = question;
  const credentials = (await askPage(question, { network, reason, signal })) ?? {};
  signal.throwIfAborted();

  const headers = {
    ...credentials,
    ...(range && { range: `bytes=${range.start}-${range.end}` }),
  };
  const attempt = new AbortController();
  try {
    const response = await fetchInTime(network, url, {
      headers,
      signal: AbortSignal.any([signal, attempt.signal]),
      // Of a manifest the newest counts. Segments are stored once, here, and not a second time by the browser.
      cache: purpose === 'manifest' ? 'no-cache' : 'no-store',
    });
    const wanted = range === null ? 200 : 206;
    const isWholeInstead = response.status === 200 && range?.start === 0;
    if (response.status !== wanted && !isWholeInstead) {
      void response.body?.cancel().catch(() => {});
      // A server that answers a range with the whole file does not know ranges.
      if (response.ok) return new Failure(416, { detail: 'The server does not answer byte ranges.' });
      return new Failure(response.status, { retryAfterMs: retryAfter(response, network.clock) });
    }
    return await toAnswer(question, response, { network, signal });
  } catch (error) {
    // A body that is late may still come.
    attempt.abort();
    signal.throwIfAborted();
    if (error instanceof PlaybackError) throw new TransferFailure(error, { isTransient: false });
    // To ask again would bring the same: bytes that nobody pays twice for.
    if (error instanceof RangeError) return new Failure(416, { detail: error.message });
    const isLate = error instanceof DOMException && error.name === 'TimeoutError';
    return new Failure(isLate ? 'timeout' : 'unreachable');
  }
}

async function askPage({ purpose, url }: Question, { network, reason, signal }: Attempt) {
  const { authorize } = network;
  if (authorize === null) return null;
  try {
    return await unlessAborted(authorize(purpose, url, reason), signal);
  } catch (cause) {
    signal.throwIfAborted();
    const error = cause instanceof PlaybackError ? cause : new PlaybackError('authorize-failed', { cause });
    throw new TransferFailure(error, { isTransient: false });
  }
}

async function toAnswer(
  { url, range, buffers }: Question,
  response: Response,
  { network, signal }: Omit<Attempt, 'reason'>,
): Promise<IncomingAnswer | Failure> {
  const span = response.status === 206 ? readContentRange(response.headers.get('content-range')) : null;
  if (range !== null && response.status === 206 && span?.start !== range.start) {
    void response.body?.cancel().catch(() => {});
    return new Failure(416, {
      detail: response.headers.has('content-range')
        ? 'The server answered with another range than was asked for.'
        : 'The server does not let this page read Content-Range.',
    });
  }

  const { clock } = network;
  const data = await readBody(response, { maxBytes: MAX_BYTES, clock, signal, buffers });
  const expected = span === null ? lengthOf(response) : span.end - span.start + 1;
  if (expected !== null && data.byteLength !== expected) return new Failure('unreachable');

  const start = span?.start ?? 0;
  const fileBytes = span === null ? data.byteLength : span.total;
  return {
    url,
    start,
    end: start + data.byteLength - 1,
    isWhole: start === 0 && fileBytes === data.byteLength,
    fileBytes,
    data,
    sha256: await crypto.subtle.digest('SHA-256', data),
    etag: response.headers.get('etag'),
    contentType: response.headers.get('content-type'),
    finalUrl: response.url === '' ? url : response.url,
  };
}

/**
 * How long a body must be; `null` where that cannot be told: the length is of what was sent, which is something else where it
 * was compressed, and other origins do not show whether it was. Firefox lets pass what was cut off.
 */
function lengthOf({ headers, type }: Response): number | null {
  const text = headers.get('content-length');
  if (text === null || type === 'cors' || headers.has('content-encoding')) return null;
  return Number(text);
}

/** RFC 9110, section 14.4. */
function readContentRange(
  header: string | null,
): { start: number; end: number; total: number | null } | null {
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header?.trim() ?? '') ?? [];
  const [start, end] = [Number(first), Number(last)];
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || end < start) return null;
  return { start, end, total: total === '*' ? null : Number(total) };
}

/** Whether the same question can bring an answer later. */
function isPassing(outcome: Outcome): boolean {
  if (typeof outcome !== 'number') return true;
  return outcome >= 500 || outcome === 408 || outcome === 425 || outcome === 429;
}

function toError({ purpose }: Question, { outcome, detail }: Failure): PlaybackError {
  return new PlaybackError(httpErrorCode(purpose, outcome), {
    ...(detail !== undefined && { message: detail }),
    ...(typeof outcome === 'number' && { httpStatus: outcome }),
  });
}

/** RFC 9110, section 10.2.3: seconds, or a date. In milliseconds. */
function retryAfter(response: Response, clock: Clock): number {
  const text = response.headers.get('retry-after');
  if (text === null) return 0;
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - clock.now();
  return Number.isFinite(milliseconds) ? Math.max(milliseconds, 0) : 0;
}

function delay(milliseconds: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    const onAbort = () => {
      cancel();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
