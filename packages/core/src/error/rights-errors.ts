import type { ErrorRow } from './error-row.js';

/** What servers say, or fail to say: who the viewer is, what they may watch, and the license. */
export const RIGHTS_ERRORS = {
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
  'rental-required': {
    recovery: 'upgrade-plan',
    retryable: true,
    explanation: 'The title is for rent, and the account has not rented it.',
  },
  'rental-expired': {
    recovery: 'upgrade-plan',
    retryable: true,
    explanation: 'The time to start, or to finish, the rented title is over.',
  },
  'device-limit-reached': {
    recovery: 'use-other-device',
    retryable: true,
    explanation: 'The account has as many devices as its plan allows, and this is none of them.',
  },
  'offline-license-revoked': {
    recovery: 'contact-support',
    retryable: false,
    explanation: 'The account revoked the offline license of this download, or is gone.',
  },
  'region-blocked': {
    recovery: 'change-region',
    retryable: true,
    explanation: 'The server refuses the region of this viewer (451). A page may throw this code itself.',
  },
  'stream-limit-reached': {
    recovery: 'stop-other-stream',
    retryable: true,
    explanation:
      'The account plays on as many devices as it may. A page, its `authorize` or its backend may throw this code too.',
  },
  'stream-taken-over': {
    recovery: 'stop-other-stream',
    retryable: true,
    explanation: 'Another device of the account took over the stream.',
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
  'entitlement-refused': {
    recovery: 'contact-support',
    retryable: true,
    explanation: 'The entitlement server refused (a 4xx) without a problem code that says why.',
  },
  'entitlement-failed': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The entitlement server could not be reached, did not answer in time, failed (a 5xx, or 429), or gave an answer that cannot be read.',
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
      'The body of the license is not what the key system wants. A wrapped one needs `parseResponse`; an AES-128 key has 16 bytes.',
  },
} as const satisfies Record<string, ErrorRow>;
