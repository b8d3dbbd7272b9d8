import type { FuzzRequest } from './fuzz-world.js';

/** The request with another body, and what it is called. */
export function withBody(
  request: FuzzRequest,
  body: string | Uint8Array<ArrayBuffer>,
  mediaType: string | undefined,
): FuzzRequest {
  const others = request.headers.filter(([name]) => name !== 'Content-Type');
  return {
    method: request.method,
    target: request.target,
    headers: mediaType === undefined ? others : [...others, ['Content-Type', mediaType]],
    body,
  };
}
