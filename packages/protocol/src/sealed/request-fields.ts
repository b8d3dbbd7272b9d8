import { keyIdFromBytes, keyIdToBytes } from '../key-id/key-id.js';
import { ProtobufWriter, type ProtobufMessage } from '../protobuf/protobuf-message.js';
import { ProtocolError } from '../protocol-error.js';
import { MAX_MILLISECONDS_BYTES, readMilliseconds, writeMilliseconds } from './milliseconds.js';
import type { SealedRequest, SealedSessionType } from './sealed-message.js';

/** Field numbers of a request's body; those of {@link sealRequest} begin at 20. */
const SESSION_ID = 1;
const SESSION_TYPE = 2;
const KEY_IDS = 3;
const NONCE = 4;
const REQUEST_TIME = 5;
const LICENSE_ID = 6;
const CONTENT_ID = 7;

const SESSION_TYPES: readonly SealedSessionType[] = [
  'temporary',
  'persistent-license',
  'persistent-usage-record',
];

/** Bytes of a nonce. */
export const NONCE_BYTES = 16;

/** How many keys one message may ask for or hold: a batch of hours with rotating keys. */
export const MAX_KEYS = 256;

/** Bytes of a session id or a license id. */
export const MAX_ID_BYTES = 256;

const MAX_CONTENT_ID_BYTES = 4096;

/** Begins a request's body. A value that a reader would refuse is an error. */
export function writeRequestFields(request: SealedRequest): ProtobufWriter {
  const { sessionId, sessionType, keyIds, nonce, requestTime, licenseId, contentId } = request;
  checkId(sessionId, MAX_ID_BYTES, 'request.sessionId');
  if (licenseId !== undefined) checkId(licenseId, MAX_ID_BYTES, 'request.licenseId');
  if (contentId !== undefined) checkId(contentId, MAX_CONTENT_ID_BYTES, 'request.contentId');
  if (keyIds.length > MAX_KEYS) {
    throw new ProtocolError('oversized', 'request.keyIds', `has over ${MAX_KEYS} entries`);
  }
  const writer = new ProtobufWriter()
    .text(SESSION_ID, sessionId)
    .word(SESSION_TYPE, sessionType, SESSION_TYPES, 'request.sessionType');
  keyIds.forEach((keyId, index) => writer.bytes(KEY_IDS, keyIdToBytes(keyId, `request.keyIds[${index}]`)));
  return writer
    .bytes(NONCE, checkNonce(nonce, 'request.nonce'))
    .text(REQUEST_TIME, writeMilliseconds(requestTime, 'request.requestTime'))
    .text(LICENSE_ID, licenseId)
    .text(CONTENT_ID, contentId);
}

/** Reads what {@link writeRequestFields} writes. */
export function readRequestFields(message: ProtobufMessage, type: SealedRequest['type']): SealedRequest {
  const keyIds = message.repeatedBytes(KEY_IDS, 'keyIds', MAX_KEYS);
  const requestTime = message.text(REQUEST_TIME, 'requestTime', MAX_MILLISECONDS_BYTES);
  const licenseId = message.optionalText(LICENSE_ID, 'licenseId', MAX_ID_BYTES);
  const contentId = message.optionalText(CONTENT_ID, 'contentId', MAX_CONTENT_ID_BYTES);
  return {
    type,
    sessionId: message.text(SESSION_ID, 'sessionId', MAX_ID_BYTES),
    sessionType: message.word(SESSION_TYPE, 'sessionType', SESSION_TYPES),
    keyIds: keyIds.map((bytes, index) => keyIdFromBytes(bytes, `request.keyIds[${index}]`)),
    nonce: message.bytes(NONCE, 'nonce', NONCE_BYTES),
    requestTime: readMilliseconds(requestTime, 'request.requestTime'),
    ...(licenseId !== undefined && { licenseId }),
    ...(contentId !== undefined && { contentId }),
  };
}

/** Throws unless the nonce is as long as nonces are. */
export function checkNonce(nonce: Uint8Array, field: string): Uint8Array<ArrayBuffer> {
  if (nonce.length === NONCE_BYTES) return Uint8Array.from(nonce);

  throw new ProtocolError('invalid-value', field, `must be ${NONCE_BYTES} bytes, not ${nonce.length}`);
}

/** Throws for an id that a reader would refuse. */
export function checkId(id: string, maxBytes: number, field: string): string {
  if (new TextEncoder().encode(id).length <= maxBytes) return id;

  throw new ProtocolError('oversized', field, `is over ${maxBytes} bytes`);
}
