import { expect, it } from 'vitest';

import { createRequest, NOW } from './testing/grants.js';
import { problemOf } from './testing/problem-of.js';
import { answerLicense, setupUpstream } from './testing/setup-upstream.js';

it('leaves a server that fails alone, and asks it again with one request when time is over', async () => {
  let isDown = true;
  const { upstream, peer, clock } = await setupUpstream(
    (request, response) => {
      if (isDown) response.writeHead(500).end();
      else void answerLicense(request, response);
    },
    { breaker: { consecutiveFailures: 2, openMs: 5000 } },
  );
  const ask = async () => problemOf(upstream.send(createRequest()));
  await ask();
  await ask();
  expect(upstream.breaker).toEqual({ status: 'open', until: NOW + 5000 });

  expect(await ask()).toEqual({ code: 'license-upstream-failed', headers: { 'Retry-After': '5' } });
  expect(peer.requests).toHaveLength(2);
  expect(upstream.counts.turnedAway).toBe(1);

  clock.now += 5000;
  isDown = false;
  const [probe, other] = await Promise.allSettled([
    upstream.send(createRequest()),
    upstream.send(createRequest()),
  ]);
  expect(probe.status).toBe('fulfilled');
  expect(other.status).toBe('rejected');
  expect(peer.requests).toHaveLength(3);
  expect(upstream.breaker.status).toBe('closed');
});

it('lets another request try when the caller of the one that tried gives up', async () => {
  let isDown = true;
  const { upstream, peer, clock } = await setupUpstream(
    (_, response) => {
      if (isDown) response.writeHead(500).end();
    },
    { breaker: { consecutiveFailures: 1, openMs: 5000 } },
  );
  await problemOf(upstream.send(createRequest()));
  clock.now += 5000;
  isDown = false;
  const caller = new AbortController();
  const reason = new Error('The player has gone.');

  const probe = upstream.send(createRequest({}, { signal: caller.signal }));
  await peer.received(2);
  caller.abort(reason);
  await expect(probe).rejects.toBe(reason);
  isDown = true;
  await problemOf(upstream.send(createRequest()));

  expect(peer.requests).toHaveLength(3);
});

it('does not take refusals for failures', async () => {
  const { upstream, peer } = await setupUpstream((_, response) => response.writeHead(403).end(), {
    breaker: { consecutiveFailures: 1 },
  });

  for (let time = 0; time < 3; time += 1) await problemOf(upstream.send(createRequest()));

  expect(upstream.breaker.status).toBe('closed');
  expect(peer.requests).toHaveLength(3);
});

it('sends nothing, and blames nobody, when no token can be made', async () => {
  const error = new Error('no key');
  const { upstream, peer } = await setupUpstream(
    answerLicense,
    { breaker: { consecutiveFailures: 1 } },
    {
      mintToken: async () => {
        throw error;
      },
    },
  );

  await expect(upstream.send(createRequest())).rejects.toBe(error);

  expect(peer.requests).toHaveLength(0);
  expect(upstream.breaker.status).toBe('closed');
});
