import { toHex } from '../bytes/hex.js';
import { ProtobufMessage, ProtobufWriter } from '../protobuf/protobuf-message.js';
import { ProtocolError } from '../protocol-error.js';
import { readCertificateOf, type Certificate } from './certificate.js';
import { MAX_ID_BYTES, NONCE_BYTES } from './request-fields.js';
import type { SealedIdentity } from './sealed-identity.js';
import type { SealedMessage, SealedRequest } from './sealed-message.js';
import { checkBodySize, checkMessageSignature } from './signed-message.js';
import { DIGEST_BYTES, sha256 } from './web-crypto.js';

/** What a server needs for an answer: the request, as it was opened, and itself. */
export interface SealAnswerOptions {
  readonly request: SealedRequest;
  readonly device: Certificate;
  readonly service: SealedIdentity;
}

/** Field numbers that every answer begins with; those of each kind begin at 20. */
const SERVICE_CERTIFICATE = 1;
const DEVICE = 2;
const SESSION_ID = 3;
const NONCE = 4;

/** Begins an answer's body with what ties it to the request. */
export async function writeAnswerFields(options: SealAnswerOptions): Promise<ProtobufWriter> {
  const { request, device, service } = options;
  return new ProtobufWriter()
    .bytes(SERVICE_CERTIFICATE, service.certificate)
    .bytes(DEVICE, await sha256(device.bytes))
    .text(SESSION_ID, request.sessionId)
    .bytes(NONCE, request.nonce);
}

/** What {@link readAnswer} holds an answer against. */
export interface AnswerExpectation {
  readonly request: SealedRequest;
  /** @default any device */
  readonly device?: SealedIdentity | undefined;
  readonly root: CryptoKey;
}

/** Reads an answer's body after it has verified who wrote it, for whom, and as the answer to what. `name` names it. */
export async function readAnswer(
  message: SealedMessage,
  expectation: AnswerExpectation,
  name: string,
): Promise<ProtobufMessage> {
  checkBodySize(message, name);
  const fields = ProtobufMessage.read(message.body, name);
  const certificate = fields.bytes(SERVICE_CERTIFICATE, 'certificate');
  const service = await readCertificateOf('service', certificate, expectation.root);
  await checkMessageSignature(message, service.verifyKey, name);

  const { request, device } = expectation;
  const digest = fields.bytes(DEVICE, 'device', DIGEST_BYTES);
  if (device !== undefined && toHex(digest) !== toHex(await sha256(device.certificate))) {
    throw new ProtocolError('invalid-value', `${name}.device`, 'is another device');
  }
  if (fields.text(SESSION_ID, 'sessionId', MAX_ID_BYTES) !== request.sessionId) {
    throw new ProtocolError('invalid-value', `${name}.sessionId`, 'is another session');
  }
  if (toHex(fields.bytes(NONCE, 'nonce', NONCE_BYTES)) !== toHex(request.nonce)) {
    throw new ProtocolError('invalid-value', `${name}.nonce`, 'answers another request');
  }
  return fields;
}
