import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';

import { createAddressList } from '../edge/address-list.js';
import { resolveEdgeOptions } from '../edge/edge-options.js';
import { edge } from '../edge/edge.js';
import { errorResponse } from '../http/problem-response.js';
import type { ServerEnv } from '../http/server-env.js';
import { NO_METRICS } from '../metrics/metrics.js';
import { healthRoutes } from './health-routes.js';
import { Readiness, type ReadinessCheck } from './readiness.js';

function setup(checks: readonly ReadinessCheck[] = []) {
  let now = 0;
  const readiness = new Readiness({ checks, clock: () => now, timeoutMs: 20 });
  const app = new Hono<ServerEnv>();
  app.use(edge((c) => c.req.header('Test-Peer') ?? null, resolveEdgeOptions({})));
  app.route(
    '/',
    healthRoutes({
      readiness,
      metrics: { ...NO_METRICS, contentType: 'text/plain; version=0.0.4', render: async () => 'up 1\n' },
      metricsReaders: createAddressList(['127.0.0.0/8', '::1'], 'metricsReaders'),
    }),
  );
  app.onError((error, c) => errorResponse(error, c, () => {}));
  const ready = async (): Promise<[number, string | undefined]> => {
    const response = await app.request('/readyz');
    const { status, detail } = (await response.json()) as { status?: unknown; detail?: string };
    return [response.status, status === 'ready' ? 'ready' : detail];
  };
  return { app, readiness, ready, advance: (ms: number) => (now += ms) };
}

describe('/readyz', () => {
  test('says yes when everything is ready', async () => {
    const { ready } = setup([{ name: 'store', isReady: () => true }]);
    expect(await ready()).toEqual([200, 'ready']);
  });

  test('names what is not ready, and nothing of the reason', async () => {
    const { ready } = setup([
      { name: 'store', isReady: async () => Promise.reject(new Error('postgres://secret@db.internal')) },
      { name: 'cache', isReady: async () => true },
      { name: 'license-servers', isReady: () => false },
      { name: 'slow', isReady: async () => new Promise(() => {}) },
      {
        name: 'broken',
        isReady() {
          throw new Error('secret');
        },
      },
    ]);
    expect(await ready()).toEqual([503, 'Not ready: store, license-servers, slow, broken.']);
  });

  test('asks once a second, however many ask it', async () => {
    let asked = 0;
    const { ready, advance } = setup([{ name: 'store', isReady: () => (asked += 1) > 0 }]);
    await Promise.all([ready(), ready(), ready()]);
    expect(asked).toBe(1);
    advance(1000);
    await ready();
    expect(asked).toBe(2);
  });

  test('asks again when the clock was set back', async () => {
    let isUp = true;
    const { ready, advance } = setup([{ name: 'store', isReady: () => isUp }]);
    expect((await ready())[0]).toBe(200);
    isUp = false;
    advance(-3_600_000);
    expect(await ready()).toEqual([503, 'Not ready: store.']);
  });

  test('says no from the moment the server shuts down, though all else is well', async () => {
    const { app, ready, readiness } = setup([{ name: 'store', isReady: () => true }]);
    expect((await ready())[0]).toBe(200);
    readiness.shutDown();
    expect(await ready()).toEqual([503, 'Not ready: shutting-down.']);
    expect((await app.request('/healthz')).status).toBe(200);
  });
});

describe('/metrics', () => {
  const read = async (headers: Record<string, string>) => setup().app.request('/metrics', { headers });

  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('is read by who is listed: %s', async (peer) => {
    const response = await read({ 'Test-Peer': peer });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4');
    expect(await response.text()).toBe('up 1\n');
  });

  test.each([
    { 'Test-Peer': '203.0.113.7' },
    {},
    { 'Test-Peer': '203.0.113.7', 'X-Forwarded-For': '127.0.0.1' },
    { 'Test-Peer': '127.0.0.1', 'X-Forwarded-For': '203.0.113.7' },
    { 'Test-Peer': '127.0.0.1', Forwarded: 'for=127.0.0.1' },
    { 'Test-Peer': '127.0.0.1', Via: '1.1 proxy' },
  ])('is not there for anybody else, nor through a proxy: %j', async (headers) => {
    expect((await read(headers as Record<string, string>)).status).toBe(404);
  });
});
