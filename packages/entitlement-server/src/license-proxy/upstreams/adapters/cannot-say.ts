import { ProblemError } from '../../../http/problem-error.js';

/**
 * The refusal of rights that a license server cannot be told of. Leaving a bound out would give more than was decided, so
 * nothing is asked for. `what` is for whoever runs the server and holds no value of the request.
 */
export function cannotSay(what: string): ProblemError {
  return new ProblemError('license-upstream-refused', {
    detail: `The license server cannot be asked for ${what}.`,
  });
}
