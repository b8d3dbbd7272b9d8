import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * Headers for answers that are data and never a page: nothing in them may run, be framed or be sniffed into another
 * type. A handler that set one itself (the media origin, which others may embed) keeps its own. No
 * Strict-Transport-Security: whether a host is reached by TLS alone is for whoever terminates TLS to say.
 */
export function securityHeaders(): MiddlewareHandler {
  return secureHeaders({
    overwrite: false,
    strictTransportSecurity: false,
    xFrameOptions: 'DENY',
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
}

/** Nothing that depends on an account may stay in a cache, unless the handler says otherwise itself. */
export function noStoreByDefault(): MiddlewareHandler {
  return async function noStore(c, next) {
    await next();
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  };
}
