import { expect, it } from 'vitest';

import { createRequest } from './testing/grants.js';
import { startHttpPeer } from './testing/http-peer.js';
import { createManualTimers } from './testing/manual-timers.js';
import { problemOf } from './testing/problem-of.js';
import { answerLicense, LICENSE, setupUpstream } from './testing/setup-upstream.js';

it('asks a server that refuses connections twice, with a token each, and tells of a failure', async () => {
  const { upstream, peer, minted } = await setupUpstream(answerLicense);
  await peer.close();

  expect(await problemOf(upstream.send(createRequest()))).toMatchObject({ code: 'license-upstream-failed' });

  expect(minted()).toEqual(['token-1', 'token-2']);
  expect(upstream.counts).toMatchObject({ failed: 1, repeated: 1 });
});

it('gets its license by the second attempt when the first could not connect', async () => {
  const refusing = await startHttpPeer(answerLicense);
  await refusing.close();
  let isFirst = true;
  const { upstream, peer, tokens } = await setupUpstream(
    answerLicense,
    {},
    {
      fetch: async (url, init) => {
        const target = isFirst ? url.replace(new URL(url).origin, refusing.url) : url;
        isFirst = false;
        return fetch(target, init);
      },
    },
  );

  await upstream.send(createRequest());

  expect(peer.requests).toHaveLength(1);
  expect(tokens()).toEqual(['token-2']);
});

it('asks again at once after 503 with Retry-After: 0, with another token, and no third time', async () => {
  const { upstream, peer, tokens } = await setupUpstream((_, response) =>
    response.writeHead(503, { 'Retry-After': '0' }).end(),
  );

  expect(await problemOf(upstream.send(createRequest()))).toMatchObject({ code: 'license-upstream-failed' });

  expect(peer.requests).toHaveLength(2);
  expect(tokens()).toEqual(['token-1', 'token-2']);
});

it('tells a server that hangs as a timeout, and never sends the message again', async () => {
  const timers = createManualTimers();
  const { upstream, peer } = await setupUpstream(
    () => {},
    { timeoutMs: 1500 },
    { startTimer: timers.startTimer },
  );

  const sent = problemOf(upstream.send(createRequest()));
  await peer.received(1);
  expect(timers.running).toEqual([1500]);
  timers.elapse();

  expect(await sent).toMatchObject({ code: 'license-upstream-timeout' });
  expect(peer.requests).toHaveLength(1);
  expect(upstream.counts.timedOut).toBe(1);
});

it('tells a server that hangs in the middle of its answer as a timeout', async () => {
  const timers = createManualTimers();
  let onBegun = () => {};
  const begun = new Promise<void>((resolve) => {
    onBegun = resolve;
  });
  const { upstream } = await setupUpstream(
    (_, response) => {
      response.writeHead(200);
      response.write(LICENSE);
    },
    {},
    {
      startTimer: timers.startTimer,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        onBegun();
        return response;
      },
    },
  );

  const sent = problemOf(upstream.send(createRequest()));
  await begun;
  timers.elapse();

  expect(await sent).toMatchObject({ code: 'license-upstream-timeout' });
});

it('gives up with the caller, in silence, and leaves no timer behind', async () => {
  const timers = createManualTimers();
  const caller = new AbortController();
  const { upstream, peer } = await setupUpstream(() => {}, { breaker: { consecutiveFailures: 1 } }, timers);

  const sent = upstream.send(createRequest({}, { signal: caller.signal }));
  await peer.received(1);
  const reason = new Error('The player has gone.');
  caller.abort(reason);

  await expect(sent).rejects.toBe(reason);
  expect(timers.running).toEqual([]);
  expect(upstream.breaker.status).toBe('closed');
  expect(upstream.counts).toMatchObject({ abandoned: 1, failed: 0 });
});

it('asks nobody for a caller who has given up already', async () => {
  const { upstream, peer } = await setupUpstream(answerLicense);
  const reason = new Error('The player has gone.');

  await expect(upstream.send(createRequest({}, { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);

  expect(peer.requests).toHaveLength(0);
});
