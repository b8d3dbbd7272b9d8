import { PROBLEM_CODES } from '@secure-player/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { badRequestArbitrary, type BadRequest } from '../testing/bad-request.js';
import { FuzzWorld, problemCodeOf, type FuzzAnswer, type FuzzRequest } from '../testing/fuzz-world.js';
import { validRequestArbitrary } from '../testing/valid-request.js';
import { OF_NO_OPERATION } from './problem-components.js';

/** Another one is tried by FUZZ_SEED; a failure prints it, with the path to the request that failed. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101);
/** Some of what is generated is odd and does no harm; this many are refused, whatever else there is. */
const REFUSED = 5000;
const RUNS = 6900;
const VALID_RUNS = 25;

const KINDS = [
  'odd method',
  'odd path',
  'odd query',
  'odd headers',
  'bad authorization',
  'wrong JSON',
  'wrong media type',
  'broken text',
  'oversized',
  'cut off',
  'broken message',
];

/** What any of enough bad requests runs into. */
const EASY_CODES = [
  'authentication-required',
  'session-expired',
  'playback-session-unknown',
  'not-found',
  'method-not-allowed',
  'invalid-request',
  'payload-too-large',
  'unsupported-media-type',
  'content-not-found',
  'key-system-unsupported',
];

/** A viewer is not kept for long: what requests open may crowd out what he has. */
const REQUESTS_PER_VIEWER = 40;

test(`${REFUSED} bad requests get a documented problem each, and tell nothing`, async () => {
  const world = await FuzzWorld.create();
  const refused: string[] = [];
  const codes = new Set<string | null>();
  let sent = 0;

  await fc.assert(
    fc.asyncProperty(badRequestArbitrary(world), async ({ kind, request, mustFail }) => {
      if (++sent % REQUESTS_PER_VIEWER === 0) await world.dismiss();
      const answer = await world.send(request);
      const code = problemCodeOf(answer);
      if (answer.status < 400) await world.dismiss();

      expect(faultsOf(world, { kind, request, mustFail }, answer)).toEqual([]);
      codes.add(code);
      if (answer.status >= 400) refused.push(kind);
    }),
    { seed, numRuns: RUNS },
  );

  expect(refused.length).toBeGreaterThanOrEqual(REFUSED);
  expect(KINDS.filter((kind) => !refused.includes(kind))).toEqual([]);
  expect([...codes]).toEqual(expect.arrayContaining(EASY_CODES));
});

test.each(await operationIds())('every valid request is granted: %s', async (operationId) => {
  const world = await FuzzWorld.create();
  const operation = world.checker.operation(operationId);

  await fc.assert(
    fc.asyncProperty(validRequestArbitrary(world, operation), async (request) => {
      const answer = await world.send(request);
      await world.dismiss();

      expect(answer.status).toBeLessThan(400);
      expect(world.checker.check(operation, answer, operation.method === 'head')).toEqual([]);
      expect(world.leaks(operation, answer)).toEqual([]);
    }),
    { seed, numRuns: VALID_RUNS },
  );
});

async function operationIds(): Promise<string[]> {
  const { OPERATIONS } = await import('./operations.js');
  return OPERATIONS.map(({ id }) => id);
}

/** Everything that is wrong with the answer to a bad request. */
function faultsOf(world: FuzzWorld, { request, mustFail }: BadRequest, answer: FuzzAnswer): string[] {
  const { checker } = world;
  const method = request.method.toUpperCase();
  const operation = checker.match(normalMethod(request), `http://server.invalid${request.target}`);
  const code = problemCodeOf(answer);
  const isPreflight = method === 'OPTIONS' && answer.status === 204;
  const faults = world.leaks(operation, answer);

  if (answer.status >= 500) faults.push(`status ${answer.status}`);
  if (mustFail && answer.status < 400) faults.push(`was taken with ${answer.status}`);
  if (isPreflight) return faults;
  if (operation === null) {
    const isExpected = OF_NO_OPERATION.some((expected) =>
      method === 'HEAD' ? PROBLEM_CODES[expected].status === answer.status : expected === code,
    );
    return isExpected ? faults : [...faults, `is for nobody, and got ${answer.status} ${code}`];
  }
  // Past the operation, the application has one answer for all that it has no route for.
  return [...faults, ...checker.check(operation, answer, method === 'HEAD')];
}

/** The methods that the Fetch standard writes in capitals; `patch` is another one than `PATCH`. */
function normalMethod({ method }: FuzzRequest): string {
  const upper = method.toUpperCase();
  return ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'].includes(upper) ? upper : method;
}
