import { ByteReader } from '../bytes/byte-reader.js';
import { ByteWriter } from '../bytes/byte-writer.js';
import { ProtocolError, withOffsets } from '../protocol-error.js';
import { peekSerial } from '../sealed/certificate.js';
import { checkDirection } from '../sealed/message-type.js';
import { checkEnvelopeSize, readSealedFrame, writeSealedFrame } from '../sealed/sealed-frame.js';
import type { EnvelopeDetails, LicenseEnvelope, SealedMessage } from '../sealed/sealed-message.js';
import { unwrapTextForm, type TextFormName } from './text-forms.js';

/**
 * FairPlay's messages by their roles alone: an SPC that asks and a CKC that answers, both opaque bytes to a player. The
 * layout is this project's own and not Apple's. Both begin with a version and a reserved number, 32 bits each; the SPC
 * goes on with the content id and the serial of the server certificate, either of which may be empty; each ends in a
 * sealed message. Every run of bytes has its length before it.
 *
 * Requests are also read in the text forms of players: base64, `spc=…` in a form, `{"spc":"…"}`. Responses are read raw
 * only, as a CDM does; see {@link unwrapCkc}.
 */
export const FAIRPLAY_ENVELOPE: LicenseEnvelope = {
  system: 'fairplay',
  writeRequest,
  readRequest,
  writeResponse,
  readResponse,
};

const VERSION = 1;

function writeRequest(message: SealedMessage, details: EnvelopeDetails): Uint8Array<ArrayBuffer> {
  const contentId = new TextEncoder().encode(details.contentId ?? '');
  const { serviceCertificate } = details;
  const serial = serviceCertificate === undefined ? new Uint8Array() : peekSerial(serviceCertificate);
  const writer = beginMessage().uint32(contentId.length).bytes(contentId).uint32(serial.length).bytes(serial);
  return endMessage(writer, checkDirection(message, 'request'));
}

function readRequest(bytes: Uint8Array): SealedMessage {
  checkEnvelopeSize(bytes, 'spc');
  const raw = unwrapTextForm(bytes, 'spc');
  return withOffsets(
    () => readSpc(new ByteReader(raw)),
    // A position in decoded base64 is none in the text.
    (offset) => (raw.length === bytes.length ? offset : undefined),
  );
}

function readSpc(reader: ByteReader): SealedMessage {
  readVersion(reader, 'spc');
  reader.skip(reader.uint32('spc.contentIdLength'), 'spc.contentId');
  reader.skip(reader.uint32('spc.certificateLength'), 'spc.certificate');
  return checkDirection(readRest(reader, 'spc'), 'request');
}

function writeResponse(message: SealedMessage): Uint8Array<ArrayBuffer> {
  return endMessage(beginMessage(), checkDirection(message, 'response'));
}

function readResponse(bytes: Uint8Array): SealedMessage {
  checkEnvelopeSize(bytes, 'ckc');
  const reader = new ByteReader(bytes);
  readVersion(reader, 'ckc');
  return checkDirection(readRest(reader, 'ckc'), 'response');
}

function beginMessage(): ByteWriter {
  return new ByteWriter().uint32(VERSION).uint32(0);
}

function endMessage(writer: ByteWriter, message: SealedMessage): Uint8Array<ArrayBuffer> {
  const frame = writeSealedFrame(message);
  return writer.uint32(frame.length).bytes(frame).toBytes();
}

function readVersion(reader: ByteReader, name: TextFormName): void {
  if (reader.uint32(`${name}.version`) !== VERSION) {
    throw new ProtocolError('unsupported', `${name}.version`, `must be ${VERSION}`, 0);
  }
  reader.skip(4, `${name}.reserved`);
}

function readRest(reader: ByteReader, name: TextFormName): SealedMessage {
  const frame = reader.bytes(reader.uint32(`${name}.length`), `${name}.message`);
  if (reader.remaining > 0) {
    throw new ProtocolError('malformed', name, 'goes on after its end');
  }
  return readSealedFrame(frame, name);
}
