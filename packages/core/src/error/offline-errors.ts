import type { ErrorRow } from './error-row.js';

/** Titles kept on the device: room for them, their licenses, and what became of their bytes. */
export const OFFLINE_ERRORS = {
  'storage-failed': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The storage of this browser failed at a read or a write: IndexedDB did not open, did not answer, or is damaged.',
  },
  'storage-full': {
    recovery: 'free-space',
    retryable: true,
    explanation: 'This browser has no room left for this site, or the limit of the page is reached.',
  },
  'download-missing': {
    recovery: 'go-online',
    retryable: true,
    explanation: 'What was to be played from this device is not stored on it.',
  },
  'download-unsupported': {
    recovery: 'use-other-device',
    retryable: false,
    explanation:
      'This title cannot be downloaded here: it is live, has no license that can be stored, or the browser stores nothing.',
  },
  'download-damaged': {
    recovery: 'go-online',
    retryable: true,
    explanation:
      'A part of a download is not what was stored: the disk or another program changed it. It is fetched again when the network is back.',
  },
  'download-changed': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The server changed the title while it was downloaded, more than once. What was there before stays until it is replaced whole.',
  },
  'offline-license-expired': {
    recovery: 'renew-license',
    retryable: true,
    explanation:
      'The license of a download has ended, or the time to watch it in. Another license makes it playable; nothing is downloaded again.',
  },
  'offline-license-revoked': {
    recovery: 'contact-support',
    retryable: false,
    explanation:
      'The owner of the account revoked the offline license of this download, or the account is gone. Download it again after signing in.',
  },
  'clock-behind': {
    recovery: 'go-online',
    retryable: true,
    explanation:
      'The clock of this device is behind the time that it, or a server, has shown before. A license with an end is not used until a server has told the time.',
  },
} as const satisfies Record<string, ErrorRow>;
