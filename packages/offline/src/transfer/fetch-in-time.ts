import type { Network } from './fetch-answer.js';

/** Without the beginning of an answer for this long, a server counts as gone. */
const SILENCE_MS = 20_000;

/**
 * A fetch whose answer begins within bounds, and rejects with a `TimeoutError` else. How long its body takes is not its
 * business.
 */
export async function fetchInTime(
  { fetch, clock }: Pick<Network, 'fetch' | 'clock'>,
  url: string,
  { signal, ...init }: RequestInit & { readonly signal: AbortSignal },
): Promise<Response> {
  const silence = new AbortController();
  const cancel = clock.schedule(
    () => silence.abort(new DOMException('No answer came.', 'TimeoutError')),
    SILENCE_MS,
  );
  try {
    return await fetch(url, { ...init, signal: AbortSignal.any([signal, silence.signal]) });
  } finally {
    cancel();
  }
}
