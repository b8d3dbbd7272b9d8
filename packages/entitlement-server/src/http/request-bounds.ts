import { createProblem } from '@secure-player/protocol';
import type { MiddlewareHandler } from 'hono';

import { problemResponse } from './problem-response.js';
import type { ServerEnv } from './server-env.js';

/** Longer than any address of this server with any session id and query it takes. */
const MAX_URL_LENGTH = 4096;
/** More than any handler reads; each has a bound of its own besides, which holds for bodies of no known length too. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Turns away what is too long before anything looks at it. */
export function requestBounds(): MiddlewareHandler<ServerEnv> {
  return async function requireBounds(c, next) {
    const length = Number(c.req.raw.headers.get('content-length'));
    if (c.req.url.length <= MAX_URL_LENGTH && !(length > MAX_BODY_BYTES)) return next();

    return problemResponse(c, createProblem('payload-too-large'));
  };
}
