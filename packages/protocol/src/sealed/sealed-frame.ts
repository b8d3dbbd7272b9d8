import { ProtobufMessage, ProtobufWriter } from '../protobuf/protobuf-message.js';
import { ProtocolError } from '../protocol-error.js';
import { MESSAGE_TYPES } from './message-type.js';
import type { SealedMessage } from './sealed-message.js';

/** What an envelope may be; a body of full size fits into the most wasteful one, base64 in base64 in UTF-16. */
const MAX_ENVELOPE_BYTES = 512 * 1024;

/** Field numbers of a frame. */
const TYPE = 1;
const BODY = 2;
const SIGNATURE = 3;

/** A whole message in one run of bytes, for envelopes that have room for one. */
export function writeSealedFrame(message: SealedMessage): Uint8Array<ArrayBuffer> {
  return new ProtobufWriter()
    .word(TYPE, message.type, MESSAGE_TYPES, 'message.type')
    .bytes(BODY, message.body)
    .bytes(SIGNATURE, message.signature)
    .toBytes();
}

/** Reads what {@link writeSealedFrame} writes. `name` names the frame in errors. */
export function readSealedFrame(bytes: Uint8Array, name: string): SealedMessage {
  const fields = ProtobufMessage.read(bytes, name);
  return {
    type: fields.word(TYPE, 'type', MESSAGE_TYPES),
    body: fields.bytes(BODY, 'body'),
    signature: fields.bytes(SIGNATURE, 'signature'),
  };
}

/** To be called before an envelope is read. */
export function checkEnvelopeSize(bytes: Uint8Array, name: string): void {
  if (bytes.length > MAX_ENVELOPE_BYTES) {
    throw new ProtocolError('oversized', name, `is over ${MAX_ENVELOPE_BYTES} bytes`);
  }
}
