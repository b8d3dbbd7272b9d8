import { ProblemError } from './problem-error.js';

/**
 * Reads a request's body and stops at the limit, whatever Content-Length promised or left out. Hono's own
 * `bodyLimit` trusts a Content-Length and rebuilds the request when there is none, which the Node adapter can only
 * do when it is allowed to replace the global `Request` of the whole process.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const declared = request.headers.get('content-length');
  if (Number(declared) > limit) throw tooLarge(limit);
  if (declared !== null && !request.headers.has('transfer-encoding')) return readWhole(request, limit);
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

/**
 * HTTP ends a body at the length it declares (RFC 9112 section 6.3), so that one may be read at once, which is several times
 * quicker than piece by piece. A Request that a program made may declare anything, but is in memory already.
 */
async function readWhole(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(await request.arrayBuffer().catch(rethrowCutOff));
  if (bytes.length > limit) throw tooLarge(limit);
  return bytes;
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
