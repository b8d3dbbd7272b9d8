import { ProblemError } from './problem-error.js';

/**
 * Reads a request's body and stops at the limit, whatever Content-Length promised or left out. Hono's own
 * `bodyLimit` trusts a Content-Length and rebuilds the request when there is none, which the Node adapter can only
 * do when it is allowed to replace the global `Request` of the whole process.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length')) > limit) throw tooLarge(limit);
  if (request.body === null) return new Uint8Array();

  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(rethrowCutOff);
    if (done) break;

    length += value.length;
    if (length > limit) {
      await reader.cancel();
      throw tooLarge(limit);
    }
    chunks.push(value);
  }
  return concatenate(chunks, length);
}

function tooLarge(limit: number): ProblemError {
  return new ProblemError('payload-too-large', { detail: `At most ${limit} bytes are read here.` });
}

function rethrowCutOff(): never {
  throw new ProblemError('invalid-request', { detail: 'The body ended before it was complete.' });
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
