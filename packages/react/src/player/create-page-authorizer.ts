import { Authorizer, type Authorize } from '@secure-player/core';

/** How a page gives credentials, read each time anew. */
export interface PageCredentials {
  readonly authorize: Authorize | undefined;
  readonly authorizedOrigins: readonly string[];
  readonly authorizeSegments?: boolean | undefined;
}

/** Asks this page for credentials, and knows its origin. It reads nothing before it is asked, so it may be made on a server. */
export function createPageAuthorizer(credentials: () => PageCredentials): Authorizer {
  return new Authorizer({
    authorize: () => credentials().authorize,
    authorizedOrigins: () => credentials().authorizedOrigins,
    authorizeSegments: () => credentials().authorizeSegments ?? false,
    pageUrl: () => globalThis.document?.baseURI,
    pageOrigin: () => globalThis.location?.origin,
  });
}
