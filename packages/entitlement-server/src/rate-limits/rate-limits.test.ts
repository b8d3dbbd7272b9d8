import { Hono } from 'hono';
import { expect, test } from 'vitest';

import { resolveEdgeOptions } from '../edge/edge-options.js';
import { edge } from '../edge/edge.js';
import { ProblemError } from '../http/problem-error.js';
import { errorResponse } from '../http/problem-response.js';
import type { ServerEnv } from '../http/server-env.js';
import { codeOf } from '../testing/setup.js';
import { limitAddresses } from './limit-addresses.js';
import { resolveRateLimits, type RateLimitOptions } from './rate-limit-options.js';
import { RateLimits } from './rate-limits.js';

const TIGHT = { burst: 10, perMinute: 60 };
const EACH: RateLimitOptions = {
  login: { address: TIGHT, account: TIGHT },
  sessions: { address: { burst: 2, perMinute: 60 } },
  licenses: { address: { burst: 3, perMinute: 60 } },
  other: { address: { burst: 4, perMinute: 60 } },
};

/** A small server whose login takes the password `right`. */
function setup(options: RateLimitOptions | false = EACH) {
  let now = 0;
  const limits = new RateLimits(resolveRateLimits(options), () => now);
  const app = new Hono<ServerEnv>();
  app.use(edge((c) => c.req.header('Test-Peer') ?? null, resolveEdgeOptions({})));
  app.use(limitAddresses(limits));
  app.post('/v1/login', async (c) => {
    const isRight = (await c.req.text()) === 'right';
    if (isRight) return c.json({});

    throw new ProblemError('credentials-rejected');
  });
  app.all('*', (c) => c.json({}));
  app.onError((error, c) => errorResponse(error, c, () => {}));

  const send = async (path: string, peer: string | null = '203.0.113.7', method = 'POST', body?: string) =>
    app.request(path, { method, headers: peer === null ? {} : { 'Test-Peer': peer }, body: body ?? null });
  return {
    limits,
    send,
    advance: (seconds: number) => (now += seconds * 1000),
    logIn: async (password: string, peer?: string) => send('/v1/login', peer, 'POST', password),
    /** How many of these are answered before the first is refused. */
    countAnswered: async (path: string, peer?: string | null, method?: string) => {
      for (let count = 0; count < 500; count += 1) {
        if ((await send(path, peer, method)).status === 429) return count;
      }
      return Infinity;
    },
  };
}

test('logins, sessions, licenses and the rest each have a budget of their own', async () => {
  const { countAnswered } = setup();
  expect(await countAnswered('/v1/playback-sessions')).toBe(2);
  expect(await countAnswered('/license/clearkey')).toBe(3);
  expect(await countAnswered('/v1/playback-sessions/some', undefined, 'PUT')).toBe(4);
  expect((await setup().send('/v1/catalog', undefined, 'GET')).status).toBe(200);
});

test('who asks too often is told how long to wait, and waiting as long is enough', async () => {
  const { countAnswered, send, advance } = setup();
  await countAnswered('/license/clearkey');
  const refused = await send('/license/clearkey');

  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  expect(await codeOf(refused)).toBe('too-many-requests');
  advance(1);
  expect((await send('/license/clearkey')).status).toBe(200);
});

test('addresses do not count against each other, and a /64 of IPv6 is one', async () => {
  const { countAnswered } = setup();
  expect(await countAnswered('/license/clearkey', '203.0.113.7')).toBe(3);
  expect(await countAnswered('/license/clearkey', '203.0.113.8')).toBe(3);
  expect(await countAnswered('/license/clearkey', '2001:db8:1:2::1')).toBe(3);
  expect(await countAnswered('/license/clearkey', '2001:db8:1:2:ffff::9')).toBe(0);
  expect(await countAnswered('/license/clearkey', '2001:db8:1:3::1')).toBe(3);
  expect(await countAnswered('/license/clearkey', '::ffff:203.0.113.7')).toBe(0);
});

test('a wrong password costs five times a right one', async () => {
  const [right, wrong] = [setup(), setup()];
  const codes = [];
  for (let count = 0; count < 11; count += 1) codes.push((await right.logIn('right')).status);
  expect(codes).toEqual([...Array<number>(10).fill(200), 429]);

  expect((await wrong.logIn('wrong')).status).toBe(401);
  expect((await wrong.logIn('wrong')).status).toBe(401);
  const refused = await wrong.logIn('right');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
});

test.each(['address', 'account'] as const)(
  'guessing passwords at once is no cheaper than one by one: %s',
  (party) => {
    const MINUTE = 60;
    const wrongIn = (hours: number, guesses: number, pauseSeconds: number) => {
      const { limits, advance } = setup({ login: { [party]: { burst: 50, perMinute: 5 } } });
      let wrong = 0;
      for (let second = 0; second < hours * 60 * MINUTE; second += pauseSeconds) {
        const tried = [...Array<number>(guesses).keys()].filter(() => isLetIn(limits, party)).length;
        // All of them are under way before the first turns out to be wrong.
        for (let guess = 0; guess < tried; guess += 1) limits.countFailedLogin(party, 'ann');
        wrong += tried;
        advance(pauseSeconds);
      }
      return wrong;
    };
    expect(wrongIn(4, 1, 1)).toBe(250);
    for (const minutes of [10, 20, 50]) expect(wrongIn(4, 50, minutes * MINUTE)).toBeLessThanOrEqual(250);
  },
);

test('right passwords cost no more when they come at once', () => {
  const { limits } = setup({ login: { address: { burst: 50, perMinute: 5 } } });
  const letIn = [...Array<number>(60).keys()].filter(() => isLetIn(limits, 'address'));
  expect(letIn).toHaveLength(50);
});

function isLetIn(limits: RateLimits, party: 'address' | 'account'): boolean {
  try {
    limits.require('login', party, 'ann');
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

test('nobody is counted who cannot be told apart, nor media, nor who watches over the server', async () => {
  const { countAnswered } = setup();
  expect(await countAnswered('/license/clearkey', null)).toBe(Infinity);
  for (const path of ['/media/film/1.m4s', '/healthz', '/readyz', '/metrics']) {
    expect(await countAnswered(path, undefined, 'GET')).toBe(Infinity);
  }
});

test('accounts are counted wherever they come from', () => {
  const { limits } = setup({ login: { account: TIGHT }, licenses: { account: { burst: 1, perMinute: 60 } } });
  limits.require('licenses', 'account', 'ann');
  limits.require('licenses', 'account', 'bob');
  expect(() => limits.require('licenses', 'account', 'ann')).toThrow(ProblemError);

  for (const _attempt of [1, 2]) {
    limits.require('login', 'account', 'ann');
    limits.countFailedLogin('account', 'ann');
  }
  expect(() => limits.require('login', 'account', 'ann')).toThrow(ProblemError);
});

test('limits are on by default, and one or all of them can be turned off', async () => {
  expect(await setup({}).countAnswered('/v1/login')).toBe(12);
  expect(await setup({ login: { address: false } }).countAnswered('/v1/login')).toBe(Infinity);
  expect(await setup(false).countAnswered('/v1/login')).toBe(Infinity);
});

test.each([
  [{ login: { address: { burst: 0, perMinute: 1 } } }, 'rateLimits.login.address.burst'],
  [{ other: { account: { burst: 1, perMinute: 0 } } }, 'rateLimits.other.account.perMinute'],
  [{ other: { account: { burst: Number.NaN, perMinute: 1 } } }, 'rateLimits.other.account.burst'],
])('limits that cannot work are refused: %j', (options, field) => {
  expect(() => resolveRateLimits(options)).toThrow(expect.objectContaining({ field }));
});
