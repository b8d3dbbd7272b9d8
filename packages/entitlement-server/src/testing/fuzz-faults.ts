import { PROBLEM_CODES } from '@secure-player/protocol';

import { OF_NO_OPERATION } from '../openapi/problem-components.js';
import { problemCodeOf, type FuzzAnswer, type FuzzRequest, type FuzzWorld } from './fuzz-world.js';
import type { BadRequest } from './spoiled.js';

/** Everything that is wrong with the answer to a bad request. */
export function faultsOf(world: FuzzWorld, { request, mustFail }: BadRequest, answer: FuzzAnswer): string[] {
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
