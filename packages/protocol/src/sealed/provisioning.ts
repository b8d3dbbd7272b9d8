import { SECURITY_LEVELS, type SecurityLevel } from '../policy/license-policy.js';
import { ProtobufMessage, ProtobufWriter } from '../protobuf/protobuf-message.js';
import { issueCertificate } from './certificate.js';
import type { CertificateAuthority } from './certificate-authority.js';
import { checkType } from './message-type.js';
import { checkNonce, NONCE_BYTES } from './request-fields.js';
import type { SealedIdentity } from './sealed-identity.js';
import type { SealedMessage } from './sealed-message.js';
import { checkBodySize, checkMessageSignature, signMessage } from './signed-message.js';
import { exportPublicKey, importAgreementKey, importVerifyKey, PUBLIC_KEY_BYTES } from './web-crypto.js';

/** What {@link sealProvisioningRequest} needs. */
export interface SealProvisioningRequestOptions {
  /** 16 random bytes, so that no two requests are the same. */
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** What the device claims to be. */
  readonly securityLevel: SecurityLevel;
}

/** What {@link answerProvisioningRequest} needs. */
export interface AnswerProvisioningRequestOptions {
  readonly authority: CertificateAuthority;
  /**
   * The level to certify, whatever the device claims to be: who sends a request proves only that it has the keys.
   * @default what the device claims, as a test root may believe
   */
  readonly securityLevel?: SecurityLevel | undefined;
}

/** Field numbers of the body. */
const VERIFY_KEY = 1;
const AGREEMENT_KEY = 2;
const NONCE = 3;
const SECURITY_LEVEL = 4;

const NAME = 'provisioning';

/** A device without certificate asks for one: an `individualization-request`, signed with the key that it is for. */
export async function sealProvisioningRequest(
  identity: SealedIdentity,
  options: SealProvisioningRequestOptions,
): Promise<SealedMessage> {
  const { signing, agreement } = identity;
  const body = new ProtobufWriter()
    .bytes(VERIFY_KEY, await exportPublicKey(signing.publicKey, `${NAME}.verifyKey`))
    .bytes(AGREEMENT_KEY, await exportPublicKey(agreement.publicKey, `${NAME}.agreementKey`))
    .bytes(NONCE, checkNonce(options.nonce, `${NAME}.nonce`))
    .word(SECURITY_LEVEL, options.securityLevel, SECURITY_LEVELS, `${NAME}.securityLevel`)
    .toBytes();
  return signMessage('individualization-request', body, signing.privateKey);
}

/**
 * Issues the certificate that a device has asked for: a `device-certificate`, whose body {@link withCertificate} takes.
 * Without `securityLevel` it believes what the device claims to be. Rejects with a `ProtocolError` whose field is
 * `provisioning.type` for a message of another kind and `provisioning.signature` when the device does not have the key.
 */
export async function answerProvisioningRequest(
  message: SealedMessage,
  options: AnswerProvisioningRequestOptions,
): Promise<SealedMessage> {
  checkType(message, ['individualization-request'], `${NAME}.type`);
  checkBodySize(message, NAME);
  const fields = ProtobufMessage.read(message.body, NAME);
  fields.bytes(NONCE, 'nonce', NONCE_BYTES);
  const claimed = fields.word(SECURITY_LEVEL, 'securityLevel', SECURITY_LEVELS);
  const verifyPoint = fields.bytes(VERIFY_KEY, 'verifyKey', PUBLIC_KEY_BYTES);
  const agreementPoint = fields.bytes(AGREEMENT_KEY, 'agreementKey', PUBLIC_KEY_BYTES);

  const verifyKey = await importVerifyKey(verifyPoint, `${NAME}.verifyKey`);
  await checkMessageSignature(message, verifyKey, NAME);
  const agreementKey = await importAgreementKey(agreementPoint, `${NAME}.agreementKey`);
  const body = await issueCertificate(options.authority, {
    role: 'device',
    securityLevel: options.securityLevel ?? claimed,
    verifyKey,
    agreementKey,
  });
  return { type: 'device-certificate', body, signature: new Uint8Array() };
}
