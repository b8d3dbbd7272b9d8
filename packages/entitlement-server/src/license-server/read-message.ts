import { isProtocolError } from '@secure-player/protocol';

import { ProblemError } from '../http/problem-error.js';

/** Runs a reader of what a device sent. What the reader refuses is the sender's mistake and becomes a problem. */
export async function readMessage<Result>(read: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (cause) {
    if (!isProtocolError(cause)) throw cause;
    throw new ProblemError('invalid-request', { errors: [{ field: cause.field, message: cause.message }] });
  }
}
