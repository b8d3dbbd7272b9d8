import { toHex } from '../bytes/hex.js';
import { ProtobufMessage, ProtobufWriter } from '../protobuf/protobuf-message.js';
import { ProtocolError } from '../protocol-error.js';
import { checkRole, readCertificateOf, type Certificate } from './certificate.js';
import { checkType } from './message-type.js';
import { readRequestFields, writeRequestFields } from './request-fields.js';
import type { SealedIdentity } from './sealed-identity.js';
import type { SealedMessage, SealedRequest } from './sealed-message.js';
import { checkBodySize, checkMessageSignature, signMessage } from './signed-message.js';
import { signedContext } from './signed-context.js';
import {
  agree,
  decrypt,
  DIGEST_BYTES,
  encrypt,
  exportPublicKey,
  generateAgreementKeys,
  importAgreementKey,
  PUBLIC_KEY_BYTES,
  sha256,
} from './web-crypto.js';

/** What {@link sealRequest} needs. */
export interface SealRequestOptions {
  readonly device: SealedIdentity;
  /** Whose server certificate the page has set: the device's own certificate is then encrypted to it. @default none */
  readonly service?: Certificate | undefined;
}

/** What {@link openRequest} needs. */
export interface OpenRequestOptions {
  readonly service: SealedIdentity;
  /** The root's public key. */
  readonly root: CryptoKey;
}

/** A request, and which device made it. */
export interface OpenedRequest {
  readonly request: SealedRequest;
  readonly device: Certificate;
}

/** Fields of the body after those of the request itself: one of the two is there. */
const CERTIFICATE = 20;
const ENCRYPTED_CERTIFICATE = 21;

/** Field numbers of an encrypted certificate. */
const SERVICE = 1;
const EPHEMERAL_KEY = 2;
const CIPHERTEXT = 3;

const TYPES = ['license-request', 'license-renewal', 'license-release'] as const;

/**
 * Signs a request with the device's key. Rejects with a `ProtocolError` for a device without certificate, and for
 * values that no server would take.
 */
export async function sealRequest(
  request: SealedRequest,
  options: SealRequestOptions,
): Promise<SealedMessage> {
  const { device, service } = options;
  if (device.certificate.length === 0) {
    throw new ProtocolError('invalid-value', 'device.certificate', 'is missing; provision the device first');
  }
  const writer = writeRequestFields(request);
  if (service === undefined) writer.bytes(CERTIFICATE, device.certificate);
  else writer.bytes(ENCRYPTED_CERTIFICATE, await encryptCertificate(device.certificate, service, request));

  return signMessage(request.type, writer.toBytes(), device.signing.privateKey);
}

/**
 * Opens a request at the license server. Rejects with a `ProtocolError` whose field is
 *
 * - `request.type` for a message of another kind,
 * - `request.service` or `request.certificate` when the device's certificate is encrypted to another server,
 * - `certificate.…` when that certificate is not from the root or not a device's,
 * - `request.signature` when anything was changed after the device had signed it.
 *
 * A request can be sent twice by anyone; who must not answer twice remembers its nonce.
 */
export async function openRequest(
  message: SealedMessage,
  options: OpenRequestOptions,
): Promise<OpenedRequest> {
  const type = checkType(message, TYPES, 'request.type');
  checkBodySize(message, 'request');
  const fields = ProtobufMessage.read(message.body, 'request');
  const request = readRequestFields(fields, type);

  const certificate =
    fields.optionalBytes(CERTIFICATE, 'certificate') ??
    (await decryptCertificate(fields.bytes(ENCRYPTED_CERTIFICATE, 'certificate'), options.service, request));
  const device = await readCertificateOf('device', certificate, options.root);
  await checkMessageSignature(message, device.verifyKey, 'request');
  return { request, device };
}

async function encryptCertificate(
  certificate: Uint8Array<ArrayBuffer>,
  service: Certificate,
  request: SealedRequest,
): Promise<Uint8Array<ArrayBuffer>> {
  checkRole(service, 'service', 'service');
  const ephemeral = await generateAgreementKeys();
  const digest = await sha256(service.bytes);
  const secret = await agree(ephemeral.privateKey, service.agreementKey, 'service.agreementKey');
  return new ProtobufWriter()
    .bytes(SERVICE, digest)
    .bytes(EPHEMERAL_KEY, await exportPublicKey(ephemeral.publicKey, 'request.ephemeralKey'))
    .bytes(CIPHERTEXT, await encrypt(secret, certificateContext(digest, request), certificate))
    .toBytes();
}

async function decryptCertificate(
  bytes: Uint8Array,
  service: SealedIdentity,
  request: SealedRequest,
): Promise<Uint8Array<ArrayBuffer>> {
  const fields = ProtobufMessage.read(bytes, 'request.certificate');
  const digest = await sha256(service.certificate);
  if (toHex(fields.bytes(SERVICE, 'service', DIGEST_BYTES)) !== toHex(digest)) {
    throw new ProtocolError('invalid-value', 'request.service', 'is another license server');
  }
  const ephemeral = await importAgreementKey(
    fields.bytes(EPHEMERAL_KEY, 'ephemeralKey', PUBLIC_KEY_BYTES),
    'request.certificate.ephemeralKey',
  );
  const secret = await agree(service.agreement.privateKey, ephemeral, 'request.certificate.ephemeralKey');
  const ciphertext = fields.bytes(CIPHERTEXT, 'ciphertext');
  return decrypt(secret, certificateContext(digest, request), ciphertext, 'request.certificate');
}

/** Moved into another request, the certificate does not open. */
function certificateContext(service: Uint8Array, request: SealedRequest): Uint8Array<ArrayBuffer> {
  return signedContext('device certificate', service, request.sessionId, request.nonce);
}
