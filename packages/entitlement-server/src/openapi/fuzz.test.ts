import fc from 'fast-check';
import { expect, test } from 'vitest';

import { badRequestArbitrary } from '../testing/bad-request.js';
import { faultsOf } from '../testing/fuzz-faults.js';
import { FuzzWorld, problemCodeOf } from '../testing/fuzz-world.js';
import { validRequestArbitrary } from '../testing/valid-request.js';
import { OPERATIONS } from './operations.js';

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
  'offline-license-unknown',
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

test.each(OPERATIONS.map(({ id }) => id))('every valid request is granted: %s', async (operationId) => {
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
