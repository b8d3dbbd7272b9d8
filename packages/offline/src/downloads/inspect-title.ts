import { PlaybackError, type Source } from '@secure-player/core';

import { errorOf } from '../worker/outcome.js';
import type { DownloadOffer, DownloadPreferences } from './downloads.js';
import type { ManagerTools } from './manager-tools.js';
import { storableSource } from './storable-source.js';

/** Reads what can be downloaded of a title, and keeps nothing. @throws PlaybackError; the signal's reason. */
export async function inspectTitle(
  { service, askFor, space, pageUrl }: Pick<ManagerTools, 'service' | 'askFor' | 'space' | 'pageUrl'>,
  source: Source,
  {
    signal,
    preferences,
  }: { readonly signal: AbortSignal | undefined; readonly preferences: DownloadPreferences },
): Promise<DownloadOffer> {
  const stored = storableSource(source, pageUrl());
  const outcome = await service.inspect({ source: stored, preferences }, askFor(source));
  signal?.throwIfAborted();
  if (outcome.status !== 'done') {
    throw outcome.status === 'failed' ? errorOf(outcome.error) : new PlaybackError('aborted');
  }

  const { tracks, chosenTrackIds, bytesByTrack } = outcome.value;
  const estimate = (trackIds: readonly string[] = chosenTrackIds) =>
    trackIds.reduce((bytes, id) => bytes + (bytesByTrack[id] ?? 0), 0);
  const room = await space();
  const fits = room === null || estimate() <= room.quotaBytes - room.usedBytes;
  return { tracks, chosenTrackIds, estimate, fits };
}
