import type { Download, Downloads, DownloadsState } from '@secure-player/react/offline';
import { describe, expect, it } from 'vitest';

import type { DownloadsReading } from './downloads-service.js';
import { findKeptDownload } from './kept-download.js';

function readingOf(download: Pick<Download, 'status' | 'isPlayable'>): DownloadsReading {
  const state = { downloads: [{ id: 'film', ...download }] } as unknown as DownloadsState;
  return { status: 'ready', downloads: {} as Downloads, state };
}

describe('findKeptDownload', () => {
  it.each([
    [{ status: 'complete', isPlayable: true }, true, 'kept'],
    [{ status: 'complete', isPlayable: true }, false, 'kept'],
    [{ status: 'paused', isPlayable: true }, true, 'streamed'],
    [{ status: 'paused', isPlayable: true }, false, 'kept'],
    [{ status: 'preparing', isPlayable: false }, false, 'streamed'],
    [{ status: 'removing', isPlayable: true }, false, 'streamed'],
  ] as const)('%o with a network (%s) is %s', (download, isOnline, status) => {
    expect(findKeptDownload(readingOf(download), 'film', isOnline).status).toBe(status);
  });

  it('waits for the list, and not for one that never comes', () => {
    expect(findKeptDownload({ status: 'loading' }, 'film', true).status).toBe('unknown');
    expect(findKeptDownload({ status: 'unavailable' }, 'film', true).status).toBe('streamed');
  });

  it('streams what is not here', () => {
    const reading = readingOf({ status: 'complete', isPlayable: true });

    expect(findKeptDownload(reading, 'another', true).status).toBe('streamed');
  });
});
