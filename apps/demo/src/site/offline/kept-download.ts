import type { Download } from '@secure-player/react/offline';

import type { DownloadsReading } from './downloads-service.js';

/** Whether a title is played from this device. */
export type KeptDownload =
  | { readonly status: 'unknown' }
  | { readonly status: 'streamed' }
  | { readonly status: 'kept'; readonly download: Download };

/**
 * Where a title is to be played from. What is here as a whole is played from here; what is on its way only where there is no
 * network, as far as it has come. It is asked once a page: a download that becomes whole while its title streams changes nothing.
 */
export function findKeptDownload(reading: DownloadsReading, id: string, isOnline: boolean): KeptDownload {
  if (reading.status === 'loading') return UNKNOWN;
  if (reading.status === 'unavailable') return STREAMED;

  const download = reading.state.downloads.find((candidate) => candidate.id === id);
  if (!download || !canBePlayed(download, isOnline)) return STREAMED;
  return { status: 'kept', download };
}

function canBePlayed({ status, isPlayable }: Download, isOnline: boolean): boolean {
  if (status === 'removing') return false;
  return status === 'complete' || (isPlayable && !isOnline);
}

const UNKNOWN: KeptDownload = { status: 'unknown' };
const STREAMED: KeptDownload = { status: 'streamed' };
