import { expect, it } from 'vitest';

import {
  CircuitBreaker,
  resolveBreakerOptions,
  type BreakerOptions,
  type BreakerPermit,
} from './circuit-breaker.js';

it('opens after a run of failures, and turns everybody away until its time is over', () => {
  const { breaker, clock } = setup({ consecutiveFailures: 3, openMs: 5000 });

  fail(breaker, 2);
  expect(breaker.state).toEqual({ status: 'closed' });
  fail(breaker, 1);

  expect(breaker.state).toEqual({ status: 'open', until: clock.now + 5000 });
  expect(breaker.enter()).toBeNull();
  expect(breaker.retryAfterSeconds).toBe(5);
  clock.now += 4999;
  expect(breaker.enter()).toBeNull();
  expect(breaker.retryAfterSeconds).toBe(1);
});

it('counts a run anew after a success', () => {
  const { breaker } = setup({ consecutiveFailures: 3 });

  fail(breaker, 2);
  enter(breaker).succeed();
  fail(breaker, 2);

  expect(breaker.state.status).toBe('closed');
});

it('lets one request at a time try when its time is over, and closes when that succeeds', () => {
  const { breaker, clock } = open();

  clock.now += 5000;
  expect(breaker.state).toEqual({ status: 'half-open' });
  const probe = enter(breaker);
  expect(breaker.enter()).toBeNull();
  expect(breaker.retryAfterSeconds).toBe(1);

  probe.succeed();
  expect(breaker.state).toEqual({ status: 'closed' });
  expect(breaker.enter()).not.toBeNull();
});

it('opens again when the probe fails', () => {
  const { breaker, clock } = open();

  clock.now += 5000;
  enter(breaker).fail();

  expect(breaker.state).toEqual({ status: 'open', until: clock.now + 5000 });
});

it('lets another request try when the probe learnt nothing', () => {
  const { breaker, clock } = open();

  clock.now += 5000;
  enter(breaker).abandon();

  expect(breaker.state.status).toBe('half-open');
  expect(breaker.enter()).not.toBeNull();
});

it('opens at a share of failures, but not before there are enough requests to tell', () => {
  const { breaker } = setup({ consecutiveFailures: 100, failureShare: 0.5, minimumRequests: 10 });

  for (let round = 0; round < 4; round += 1) {
    enter(breaker).fail();
    enter(breaker).succeed();
  }
  enter(breaker).succeed();
  expect(breaker.state.status).toBe('closed');
  enter(breaker).fail();

  expect(breaker.state.status).toBe('open');
});

it('forgets failures that have left the window', () => {
  const { breaker, clock } = setup({
    consecutiveFailures: 100,
    failureShare: 0.5,
    minimumRequests: 4,
    windowMs: 10_000,
  });

  fail(breaker, 3);
  clock.now += 11_000;
  enter(breaker).succeed();
  enter(breaker).fail();

  expect(breaker.state.status).toBe('closed');
});

it('ignores what comes late from requests of an earlier state', () => {
  const { breaker, clock } = setup({ consecutiveFailures: 1, openMs: 5000 });
  const late = enter(breaker);
  const later = enter(breaker);
  fail(breaker, 1);
  clock.now += 5000;
  const probe = enter(breaker);

  late.succeed();
  later.fail();
  expect(breaker.state.status).toBe('half-open');
  expect(breaker.enter()).toBeNull();

  probe.succeed();
  expect(breaker.state.status).toBe('closed');
});

it('takes the first word of a permit and no other', () => {
  const { breaker } = setup({ consecutiveFailures: 1 });
  const permit = enter(breaker);

  permit.succeed();
  permit.fail();
  permit.abandon();

  expect(breaker.state.status).toBe('closed');
});

it('gives the same state as long as nothing changes', () => {
  const { breaker } = open();

  expect(breaker.state).toBe(breaker.state);
});

it('does not stay open for ever when the clock is set back', () => {
  const { breaker, clock } = open();

  clock.now -= 3_600_000;

  expect(breaker.state.status).toBe('half-open');
});

function setup(options: BreakerOptions) {
  const clock = { now: 1_000_000 };
  return { clock, breaker: new CircuitBreaker(() => clock.now, resolveBreakerOptions(options)) };
}

function open() {
  const { breaker, clock } = setup({ consecutiveFailures: 1, openMs: 5000 });
  fail(breaker, 1);
  return { breaker, clock };
}

function enter(breaker: CircuitBreaker): BreakerPermit {
  const permit = breaker.enter();
  if (permit === null) throw new Error('The breaker is open');
  return permit;
}

function fail(breaker: CircuitBreaker, times: number): void {
  for (let time = 0; time < times; time += 1) enter(breaker).fail();
}
