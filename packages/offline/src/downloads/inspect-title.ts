import { PlaybackError, type Source } from '@secure-player/core';

import { within } from '../licenses/within.js';
import { errorOf } from '../worker/outcome.js';
import type { DownloadOffer, DownloadPreferences } from './downloads.js';
import type { ManagerTools } from './manager-tools.js';
import { storableSource } from './storable-source.js';

/** How long a viewer waits for what a title offers, in milliseconds. A page may never give the credentials that it takes. */
const TIMEOUT_MS = 60_000;

/** Reads what can be downloaded of a title, and keeps nothing. @throws PlaybackError; the signal's reason. */
export async function inspectTitle(
  {
    service,
    askFor,
    space,
    pageUrl,
    clock,
  }: Pick<ManagerTools, 'service' | 'askFor' | 'space' | 'pageUrl' | 'clock'>,
  source: Source,
  {
    signal = new AbortController().signal,
    preferences,
  }: { readonly signal: AbortSignal | undefined; readonly preferences: DownloadPreferences },
): Promise<DownloadOffer> {
  const stored = storableSource(source, pageUrl());
  const read = (bounded: AbortSignal) => {
    const name = `inspection ${crypto.randomUUID()}`;
    bounded.addEventListener('abort', () => void service.stop(name).catch(() => {}), { once: true });
    return service.inspect({ name, source: stored, preferences }, askFor(source, bounded));
  };
  const late = () =>
    new PlaybackError('manifest-unreachable', {
      message: 'The title could not be read in time: its server, or `authorize`, gave no answer.',
    });
  const outcome = await within(read, { clock, milliseconds: TIMEOUT_MS, signal, late });
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
