import { expect, it } from 'vitest';

import * as offline from './index.js';

it('exports these values, and no others', () => {
  expect(Object.keys(offline).sort()).toEqual([
    'ARABIC_DOWNLOADS',
    'DownloadButton',
    'DownloadItem',
    'DownloadList',
    'DownloadSpaceBar',
    'ENGLISH_DOWNLOADS',
    'createDownloads',
    'createHttpOfflineBackend',
    'useDownload',
    'useDownloads',
  ]);
});
