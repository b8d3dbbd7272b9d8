import { clientsClaim } from 'workbox-core';
import { createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

import { SHELL_PAGES } from './shell-pages.js';

/** Put in by the build: every file of the client. */
declare const SHELL_FILES: PrecacheEntry[];
declare const self: ServiceWorkerGlobalScope;

// What is not in this list is not answered here, and goes to the network as if there were no service worker: the API,
// licenses, keys and media. Of those nothing is ever in a cache.
precacheAndRoute(SHELL_FILES);

registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { allowlist: SHELL_PAGES }));

// The first one serves the page that brought it. A later one waits, as the old pages may want what only they know.
clientsClaim();

self.addEventListener('message', ({ data }: ExtendableMessageEvent) => {
  if ((data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
