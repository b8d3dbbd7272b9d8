import { PROBLEM_CODES, type ProblemCode, type ProblemDetails } from '@secure-player/protocol';
import * as v from 'valibot';

import { accountStreamSchema } from '../playback-sessions/stream-operations.js';

/** An RFC 9457 document, whatever its code. */
export const problemSchema = v.object({
  type: v.pipe(v.string(), v.description('`urn:secure-player:problem:<code>`.')),
  title: v.pipe(v.string(), v.description('For people; it may be reworded.')),
  status: v.pipe(v.number(), v.integer()),
  code: v.pipe(v.picklist(Object.keys(PROBLEM_CODES) as ProblemCode[]), v.description('Branch on this.')),
  detail: v.optional(v.pipe(v.string(), v.description('What happened this time, in words.'))),
  errors: v.optional(
    v.pipe(
      v.array(v.object({ field: v.string(), message: v.string() })),
      v.description('For `invalid-request`: what to change. No value that was sent is repeated.'),
    ),
  ),
  streams: v.optional(
    v.pipe(
      v.array(accountStreamSchema),
      v.description('For `stream-limit-reached`: what the account plays, oldest first.'),
    ),
  ),
  takenOverBy: v.optional(
    v.pipe(v.string(), v.description('For `session-superseded`: the device that took over.')),
  ),
}) satisfies v.GenericSchema<ProblemDetails>;
