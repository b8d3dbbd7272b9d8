import type { ErrorRow } from './error-row.js';

/** Between the browser, its content decryption module and the title: all that needs no server. */
export const DRM_ERRORS = {
  'drm-unsupported': {
    recovery: 'use-other-device',
    retryable: false,
    explanation: 'None of the key systems in `source.drm` is available in this browser for this media.',
  },
  'drm-disabled': {
    recovery: 'enable-drm',
    retryable: true,
    explanation:
      'Protected content is switched off in this browser, by its viewer or its owner, or Encrypted Media Extensions are missing from it.',
  },
  'drm-blocked': {
    recovery: 'contact-support',
    retryable: false,
    explanation:
      'This document may not use Encrypted Media Extensions: a frame needs `allow="encrypted-media"`, and no `Permissions-Policy` header may forbid it.',
  },
  'drm-insecure-context': {
    recovery: 'contact-support',
    retryable: false,
    explanation:
      'Encrypted Media Extensions and Web Crypto need a secure context: serve the page by HTTPS or from localhost.',
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
  'drm-busy': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'The content decryption module has no room for another session, or the session is open elsewhere. Other tabs and players share it.',
  },
  'certificate-failed': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The server certificate could not be fetched, or the key system did not accept it.',
  },
  'license-request-failed': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The content decryption module could not make a license request from the init data.',
  },
  'license-rejected': {
    recovery: 'retry',
    retryable: true,
    explanation: 'The content decryption module did not accept the license.',
  },
  'license-release-failed': {
    recovery: 'retry',
    retryable: true,
    explanation:
      'A session could not be closed or its license given back. The license server may still count it.',
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
  'stored-license-missing': {
    recovery: 'renew-license',
    retryable: true,
    explanation:
      'The license that was stored on this device is not there any more; only a license server can give another.',
  },
} as const satisfies Record<string, ErrorRow>;
