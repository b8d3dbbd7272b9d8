'use client';

import type { ReactElement } from 'react';

import { drawn, filled } from '../../controls/icons/shapes.js';

type DownloadIcon =
  | 'download'
  | 'pause'
  | 'play'
  | 'resume'
  | 'check'
  | 'remove'
  | 'wait'
  | 'alert'
  | 'retry'
  | 'film';

/** The drawings of the downloads, by what they mean. */
export const DOWNLOAD_ICONS: Readonly<Record<DownloadIcon, ReactElement>> = {
  download: drawn('M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14'),
  pause: filled('M8 6h2.6v12H8zm5.4 0H16v12h-2.6z'),
  play: filled('M8.5 5.6v12.8a.8.8 0 0 0 1.2.7l10-6.4a.8.8 0 0 0 0-1.4l-10-6.4a.8.8 0 0 0-1.2.7z'),
  resume: drawn('M12 5v13m-5-5 5 5 5-5'),
  check: drawn('M5.5 12.5l4.2 4.2 8.8-9.2'),
  remove: drawn('M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.9 12.5h9.2L17.5 7M10.2 11v5M13.8 11v5'),
  wait: drawn('M12 7.5V12l3 2M12 3.8a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.4z'),
  alert: drawn('M12 8v5.2m0 3.2v.1M12 3.8a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.4z'),
  retry: drawn('M5.2 9.2A7.5 7.5 0 1 1 4.5 13M4.6 4.4v5h5'),
  film: drawn('M4 6h16v12H4zM8 6v12M16 6v12M4 10h4m-4 4h4m8-4h4m-4 4h4'),
};
