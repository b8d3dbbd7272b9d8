import { createProblem, PROBLEM_MEDIA_TYPE, type ProblemCode } from '@secure-player/protocol';
import { expect, it } from 'vitest';

import { createRequest, NOW } from './testing/grants.js';
import type { PeerHandler } from './testing/http-peer.js';
import { problemOf } from './testing/problem-of.js';
import { SECRET, setupUpstream } from './testing/setup-upstream.js';

it.each<ProblemCode>([
  'security-level-insufficient',
  'license-token-rejected',
  'invalid-request',
  'content-not-found',
  'key-system-unsupported',
  'payload-too-large',
  'unsupported-media-type',
])('passes on %s, and none of its words', async (code) => {
  const { upstream } = await setupUpstream(answerProblem(code));

  expect(await problemOf(upstream.send(createRequest()))).toEqual({ code, headers: {} });
  expect(upstream.counts.refused).toBe(1);
});

it.each<[string, PeerHandler]>([
  ['a problem about the proxy itself', answerProblem('credentials-rejected')],
  ['a refusal without a problem', (_, response) => response.writeHead(403).end(SECRET)],
  [
    'a problem of somebody else',
    (_, response) =>
      response
        .writeHead(403, { 'Content-Type': PROBLEM_MEDIA_TYPE })
        .end(JSON.stringify({ type: 'about:blank', title: SECRET })),
  ],
  [
    'a problem document that is none',
    (_, response) => response.writeHead(400, { 'Content-Type': PROBLEM_MEDIA_TYPE }).end('{'),
  ],
  [
    'a problem document that is too large',
    (_, response) =>
      response
        .writeHead(403, { 'Content-Type': PROBLEM_MEDIA_TYPE })
        .end(JSON.stringify({ ...createProblem('invalid-request'), detail: 'x'.repeat(100_000) })),
  ],
])('tells %s as a refusal', async (_, handler) => {
  const { upstream } = await setupUpstream(handler);

  expect(await problemOf(upstream.send(createRequest()))).toEqual({
    code: 'license-upstream-refused',
    headers: {},
  });
});

it.each([
  ['30', { 'Retry-After': '30' }],
  [new Date(NOW + 20_000).toUTCString(), { 'Retry-After': '20' }],
  ['999999', {}],
  ['soon', {}],
  [undefined, {}],
])('passes on 429 with Retry-After %s as %o', async (retryAfter, headers) => {
  const { upstream } = await setupUpstream((_, response) => {
    response.writeHead(429, retryAfter === undefined ? {} : { 'Retry-After': retryAfter }).end(SECRET);
  });

  expect(await problemOf(upstream.send(createRequest()))).toEqual({ code: 'too-many-requests', headers });
});

function answerProblem(code: ProblemCode): PeerHandler {
  return (_, response) => {
    const problem = createProblem(code, { detail: SECRET, errors: [{ field: SECRET, message: SECRET }] });
    response
      .writeHead(problem.status, { 'Content-Type': PROBLEM_MEDIA_TYPE })
      .end(JSON.stringify({ ...problem, title: SECRET }));
  };
}
