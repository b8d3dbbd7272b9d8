import type { Source } from '@secure-player/core';

import type { OfflineLicense } from '../licenses/offline-license.js';
import type { LiveStage } from '../queue/live-stage.js';
import { isWhole, type TitleRow } from '../titles/title-row.js';
import { errorOf } from '../worker/outcome.js';
import type { Download, DownloadStage } from './download.js';

/** What a snapshot of a download is made of. */
export interface DownloadParts {
  readonly row: TitleRow;
  /** `null` where nothing is done with it at the moment. */
  readonly live: LiveStage | null;
  readonly license: OfflineLicense | null;
  /** What to play. */
  readonly source: Source;
}

/** A download, as pages see it. */
export function toDownload({ row, live, license, source }: DownloadParts): Download {
  const isMoving = live?.status === 'downloading';
  const receivedBytes = isMoving ? live.receivedBytes : row.receivedBytes;
  const totalBytes = isMoving ? live.totalBytes : (row.plan?.totalBytes ?? null);
  return Object.freeze({
    id: row.id,
    title: row.source.title ?? null,
    source,
    receivedBytes,
    totalBytes,
    progress: progressOf(row, receivedBytes, totalBytes),
    bytesPerSecond: isMoving ? live.bytesPerSecond : null,
    secondsLeft: isMoving ? live.secondsLeft : null,
    isPlayable: isWhole(row) || (row.plan !== null && license?.status === 'usable'),
    license,
    tracks: row.plan?.tracks ?? [],
    priority: row.priority,
    addedAt: row.addedAt,
    ...stageOf(row, live),
  });
}

function progressOf({ isComplete }: TitleRow, received: number, total: number | null): number {
  if (isComplete) return 1;
  // The last byte of an estimate is not the last byte of the film.
  return total === null || total === 0 ? 0 : Math.min(received / total, 0.999);
}

function stageOf({ intent, isComplete, error }: TitleRow, live: LiveStage | null): DownloadStage {
  if (intent === 'remove') return { status: 'removing' };
  if (isComplete) return { status: 'complete' };
  if (error !== null) return { status: 'failed', error: errorOf(error) };
  if (intent === 'pause') return { status: 'paused' };
  if (live === null) return { status: 'queued' };
  switch (live.status) {
    case 'downloading':
      return { status: 'downloading' };
    case 'waiting':
      return { ...live, error: live.error && errorOf(live.error) };
    default:
      return { status: live.status };
  }
}
