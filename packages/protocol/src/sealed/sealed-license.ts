import type { ProtobufMessage } from '../protobuf/protobuf-message.js';
import { ProtocolError } from '../protocol-error.js';
import { allInOrder } from './all-in-order.js';
import { readAnswer, writeAnswerFields, type SealAnswerOptions } from './answer-fields.js';
import { checkType } from './message-type.js';
import { MAX_MILLISECONDS_BYTES, readMilliseconds, writeMilliseconds } from './milliseconds.js';
import { readLicensePolicy, writeLicensePolicy } from './policy-fields.js';
import { checkId, MAX_ID_BYTES, MAX_KEYS } from './request-fields.js';
import type { SealedIdentity } from './sealed-identity.js';
import type { SealedLicense, SealedMessage, SealedRequest } from './sealed-message.js';
import { signMessage } from './signed-message.js';
import {
  agree,
  exportPublicKey,
  generateAgreementKeys,
  importAgreementKey,
  PUBLIC_KEY_BYTES,
} from './web-crypto.js';
import { unwrapKey, wrapKey } from './wrapped-key.js';

/** What {@link openLicense} needs. */
export interface OpenLicenseOptions {
  /** The request that the license must answer. */
  readonly request: SealedRequest;
  readonly device: SealedIdentity;
  /** The root's public key. */
  readonly root: CryptoKey;
}

/** Field numbers of a license's body, after those of every answer. */
const LICENSE_ID = 20;
const ISSUED_AT = 21;
const POLICY = 22;
const EPHEMERAL_KEY = 23;
const KEYS = 24;

/**
 * Wraps a license's keys to the device and signs all of it. Rejects with a `ProtocolError` for values that no device would
 * take: a key that is not 16 bytes, a key id twice, another license than the one that is to be renewed.
 */
export async function sealLicense(
  license: SealedLicense,
  options: SealAnswerOptions,
): Promise<SealedMessage> {
  const { licenseId, issuedAt, keys, policy } = license;
  checkId(licenseId, MAX_ID_BYTES, 'license.licenseId');
  checkLicense(license, options.request);
  const writer = (await writeAnswerFields(options))
    .text(LICENSE_ID, licenseId)
    .text(ISSUED_AT, writeMilliseconds(issuedAt, 'license.issuedAt'))
    .bytes(POLICY, writeLicensePolicy(policy, 'license.policy'));
  if (keys.length > 0) {
    const ephemeral = await generateAgreementKeys();
    const secret = await agree(ephemeral.privateKey, options.device.agreementKey, 'device.agreementKey');
    const context = { secret, licenseId, request: options.request };
    const wrapped = await allInOrder(
      keys.map((key, index) => wrapKey(key, context, `license.keys[${index}]`)),
    );
    writer.bytes(EPHEMERAL_KEY, await exportPublicKey(ephemeral.publicKey, 'license.ephemeralKey'));
    for (const key of wrapped) writer.bytes(KEYS, key);
  }
  return signMessage('license', writer.toBytes(), options.service.signing.privateKey);
}

/**
 * Opens a license at the device. Rejects with a `ProtocolError` whose field is
 *
 * - `license.type` for a message of another kind,
 * - `certificate.…` when its server's certificate is not from the root or not a server's,
 * - `license.signature` when anything was changed after the server had signed it,
 * - `license.device`, `license.sessionId` or `license.nonce` when it is for another device, another session or another
 *   request of this session,
 * - `license.licenseId` when another license was to be renewed,
 * - `license.keys[n].key` when a key does not open.
 *
 * It keeps no state: the same license opens again with the same request, so whoever must not take one twice forgets the
 * request's nonce after the first. It knows no clock: whether the license is out of date is for the caller to tell by `issuedAt` and the policy.
 */
export async function openLicense(
  message: SealedMessage,
  options: OpenLicenseOptions,
): Promise<SealedLicense> {
  checkType(message, ['license'], 'license.type');
  const { request, device } = options;
  const fields = await readAnswer(message, options, 'license');
  const licenseId = fields.text(LICENSE_ID, 'licenseId', MAX_ID_BYTES);
  const issuedAt = fields.text(ISSUED_AT, 'issuedAt', MAX_MILLISECONDS_BYTES);
  const wrapped = fields.repeatedBytes(KEYS, 'keys', MAX_KEYS);
  const secret = wrapped.length === 0 ? new Uint8Array() : await agreeWithServer(fields, device);
  const context = { secret, licenseId, request };
  const license: SealedLicense = {
    licenseId,
    issuedAt: readMilliseconds(issuedAt, 'license.issuedAt'),
    keys: await allInOrder(wrapped.map((key, index) => unwrapKey(key, context, `license.keys[${index}]`))),
    policy: readLicensePolicy(fields.bytes(POLICY, 'policy'), 'license.policy'),
  };
  checkLicense(license, request);
  return license;
}

async function agreeWithServer(
  fields: ProtobufMessage,
  device: SealedIdentity,
): Promise<Uint8Array<ArrayBuffer>> {
  const point = fields.bytes(EPHEMERAL_KEY, 'ephemeralKey', PUBLIC_KEY_BYTES);
  const ephemeral = await importAgreementKey(point, 'license.ephemeralKey');
  return agree(device.agreement.privateKey, ephemeral, 'license.ephemeralKey');
}

/** What both sides hold a license to. */
function checkLicense({ licenseId, keys }: SealedLicense, request: SealedRequest): void {
  if (request.licenseId !== undefined && request.licenseId !== licenseId) {
    throw new ProtocolError('invalid-value', 'license.licenseId', 'is not the license of the request');
  }
  if (keys.length > MAX_KEYS) {
    throw new ProtocolError('oversized', 'license.keys', `has over ${MAX_KEYS} entries`);
  }
  const keyIds = new Set(keys.map(({ keyId }) => keyId));
  if (keyIds.size < keys.length) {
    throw new ProtocolError('invalid-value', 'license.keys', 'has a key id twice');
  }
}
