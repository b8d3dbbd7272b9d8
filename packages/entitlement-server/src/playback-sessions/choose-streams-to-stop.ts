import type { LeaseRequest, PlaybackSession } from './playback-session-store.js';

/**
 * Which of an account's other streams have to stop for one more, oldest first: as many as it takes, the wanted one before
 * others. Null where there is no room and nobody said what to stop.
 */
export function chooseStreamsToStop(
  streams: readonly PlaybackSession[],
  { limit, replace }: Pick<LeaseRequest, 'limit' | 'replace'>,
): readonly PlaybackSession[] | null {
  const excess = limit === null ? 0 : streams.length + 1 - limit.streams;
  if (excess <= 0) return [];
  if (replace === undefined && limit?.onLimit === 'deny-new') return null;
  // A plan without any stream has room for none, whatever is stopped.
  if (excess > streams.length) return null;

  const wanted = streams.filter(({ key }) => key === replace);
  if (replace !== undefined && replace !== 'oldest' && wanted.length === 0) return null;
  return [...wanted, ...streams.filter((stream) => !wanted.includes(stream))].slice(0, excess);
}
