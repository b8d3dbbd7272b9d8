import type { Download } from '@secure-player/react/offline';

/** All downloads in a few numbers. */
export interface DownloadsSummary {
  readonly count: number;
  /** How many are on their way, or wait to be. */
  readonly underWay: number;
  /** How far those are together, from 0 to 1; `null` where none is. */
  readonly progress: number | null;
  /** How many go on only when somebody does something. */
  readonly failed: number;
}

const UNDER_WAY: ReadonlySet<Download['status']> = new Set(['queued', 'preparing', 'downloading', 'waiting']);

/** What the header says of the downloads. */
export function summarizeDownloads(downloads: readonly Download[]): DownloadsSummary {
  const here = downloads.filter(({ status }) => status !== 'removing');
  const underWay = here.filter(({ status }) => UNDER_WAY.has(status));
  const done = underWay.reduce((sum, { progress }) => sum + progress, 0);

  return {
    count: here.length,
    underWay: underWay.length,
    progress: underWay.length === 0 ? null : done / underWay.length,
    failed: here.filter(({ status }) => status === 'failed').length,
  };
}
