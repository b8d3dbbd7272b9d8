import { describe, expect, it } from 'vitest';

import { createUpstream } from './create-upstream.js';
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

describe('of a vendor, which is sent bytes that nobody here has read', () => {
  const PAGE = { headers: { 'Content-Type': 'text/html' } };

  it.each<[string, () => Response]>([
    ['500', () => new Response('cannot parse the challenge', { status: 500 })],
    ['501', () => new Response(null, { status: 501 })],
    ['a page', () => new Response('<p>Sorry', PAGE)],
    ['a redirect to a page', () => new Response(null, { status: 302, headers: { Location: '/sorry' } })],
    ['an empty answer', () => new Response('')],
    ['too large an answer', () => new Response(new Uint8Array(2049))],
    ['an answer that is no license', () => new Response('{"message":"bad challenge"}')],
  ])('does not take %s for an outage, nor for a success', async (_, answer) => {
    const { upstream, send } = setupVendor();

    for (let time = 0; time < 5; time += 1) await problemOf(send(answer));
    expect(upstream.breaker.status).toBe('closed');
    expect(upstream.counts).toMatchObject({ failed: 5, turnedAway: 0 });

    // Of two in a row, that was not what came between them.
    await problemOf(send(away));
    await problemOf(send(answer));
    await problemOf(send(away));
    expect(upstream.breaker.status).toBe('open');
  });

  it.each<[string, () => Response]>([
    ['502', () => new Response('', { status: 502, ...PAGE })],
    ['503', () => new Response('', { status: 503 })],
    ['504', () => new Response('', { status: 504 })],
    ['a connection that fails', () => failing(new TypeError('fetch failed'))],
    ['an answer that breaks off', () => new Response(breakingOff())],
  ])('takes %s for an outage', async (_, answer) => {
    const { upstream, send } = setupVendor();

    await problemOf(send(answer));
    await problemOf(send(answer));

    expect(upstream.breaker.status).toBe('open');
  });

  it('lets the next request try when the answer to the one that tried says nothing', async () => {
    const { upstream, clock, send } = setupVendor();
    await problemOf(send(away));
    await problemOf(send(away));
    clock.now += 5000;

    for (let time = 0; time < 3; time += 1) {
      expect(await problemOf(send(() => new Response('', { status: 500 })))).toMatchObject({ headers: {} });
      expect(upstream.breaker.status).toBe('half-open');
    }
    await send(() => new Response('license'));

    expect(upstream.breaker.status).toBe('closed');
    expect(upstream.counts.turnedAway).toBe(0);
  });
});

const away = () => new Response('', { status: 503 });

/** A vendor's license server that answers each request as it is said. */
function setupVendor() {
  const clock = { now: NOW };
  let answerNext = away;
  const upstream = createUpstream(
    {
      kind: 'drmtoday',
      url: 'https://license.example/',
      merchant: 'a-merchant',
      sharedSecretId: 'a-secret',
      sharedSecret: 'ab'.repeat(32),
      templates: [{ id: 'sd', groups: ['AUDIO', 'SD'] }],
      maxAnswerBytes: 2048,
      breaker: { consecutiveFailures: 2, openMs: 5000 },
    },
    { clock: () => clock.now, fetch: async () => answerNext() },
  );
  const send = async (answer: () => Response) => {
    answerNext = answer;
    return upstream.send(createRequest());
  };
  return { upstream, clock, send };
}

function failing(error: Error): never {
  throw error;
}

function breakingOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      controller.error(new TypeError('terminated'));
    },
  });
}
