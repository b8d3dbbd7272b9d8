// One server of the license benchmark, in a process of its own: `echo`, or an entitlement server with a store.
// Usage: node bench/licenses/server.mjs echo|memory|pglite|pglite-process-kill|postgres
import process from 'node:process';

import { serve as serveHono } from '@hono/node-server';
import { createEntitlementServer, hashPassword, serve } from '@secure-player/entitlement-server';
import { Hono } from 'hono';

import { ACCOUNTS, KEY_SEED, TITLE, TOKEN_KEYS } from './fixture.mjs';
import { openStore } from './open-store.mjs';

const [kind = 'echo'] = process.argv.slice(2);

if (kind === 'echo') {
  const app = new Hono();
  app.post('/echo', async (c) => c.body(await c.req.arrayBuffer()));
  const server = serveHono({
    fetch: app.fetch,
    hostname: '127.0.0.1',
    port: 0,
    overrideGlobalObjects: false,
  });
  server.once('listening', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null) report(address.port);
  });
} else {
  const passwordHash = await hashPassword('bench', { cost: { N: 16, r: 1, p: 1 } });
  const store = await openStore(kind);
  const server = createEntitlementServer({
    titles: [TITLE],
    mediaRoot: 'no-media',
    keySeed: KEY_SEED,
    tokenKeys: TOKEN_KEYS,
    store,
    plans: { premium: { streams: { limit: 3 } } },
    accounts: Array.from({ length: ACCOUNTS }, (_, index) => ({
      id: `account-${index}`,
      username: `viewer-${index}`,
      name: 'Viewer',
      passwordHash,
      plan: /** @type {const} */ ('premium'),
      subscriptionEndsAt: Date.now() + 86_400_000,
    })),
    logLevel: 'error',
    // One address sends all of them.
    rateLimits: false,
  });
  const running = await serve({ server });
  report(running.port);
}

/** @param {number} port */
function report(port) {
  process.send?.({ port });
}

process.on('message', (message) => {
  if (message !== 'usage') return;
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ heapUsed, rss, cpu: process.cpuUsage() });
});
process.on('disconnect', () => process.exit());
