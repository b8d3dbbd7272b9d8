import { toBase64, type SealedSystem } from '@secure-player/protocol';

import { requireMediaType } from '../http/media-type.js';
import type { UpstreamAnswer } from '../license-proxy/license-upstream.js';
import type { DeviceMessage } from './license-issuer.js';

/** A device's message as it came by HTTP. */
export interface LicensePost {
  /** For the system's envelope to read. */
  readonly message: Uint8Array<ArrayBuffer>;
  /** Answers in the form that the message came in. */
  answer(bytes: Uint8Array<ArrayBuffer>): UpstreamAnswer;
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** What players really send. A bare `fetch` or XMLHttpRequest of bytes names no type, and of a string `text/plain`. */
const MEDIA_TYPES: Readonly<Record<SealedSystem, readonly (string | null)[]>> = {
  widevine: ['application/octet-stream', 'application/x-protobuf', 'text/plain', null],
  playready: [
    'text/xml',
    'application/xml',
    'application/soap+xml',
    'application/octet-stream',
    'text/plain',
    null,
  ],
  fairplay: ['application/octet-stream', 'text/plain', FORM, JSON_TYPE, null],
};

const ANSWER_TYPES: Readonly<Record<SealedSystem, string>> = {
  widevine: 'application/octet-stream',
  playready: 'text/xml; charset=utf-8',
  fairplay: 'application/octet-stream',
};

/**
 * Reads a device's message. FairPlay does not say how its messages travel, and vendors have three ways: bytes, a form
 * with base64 in it, and JSON likewise. Each is answered in its own.
 */
export function readLicensePost(system: SealedSystem, { body, mediaType }: DeviceMessage): LicensePost {
  requireMediaType(mediaType, MEDIA_TYPES[system]);

  switch (mediaType) {
    case FORM:
      return {
        message: body,
        answer: (bytes) => asText(`<ckc>${toBase64(bytes)}</ckc>`, 'text/plain; charset=utf-8'),
      };
    case JSON_TYPE:
      return {
        message: body,
        answer: (bytes) => asText(JSON.stringify({ ckc: toBase64(bytes) }), JSON_TYPE),
      };
    default:
      return { message: body, answer: (bytes) => ({ body: bytes, contentType: ANSWER_TYPES[system] }) };
  }
}

function asText(text: string, contentType: string): UpstreamAnswer {
  return { body: new TextEncoder().encode(text), contentType };
}
