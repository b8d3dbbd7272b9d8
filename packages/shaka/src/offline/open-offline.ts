import {
  PlaybackError,
  toPlaybackError,
  type EngineLoadOptions,
  type OfflineTitle,
  type OfflineTitles,
  type ResolvedSource,
} from '@secure-player/core';

import type { OfflinePlayback } from './offline-playback.js';

/** Options of {@link openOffline}. */
export interface OpenOfflineOptions extends Pick<EngineLoadOptions, 'renewsLicense' | 'signal'> {
  readonly titles: OfflineTitles | undefined;
  readonly source: ResolvedSource;
}

/**
 * Opens what this device has of a source; null where that is nothing. The code that plays it comes with the first title that is
 * here.
 *
 * @throws PlaybackError where it is here, and must not or cannot be played; the signal's reason after an abort.
 */
export async function openOffline(options: OpenOfflineOptions): Promise<OfflinePlayback | null> {
  const { titles, source, renewsLicense = false, signal } = options;
  const { id } = source;
  if (!titles || id === undefined) return null;

  const renew = () => titles.renewLicense(id);
  if (renewsLicense) await untilAborted(renew(), signal);
  const title = await openTitle(titles, source, signal);
  if (!title) return null;

  try {
    const { OfflinePlayback } = await untilAborted(importPlayback(), signal);
    return new OfflinePlayback(title, source, renew);
  } catch (error) {
    title.close();
    throw error;
  }
}

async function openTitle(
  titles: OfflineTitles,
  source: ResolvedSource,
  signal: AbortSignal,
): Promise<OfflineTitle | null> {
  try {
    return await titles.open(source, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw toPlaybackError(error, 'storage-failed');
  }
}

async function importPlayback() {
  try {
    return await import('./offline-playback.js');
  } catch (cause) {
    throw new PlaybackError('engine-unavailable', { cause });
  }
}

/** What ignores the signal must not hold up the next source. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}
