import { keyIdFromBytes, keyIdToBytes } from '../key-id/key-id.js';
import { ProtobufMessage, ProtobufWriter } from '../protobuf/protobuf-message.js';
import { ProtocolError } from '../protocol-error.js';
import { readKeyPolicy, writeKeyPolicy } from './policy-fields.js';
import type { SealedLicenseKey, SealedRequest } from './sealed-message.js';
import { signedContext } from './signed-context.js';
import { decrypt, encrypt } from './web-crypto.js';

/** What every key of a license is bound to. */
export interface KeyContext {
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly licenseId: string;
  readonly request: SealedRequest;
}

/** Field numbers of a key. */
const KEY_ID = 1;
const KEY_POLICY = 2;
const WRAPPED_KEY = 3;

const KEY_BYTES = 16;

/** Wraps a key. `field` names it in errors. */
export async function wrapKey(
  { keyId, key, policy }: SealedLicenseKey,
  context: KeyContext,
  field: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (key.length !== KEY_BYTES) {
    throw new ProtocolError('invalid-value', `${field}.key`, `must be ${KEY_BYTES} bytes, not ${key.length}`);
  }
  const id = keyIdToBytes(keyId, `${field}.keyId`);
  const keyPolicy = writeKeyPolicy(policy, `${field}.policy`);
  return new ProtobufWriter()
    .bytes(KEY_ID, id)
    .bytes(KEY_POLICY, keyPolicy)
    .bytes(WRAPPED_KEY, await encrypt(context.secret, contextOfKey(context, id, keyPolicy), key))
    .toBytes();
}

/** Opens what {@link wrapKey} gave; its `key` is `invalid-value` in any other context. */
export async function unwrapKey(
  bytes: Uint8Array,
  context: KeyContext,
  field: string,
): Promise<SealedLicenseKey> {
  const fields = ProtobufMessage.read(bytes, field);
  const id = fields.bytes(KEY_ID, 'keyId');
  const policy = fields.bytes(KEY_POLICY, 'policy');
  const wrapped = fields.bytes(WRAPPED_KEY, 'key');
  const keyId = keyIdFromBytes(id, `${field}.keyId`);
  const key = await decrypt(context.secret, contextOfKey(context, id, policy), wrapped, `${field}.key`);
  return { keyId, key, policy: readKeyPolicy(policy, `${field}.policy`) };
}

/** Moved into another license, under another key id or with another policy, the key does not open. */
function contextOfKey(
  { licenseId, request }: KeyContext,
  keyId: Uint8Array,
  policy: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return signedContext('content key', request.sessionId, request.nonce, licenseId, keyId, policy);
}
