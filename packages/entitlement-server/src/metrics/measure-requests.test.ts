import type { ProblemCode } from '@secure-player/protocol';
import { Hono } from 'hono';
import { expect, test } from 'vitest';

import { ProblemError } from '../http/problem-error.js';
import { errorResponse } from '../http/problem-response.js';
import type { ServerEnv } from '../http/server-env.js';
import type { LicenseUpstream, UpstreamRequest } from '../license-proxy/license-upstream.js';
import { measureRequests } from './measure-requests.js';
import { measureUpstream } from './measure-upstream.js';
import type { Metrics } from './metrics.js';

/** Writes down what it is told, in the order of the calls. */
function record(): Metrics & { readonly calls: unknown[][] } {
  const calls: unknown[][] = [];
  return {
    calls,
    request: ({ seconds, ...rest }) => calls.push(['request', rest, seconds]),
    license: (...values) => calls.push(['license', ...values]),
    lease: (...values) => calls.push(['lease', ...values]),
    upstream: (...values) => calls.push(['upstream', ...values]),
    breaker: (...values) => calls.push(['breaker', ...values]),
  };
}

/** A clock of which every look takes a quarter of a second. */
function slowClock(): () => number {
  let now = 0;
  return () => (now += 250);
}

function setup(code?: ProblemCode) {
  const metrics = record();
  const app = new Hono<ServerEnv>();
  const answer = (): Response => {
    if (code === undefined) return new Response('yes');
    throw new ProblemError(code);
  };
  app.use(measureRequests(metrics, { now: slowClock() }));
  app.post('/license/:system', answer);
  app.put('/v1/playback-sessions/:id', answer);
  app.onError((error, c) => errorResponse(error, c, () => {}));
  return { app, calls: metrics.calls };
}

test('a request is counted by its pattern, never by what the client wrote', async () => {
  const { app, calls } = setup();
  await app.request('/v1/playback-sessions/secret', { method: 'PUT' });
  await app.request('/nothing/secret', { method: 'PUT' });
  await app.request('/license/secret', { method: 'POST' });
  await app.request('/license/widevine', { method: 'SECRET' });

  expect(JSON.stringify(calls)).not.toMatch(/secret/i);
  expect(calls[0]).toEqual([
    'request',
    { method: 'PUT', route: '/v1/playback-sessions/:id', status: 200, code: undefined },
    0.25,
  ]);
  expect(calls.map(([, request]) => (request as { route: string }).route).slice(1)).toEqual([
    'unmatched',
    '/license/:system',
    'unmatched',
  ]);
});

test.each([
  [undefined, 'granted'],
  ['plan-insufficient', 'plan-insufficient'],
] as const)('a license is counted by system and decision: %s', async (code, decision) => {
  const { app, calls } = setup(code);
  await app.request('/license/playready', { method: 'POST' });
  expect(calls).toContainEqual(['license', 'playready', decision]);
});

test('where licenses have an address of another form, they are counted there', async () => {
  const metrics = record();
  const app = new Hono<ServerEnv>();
  app.use(measureRequests(metrics, { licenseRoute: '/:system', now: slowClock() }));
  for (const path of ['/:system', '/inspect/:system', '/license/:system'])
    app.post(path, (c) => c.text('yes'));
  for (const path of ['/inspect/widevine', '/license/widevine', '/widevine', '/secret'])
    await app.request(path, { method: 'POST' });

  expect(metrics.calls.filter(([name]) => name === 'license')).toEqual([['license', 'widevine', 'granted']]);
});

test.each([
  ['stream-limit-reached', 'refused'],
  ['session-superseded', 'superseded'],
] as const)('a stream that is not to be had is counted: %s', async (code, event) => {
  const { app, calls } = setup(code);
  await app.request('/v1/playback-sessions/some', { method: 'PUT' });
  expect(calls).toContainEqual(['lease', event]);
});

const NOBODY_LEFT = new AbortController().signal;

const requestOf = (signal: AbortSignal): UpstreamRequest => ({ signal }) as UpstreamRequest;

test.each([
  ['license-upstream-timeout', 'timeout'],
  ['license-upstream-failed', 'failed'],
  ['license-upstream-refused', 'refused'],
  ['security-level-insufficient', 'refused'],
] as const)('an exchange with a license server is counted by how it ended: %s', async (code, outcome) => {
  const metrics = record();
  const failing: LicenseUpstream = {
    send: async () => {
      throw new ProblemError(code);
    },
  };
  const sent = measureUpstream(failing, 'vendor', metrics, slowClock()).send(requestOf(NOBODY_LEFT));
  await expect(sent).rejects.toThrow(ProblemError);
  expect(metrics.calls).toEqual([['upstream', 'vendor', outcome, 0.25]]);
});

test('an exchange whose client has gone is no fault of the license server', async () => {
  const metrics = record();
  const reason = new Error('The player has gone.');
  const waiting: LicenseUpstream = {
    send: async ({ signal }) => {
      throw signal.reason as Error;
    },
  };
  const sent = measureUpstream(waiting, 'vendor', metrics, slowClock()).send(
    requestOf(AbortSignal.abort(reason)),
  );
  await expect(sent).rejects.toBe(reason);
  expect(metrics.calls).toEqual([['upstream', 'vendor', 'abandoned', 0.25]]);
});

test('an exchange that works gives what the license server said', async () => {
  const metrics = record();
  const answer = { body: new Uint8Array([1]), contentType: null };
  const working = measureUpstream({ send: async () => answer }, 'built-in', metrics, slowClock());

  // Without a signal, which is dear to make.
  expect(await working.send({} as UpstreamRequest)).toBe(answer);
  expect(metrics.calls).toEqual([['upstream', 'built-in', 'answered', 0.25]]);
});
