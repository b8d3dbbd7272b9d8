import { expect, it } from 'vitest';

import { createProblem } from './problem-details.js';
import { readProblemCode } from './problem-type.js';

it.each<[string, unknown, string | null]>([
  ['a problem', createProblem('region-blocked'), 'region-blocked'],
  ['a code of a later version', { type: 'urn:secure-player:problem:later', code: 'later' }, 'later'],
  ['a type that is of another code', { type: 'urn:secure-player:problem:a', code: 'b' }, null],
  ["another service's problem", { type: 'about:blank', code: 'region-blocked' }, null],
  ['a code that is no text', { type: 'urn:secure-player:problem:1', code: 1 }, null],
  ['a list', [], null],
  ['nothing', null, null],
])('reads the code of %s', (_, value, code) => {
  expect(readProblemCode(value)).toBe(code);
});
