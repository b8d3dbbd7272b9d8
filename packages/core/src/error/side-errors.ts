import type { ErrorRow } from './error-row.js';

/** Beside the picture: captions, other screens, advertising, downloads; and what has no name. */
export const SIDE_ERRORS = {
  'text-track-failed': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'Captions, thumbnails or chapters could not be fetched or read. Playback goes on without them.',
  },
  'cast-failed': {
    recovery: 'retry',
    retryable: true,
    explanation: 'Casting to another screen did not begin, or was lost.',
  },
  'ads-failed': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'Advertising could not be fetched or set up. The kit has none of its own: it was set up through `engineConfig`.',
  },
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
  aborted: {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The attempt was called off: another took its place, or the page or the viewer ended it. The player shows nothing of it.',
  },
  unknown: {
    recovery: 'contact-support',
    retryable: true,
    explanation: 'A failure that the kit has no name for; see `engineCode` and `cause`.',
  },
} as const satisfies Record<string, ErrorRow>;
