import {
  errorFromAnswer,
  isPlaybackError,
  PlaybackError,
  type Authorizer,
  type AuthorizeReason,
  type Clock,
  type Source,
} from '@secure-player/core';

import { within } from './within.js';

/** An AES-128 key. Whatever is longer is something else. */
const KEY_BYTES = 16;

/** How long a key may take, in milliseconds, its second attempt included. */
const TIMEOUT_MS = 20_000;

/** What an AES-128 key is got with. */
export interface UrlKeyRequest {
  readonly url: string;
  readonly source: Source;
  readonly authorizer: Authorizer;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Fetches an AES-128 key. One 401 has `authorize` asked again.
 *
 * @throws PlaybackError of the `license-…` family; the signal's reason.
 */
export async function fetchUrlKey(request: UrlKeyRequest): Promise<Uint8Array<ArrayBuffer>> {
  const { clock, signal } = request;
  const late = () => new PlaybackError('license-timeout');

  try {
    return await within((bounded) => exchange(request, bounded), {
      clock,
      milliseconds: TIMEOUT_MS,
      signal,
      late,
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw isPlaybackError(cause) ? cause : new PlaybackError('license-unreachable', { cause });
  }
}

async function exchange(request: UrlKeyRequest, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  let answer = await send(request, 'initial', signal);
  if (answer.status === 401 && request.authorizer.isConfigured()) {
    await answer.body?.cancel();
    answer = await send(request, 'unauthorized', signal);
  }
  if (!answer.ok) throw errorFromAnswer(answer.status, await readProblem(answer), 'key');

  return readKey(answer);
}

async function send(
  { url, source, authorizer, fetch }: UrlKeyRequest,
  reason: AuthorizeReason,
  signal: AbortSignal,
): Promise<Response> {
  const headers = await authorizer.headersFor({ purpose: 'key', url, source, reason, signal });

  return fetch(url, { headers, signal, cache: 'no-store' });
}

/** What is no JSON says nothing. */
async function readProblem(answer: Response): Promise<unknown> {
  return answer.json().catch(() => null);
}

/** Reads no more than a key: an answer without an end would fill the memory. */
async function readKey(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const key = new Uint8Array(KEY_BYTES);
  const reader = answer.body?.getReader();
  let size = 0;
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk || chunk.done) break;

    if (size + chunk.value.byteLength > KEY_BYTES) {
      size = KEY_BYTES + 1;
      await reader?.cancel();
      break;
    }
    key.set(chunk.value, size);
    size += chunk.value.byteLength;
  }
  if (size === KEY_BYTES) return key;

  throw new PlaybackError(size === 0 ? 'license-empty' : 'license-malformed', {
    message: `An AES-128 key has ${KEY_BYTES} bytes; the server answered with ${size > KEY_BYTES ? 'more' : size}.`,
  });
}
