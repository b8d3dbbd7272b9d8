import { ProtocolError } from '../protocol-error.js';
import { readAnswer, writeAnswerFields, type SealAnswerOptions } from './answer-fields.js';
import { checkType } from './message-type.js';
import { MAX_ID_BYTES } from './request-fields.js';
import type { SealedIdentity } from './sealed-identity.js';
import type { SealedMessage, SealedRequest } from './sealed-message.js';
import { signMessage } from './signed-message.js';

/** What {@link openReleaseAcknowledgement} needs. */
export interface OpenReleaseAcknowledgementOptions {
  /** The release that it must acknowledge. */
  readonly request: SealedRequest;
  /** Whom it must be for. @default any device; the nonce alone ties it to the request */
  readonly device?: SealedIdentity | undefined;
  /** The root's public key. */
  readonly root: CryptoKey;
}

/** The field of the body after those of every answer. */
const LICENSE_ID = 20;

/** Signs the server's word that it has noted a `license-release`, upon which the device forgets the license. */
export async function sealReleaseAcknowledgement(options: SealAnswerOptions): Promise<SealedMessage> {
  const { request, service } = options;
  if (request.type !== 'license-release') {
    throw new ProtocolError('invalid-value', 'request.type', 'must be license-release');
  }
  const writer = (await writeAnswerFields(options)).text(LICENSE_ID, request.licenseId);
  return signMessage('release-acknowledgement', writer.toBytes(), service.signing.privateKey);
}

/**
 * Resolves when the message acknowledges this very release. Rejects with a `ProtocolError` as {@link openLicense} does,
 * with fields that begin with `acknowledgement`.
 */
export async function openReleaseAcknowledgement(
  message: SealedMessage,
  options: OpenReleaseAcknowledgementOptions,
): Promise<void> {
  checkType(message, ['release-acknowledgement'], 'acknowledgement.type');
  const fields = await readAnswer(message, options, 'acknowledgement');
  if (fields.optionalText(LICENSE_ID, 'licenseId', MAX_ID_BYTES) !== options.request.licenseId) {
    throw new ProtocolError(
      'invalid-value',
      'acknowledgement.licenseId',
      'is not the license of the request',
    );
  }
}
