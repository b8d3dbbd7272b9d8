import { expect, it } from 'vitest';

import { createRequest } from './testing/grants.js';
import type { PeerHandler } from './testing/http-peer.js';
import { problemOf } from './testing/problem-of.js';
import { answerLicense, LICENSE, SECRET, setupUpstream } from './testing/setup-upstream.js';

it('forwards the message as it came, with a token, and gives the answer back as it came', async () => {
  const { upstream, peer } = await setupUpstream(answerLicense);
  const request = createRequest(
    { system: 'playready' },
    { contentType: 'text/xml; charset=utf-8', soapAction: '"http://schemas.example/AcquireLicense"' },
  );

  const answer = await upstream.send(request);

  expect(Buffer.from(answer.body)).toEqual(LICENSE);
  expect(peer.requests).toHaveLength(1);
  const [received] = peer.requests;
  expect(received).toMatchObject({
    path: '/licenses/playready',
    method: 'POST',
    headers: {
      authorization: 'Bearer token-1',
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '"http://schemas.example/AcquireLicense"',
    },
  });
  expect(new Uint8Array(received?.body ?? [])).toEqual(request.message);
  expect(upstream.counts.answered).toBe(1);
});

it.each([
  ['application/octet-stream', 'application/octet-stream'],
  ['text/xml', 'text/xml; charset=utf-8'],
  [`application/x-${SECRET}`, 'application/octet-stream'],
  [undefined, 'application/octet-stream'],
])('calls an answer of type %s %s', async (given, expected) => {
  const { upstream } = await setupUpstream((_, response) => {
    response.writeHead(200, given === undefined ? {} : { 'Content-Type': given }).end(LICENSE);
  });

  expect((await upstream.send(createRequest())).contentType).toBe(expected);
});

it.each(['a\r\nX-Injected: 1', 'Ä', ''])(
  'leaves out a content type that cannot be sent: %j',
  async (contentType) => {
    const { upstream, peer } = await setupUpstream(answerLicense);

    await upstream.send(createRequest({}, { contentType }));

    expect(peer.requests[0]?.headers).not.toHaveProperty('x-injected');
    expect(peer.requests[0]?.headers['content-type']).toBeUndefined();
  },
);

const FAULTS: readonly (readonly [string, PeerHandler])[] = [
  ['500', (_, response) => response.writeHead(500).end(SECRET)],
  ['502 with a page', (_, response) => response.writeHead(502, { 'Content-Type': 'text/html' }).end(SECRET)],
  ['503 that says to wait', (_, response) => response.writeHead(503, { 'Retry-After': '7' }).end(SECRET)],
  ['a redirect', (_, response) => response.writeHead(307, { Location: '/licenses/elsewhere' }).end()],
  [
    'a page by its type',
    (_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(SECRET),
  ],
  ['a page by its text', (_, response) => response.writeHead(200).end(`<!doctype html><p>${SECRET}`)],
  ['an empty answer', (_, response) => response.writeHead(200).end()],
  ['204', (_, response) => response.writeHead(204).end()],
  ['an answer cut off before it began', (_, response) => response.destroy()],
  [
    'an answer cut off in its middle',
    (_, response) => {
      response.writeHead(200, { 'Content-Length': 1000 });
      response.write(LICENSE, () => response.destroy());
    },
  ],
  [
    'a chunked answer cut off in its middle',
    (_, response) => {
      response.writeHead(200);
      response.write(LICENSE, () => response.destroy());
    },
  ],
];

it.each(FAULTS)(
  'tells %s as a failure, asks once, and repeats nothing that was written',
  async (_, fault) => {
    const { upstream, peer, tokens } = await setupUpstream(fault);

    const problem = await problemOf(upstream.send(createRequest()));

    expect(problem.code).toBe('license-upstream-failed');
    expect(JSON.stringify(problem)).not.toContain(SECRET);
    expect(peer.requests).toHaveLength(1);
    expect(tokens()).toEqual(['token-1']);
    expect(upstream.counts).toMatchObject({ failed: 1, repeated: 0 });
  },
);

it('passes on how long a 503 says to wait', async () => {
  const { upstream } = await setupUpstream((_, response) =>
    response.writeHead(503, { 'Retry-After': '7' }).end(),
  );

  expect(await problemOf(upstream.send(createRequest()))).toMatchObject({ headers: { 'Retry-After': '7' } });
});

it('stops reading an answer of 100 MB at its limit', async () => {
  const megabyte = Buffer.alloc(1024 * 1024, 1);
  let written = 0;
  const { upstream } = await setupUpstream(async (_, response) => {
    response.writeHead(200);
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    while (written < 100 && !response.destroyed) {
      written += 1;
      if (!response.write(megabyte)) {
        await Promise.race([closed, new Promise((resolve) => response.once('drain', resolve))]);
      }
    }
    response.end();
  });

  expect(await problemOf(upstream.send(createRequest()))).toMatchObject({ code: 'license-upstream-failed' });
  expect(written).toBeLessThan(20);
});

it('does not begin to read an answer that says how large it is', async () => {
  const { upstream } = await setupUpstream((_, response) => {
    response.writeHead(200, { 'Content-Length': 100 * 1024 * 1024 });
    response.write(LICENSE);
  });

  expect(await problemOf(upstream.send(createRequest()))).toMatchObject({ code: 'license-upstream-failed' });
});

it('takes an answer of just the limit', async () => {
  const { upstream } = await setupUpstream((_, response) => response.end(Buffer.alloc(2048, 1)), {
    maxAnswerBytes: 2048,
  });

  expect((await upstream.send(createRequest())).body).toHaveLength(2048);
});

it.each([301, 302, 303, 307, 308])('follows no redirect: %d', async (status) => {
  const { upstream, peer } = await setupUpstream((request, response) =>
    request.path.endsWith('/elsewhere')
      ? answerLicense(request, response)
      : response.writeHead(status, { Location: '/elsewhere' }).end(),
  );

  expect(await problemOf(upstream.send(createRequest()))).toMatchObject({ code: 'license-upstream-failed' });
  expect(peer.requests.map(({ path }) => path)).toEqual(['/licenses/widevine']);
});
