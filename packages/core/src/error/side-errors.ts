import type { ErrorRow } from './error-row.js';

/** Beside the picture: captions, other screens, advertising; and what has no name. */
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
