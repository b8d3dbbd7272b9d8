import type { ErrorRow } from './error-row.js';

/** From the page to the picture: the source, the manifest, the segments, the browser and the engine. */
export const DELIVERY_ERRORS = {
  'source-invalid': {
    recovery: 'contact-support',
    retryable: false,
    explanation: 'The `source` prop cannot be used; the message names the field and how to write it.',
  },
  'manifest-not-found': {
    recovery: 'contact-support',
    retryable: true,
    explanation: 'The manifest URL answered 404 or 410. Check `source.src` and the origin.',
  },
  'manifest-forbidden': {
    recovery: 'contact-support',
    retryable: true,
    explanation: 'The origin refused the manifest (403). Check what `authorize` gives for `manifest`.',
  },
  'manifest-unreachable': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The manifest could not be fetched: no network, a timeout, a server error or a CORS refusal.',
  },
  'manifest-invalid': {
    recovery: 'contact-support',
    retryable: true,
    explanation: 'What the manifest URL answered is not a manifest of the given type, or breaks its rules.',
  },
  'manifest-unsupported': {
    recovery: 'contact-support',
    retryable: false,
    explanation:
      'The manifest keeps the rules, but uses something that the streaming engine cannot play. `engineCode` says what; package the title without it.',
  },
  'segment-unavailable': {
    recovery: 'retry',
    retryable: true,
    explanation: 'A media segment could not be fetched, after the retries that the engine makes by itself.',
  },
  'segment-forbidden': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The origin refused a media segment (401 or 403): a signed URL has run out, or segments want credentials. `authorize` is asked for segments only where the page opts in, by `authorizeSegments`.',
  },
  'media-unsupported': {
    recovery: 'use-other-device',
    retryable: false,
    explanation: 'This browser has no decoder for any rendition of the title.',
  },
  'media-buffer-full': {
    recovery: 'lower-quality',
    retryable: true,
    explanation:
      'The browser has no room for a segment of this rendition, also after what was played had been dropped. Cap the quality with `source.caps`.',
  },
  'no-allowed-quality': {
    recovery: 'contact-support',
    retryable: false,
    explanation:
      'No rendition lies within the bounds that the page sets: `source.caps`, or restrictions in `engineConfig`.',
  },
  undecodable: {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The decoder refused the media. Corrupt media and a wrong content key look the same to a browser: compare the key for the key id with the one the packager used, then the segment.',
  },
  'browser-unsupported': {
    recovery: 'update-browser',
    retryable: false,
    explanation:
      'This browser lacks something that the streaming engine needs, such as Media Source Extensions.',
  },
  'engine-unavailable': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The streaming engine could not be loaded: its chunk is missing, or the network failed.',
  },
  'engine-failed': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The streaming engine came into a state that it does not expect, or was called in one. Report it, with `engineCode`.',
  },
  offline: {
    recovery: 'go-online',
    retryable: true,
    explanation: 'The device has no network (`navigator.onLine` is false), and something had to be fetched.',
  },
} as const satisfies Record<string, ErrorRow>;
