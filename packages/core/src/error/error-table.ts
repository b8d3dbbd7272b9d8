/** What a viewer, or the page on their behalf, can do about a failure. */
export type Recovery =
  | 'retry'
  | 'sign-in'
  | 'upgrade-plan'
  | 'stop-other-stream'
  | 'change-region'
  | 'renew-license'
  | 'go-online'
  | 'lower-quality'
  | 'enable-drm'
  | 'update-browser'
  | 'use-other-device'
  | 'free-space'
  | 'contact-support';

interface ErrorRow {
  readonly recovery: Recovery;
  /** Whether the same attempt, made again, can succeed without anything else changing. */
  readonly retryable: boolean;
  /** For the developer: what happened and where to look. Never interpolated, so nothing can leak through it. */
  readonly explanation: string;
}

/** One row per {@link PlaybackErrorCode}. Words for the viewer live in the message catalogue. */
export const ERROR_TABLE = {
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
  'segment-unavailable': {
    recovery: 'retry',
    retryable: true,
    explanation: 'A media segment could not be fetched, after the retries that the engine makes by itself.',
  },
  'media-unsupported': {
    recovery: 'use-other-device',
    retryable: false,
    explanation: 'This browser has no decoder for any rendition of the title, or no Media Source Extensions.',
  },
  undecodable: {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The decoder refused the media. Corrupt media and a wrong content key look the same to a browser: compare the key for the key id with the one the packager used, then the segment.',
  },
  'drm-unsupported': {
    recovery: 'use-other-device',
    retryable: false,
    explanation: 'None of the key systems in `source.drm` is available in this browser for this media.',
  },
  'drm-insecure-context': {
    recovery: 'contact-support',
    retryable: false,
    explanation:
      'Encrypted Media Extensions need a secure context: serve the page by HTTPS or from localhost.',
  },
  'drm-configuration-missing': {
    recovery: 'contact-support',
    retryable: false,
    explanation: 'The title is encrypted, but `source.drm` has no entry that fits it.',
  },
  'drm-setup-failed': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The browser could not create or attach the content decryption module.',
  },
  'media-keys-in-use': {
    recovery: 'contact-support',
    retryable: false,
    explanation:
      'The media element has MediaKeys of another owner, such as a player: use `useMediaKeys` on an element of its own.',
  },
  'certificate-failed': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The server certificate could not be fetched, or the key system did not accept it.',
  },
  'authorize-failed': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The `authorize` callback threw or rejected.',
  },
  'authentication-required': {
    recovery: 'sign-in',
    retryable: true,
    explanation: 'The server wants a signed-in viewer, and still said so after `authorize` was asked again.',
  },
  'session-expired': {
    recovery: 'sign-in',
    retryable: true,
    explanation: 'The sign-in behind the bearer token is over.',
  },
  'subscription-expired': {
    recovery: 'upgrade-plan',
    retryable: true,
    explanation: 'The account has no running subscription.',
  },
  'plan-insufficient': {
    recovery: 'upgrade-plan',
    retryable: true,
    explanation: 'The plan of the account includes none of the keys that were asked for.',
  },
  'playback-session-ended': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The playback session named in the license URL is unknown or over: open a new one.',
  },
  'content-not-found': {
    recovery: 'contact-support',
    retryable: false,
    explanation: 'The server knows no title or key by that id.',
  },
  'license-refused': {
    recovery: 'contact-support',
    retryable: true,
    explanation: 'The license server refused (a 4xx) without a problem code that says why.',
  },
  'license-server-error': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The license server failed (a 5xx, or 429), also when asked a second time.',
  },
  'license-unreachable': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The license server could not be reached: no network, CORS forbids the request, or it answered with a redirect, which is not followed.',
  },
  'license-timeout': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The license server did not answer in time.',
  },
  'license-empty': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The license server answered success with an empty body.',
  },
  'license-html': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The license URL answered with a web page: a captive portal, a login page, or a wrong `licenseUrl`.',
  },
  'license-malformed': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The body of the license is not what the key system wants. A wrapped one needs `parseResponse`.',
  },
  'license-rejected': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The content decryption module did not accept the license.',
  },
  'license-request-failed': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The content decryption module could not make a license request from the init data.',
  },
  'wrong-key': {
    recovery: 'contact-support',
    retryable: true,
    explanation: 'The license holds keys, but none for the key ids of this title.',
  },
  'key-missing': {
    recovery: 'contact-support',
    retryable: true,
    explanation: 'The license lacks a key without which no rendition can play.',
  },
  'key-expired': {
    recovery: 'renew-license',
    retryable: true,
    explanation: 'Every key of the license has expired.',
  },
  'output-restricted': {
    recovery: 'use-other-device',
    retryable: true,
    explanation: 'The display does not meet the output protection that every rendition asks for (HDCP).',
  },
  'engine-unavailable': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The streaming engine could not be loaded: its chunk is missing, or the network failed.',
  },
  unknown: {
    recovery: 'contact-support',
    retryable: true,
    explanation: 'A failure that the kit has no name for; see `engineCode` and `cause`.',
  },
} as const satisfies Record<string, ErrorRow>;

/** Every way in which playback can fail, as a stable code to branch on. */
export type PlaybackErrorCode = keyof typeof ERROR_TABLE;

/** All the codes, for tables and exhaustive tests. */
export const PLAYBACK_ERROR_CODES = Object.freeze(Object.keys(ERROR_TABLE)) as readonly PlaybackErrorCode[];
