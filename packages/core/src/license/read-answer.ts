import { errorFromAnswer } from '../error/problem-error.js';
import { PlaybackError } from '../error/playback-error.js';
import type { LicenseRequest, LicenseResponse } from '../source/source.js';

/** A license, or an entitlement, is a few kilobytes; anything near this bound is something else. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Reads the answer of a license server, bounded, and turns an unsuccessful one into its error.
 *
 * @throws PlaybackError for a status outside 200 to 299, or a body over 1 MiB.
 */
export async function readAnswer(answer: Response, request: LicenseRequest): Promise<LicenseResponse> {
  const body = await readBounded(answer, request.signal);
  if (!answer.ok) throw errorFromAnswer(answer.status, parseJson(body));

  return { status: answer.status, headers: Object.fromEntries(answer.headers.entries()), body, request };
}

/**
 * The body of an answer, bounded.
 *
 * @throws PlaybackError for a body over 1 MiB, and for one that breaks off; the signal's reason after an abort.
 */
export async function readBounded(answer: Response, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;

  try {
    const reader = answer.body?.getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;

      size += value.byteLength;
      if (size > MAX_ANSWER_BYTES) {
        await reader.cancel();
        throw new PlaybackError('license-malformed', { message: 'The server answered over 1 MiB.' });
      }
      chunks.push(value);
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw cause instanceof PlaybackError ? cause : new PlaybackError('license-unreachable', { cause });
  }

  return concat(chunks, size);
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }

  return whole;
}

/** Null for what is no JSON. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
