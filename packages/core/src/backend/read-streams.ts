import { readAccountStreams, type AccountStream } from '@secure-player/protocol';

import { isObject } from './read-entitlement.js';

/** Reads the answer to `GET /v1/streams`; null for what is none. */
export function readStreams(value: unknown): readonly AccountStream[] | null {
  return isObject(value) ? readAccountStreams(value['streams']) : null;
}
