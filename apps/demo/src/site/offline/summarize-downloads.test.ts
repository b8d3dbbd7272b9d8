import type { Download } from '@secure-player/react/offline';
import { describe, expect, it } from 'vitest';

import { summarizeDownloads } from './summarize-downloads.js';

const download = (status: Download['status'], progress = 0) => ({ status, progress }) as Download;

describe('summarizeDownloads', () => {
  it('says nothing is under way where all is whole', () => {
    expect(summarizeDownloads([download('complete', 1)])).toEqual({
      count: 1,
      underWay: 0,
      progress: null,
      failed: 0,
    });
  });

  it('puts together how far those under way are, whether they move or wait', () => {
    const downloads = [
      download('downloading', 0.5),
      download('waiting', 0.25),
      download('queued'),
      download('complete', 1),
    ];

    expect(summarizeDownloads(downloads)).toMatchObject({ count: 4, underWay: 3, progress: 0.25 });
  });

  it('counts what stopped, and not what is being removed', () => {
    const downloads = [download('failed', 0.5), download('paused', 0.5), download('removing', 1)];

    expect(summarizeDownloads(downloads)).toEqual({ count: 2, underWay: 0, progress: null, failed: 1 });
  });
});
