import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { serveStatic } from '@hono/node-server/serve-static';
import {
  createEntitlementServer,
  createInMemoryStore,
  demoAccounts,
  type EntitlementServerOptions,
  type Log,
} from '@secure-player/entitlement-server';
import { Hono } from 'hono';

import { matchRoute } from '../site/routes.js';
import { pageHeaders } from './page-headers.js';

/** Options of {@link createDemoSite}. */
export interface DemoSiteOptions extends Pick<
  EntitlementServerOptions,
  | 'titles'
  | 'mediaRoot'
  | 'keySeed'
  | 'accounts'
  | 'clock'
  | 'random'
  | 'log'
  | 'logLevel'
  | 'heartbeatSeconds'
  | 'rateLimits'
> {
  /** What plans pay for. @default {@link DEMO_PLANS} */
  readonly plans?: EntitlementServerOptions['plans'];
  /**
   * The folder with the built pages; null serves the API and the media alone.
   * @default the pages that were built with this module
   */
  readonly clientRoot?: string | null | undefined;
}

/** The site, as something that answers requests. */
export interface DemoSite {
  /** Its `fetch` takes a Web Request and gives a Web Response. */
  readonly app: Hono;
  /** Whether a URL path belongs to the API or the media, and not to the pages. */
  readonly handles: (pathname: string) => boolean;
}

/** On how many screens at a time an account may watch, and on how many devices it may keep films. */
export const DEMO_PLANS = {
  basic: { streams: { limit: 1, onLimit: 'deny-new' }, offlineDevices: 1 },
  premium: { streams: { limit: 3, onLimit: 'deny-new' }, offlineDevices: 3 },
} as const satisfies EntitlementServerOptions['plans'];

const BUILT_CLIENT = fileURLToPath(new URL('../client', import.meta.url));
/** Vite puts a hash of the content into these names. */
const HASHED = 'public, max-age=31536000, immutable';

/**
 * Puts the entitlement server and the pages behind one address. The accounts are the published demo accounts unless given, and
 * their plans have limits.
 * There are licenses for the virtual CDM too; a page without one plays under Clear Key as ever.
 */
export function createDemoSite(options: DemoSiteOptions): DemoSite {
  const {
    clientRoot = BUILT_CLIENT,
    accounts = demoAccounts(),
    plans = DEMO_PLANS,
    log = writeLog,
    clock = Date.now,
    ...rest
  } = options;
  const store = createInMemoryStore({ clock });
  const { rentals } = store.tenant('default');
  for (const { id } of accounts) {
    // There is no till: everybody has rented what is for rent as the site begins.
    for (const title of rest.titles.filter(({ access }) => access === 'rental')) {
      void rentals.rent(id, title.id, clock());
    }
  }
  const api = createEntitlementServer({
    ...rest,
    ...{ accounts, plans, log, clock, store },
    virtualKeySystems: true,
  });
  const app = new Hono();

  // The API keeps its own headers and its own 404: the pages below never see its paths.
  app.use(async (c, next) => {
    if (!api.handles(c.req.path)) return next();
    return api.app.fetch(c.req.raw, c.env);
  });
  if (clientRoot !== null) addPages(app, clientRoot);
  // Left to itself, Hono prints the stack, which names folders of this machine and may quote the request.
  app.onError((error, c) => {
    log({ event: 'fault', level: 'error', time: clock(), name: error.constructor.name, frames: [] });
    return c.text('Something went wrong on the server', 500);
  });

  return { ...api, app };
}

/** One JSON line each, as the entitlement server does by default. */
const writeLog: Log = (entry) => {
  process.stderr.write(`${JSON.stringify(entry)}\n`);
};

function addPages(app: Hono, clientRoot: string): void {
  const files = serveStatic({ root: clientRoot, precompressed: true });

  app.use(pageHeaders());
  app.use(async (c, next) => {
    await next();
    const isHashed = c.res.ok && c.req.path.startsWith('/assets/');
    c.header('Cache-Control', isHashed ? HASHED : 'no-cache');
  });
  app.get('/assets/*', files, (c) => c.text('Not found', 404));
  app.get('*', async (c, next) => (c.req.path.endsWith('/') ? next() : files(c, next)));
  app.get('*', async (c) => {
    const shell = await readFile(join(clientRoot, 'index.html'), 'utf8');
    // As it was sent, which is how the pages read it: Hono's own path is decoded, and `/%20` is not `/`.
    const { pathname } = new URL(c.req.url);
    return c.html(shell, matchRoute(pathname).page === 'not-found' ? 404 : 200);
  });
}
