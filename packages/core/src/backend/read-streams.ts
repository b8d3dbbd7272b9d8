import type { AccountStream } from '@secure-player/protocol';

import { isObject } from './read-entitlement.js';

/** Reads the answer to `GET /v1/streams`; null for what is none. */
export function readStreams(value: unknown): readonly AccountStream[] | null {
  const streams = isObject(value) ? value['streams'] : null;
  if (!Array.isArray(streams)) return null;

  const list: readonly unknown[] = streams;
  return list.every(isStream) ? list.map(toStream) : null;
}

function isStream(value: unknown): value is AccountStream {
  if (!isObject(value)) return false;

  const { id, contentId, device, startedAt } = value;
  return (
    typeof id === 'string' &&
    typeof contentId === 'string' &&
    typeof device === 'string' &&
    typeof startedAt === 'number'
  );
}

function toStream({ id, contentId, device, startedAt }: AccountStream): AccountStream {
  return { id, contentId, device, startedAt };
}
