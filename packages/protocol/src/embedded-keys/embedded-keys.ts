import { keyIdFromBytes, keyIdToBytes, type KeyId } from '../key-id/key-id.js';
import { ProtobufMessage, ProtobufWriter } from '../protobuf/protobuf-message.js';
import { ProtocolError } from '../protocol-error.js';
import { writePsshBox, type PsshBox } from '../pssh/pssh-box.js';
import { allInOrder } from '../sealed/all-in-order.js';
import { signedContext } from '../sealed/signed-context.js';
import { decrypt, encrypt } from '../sealed/web-crypto.js';

/** The protection system, ours alone, whose `pssh` boxes hold keys that a root key opens. */
export const EMBEDDED_KEYS_SYSTEM_ID = 'c0218711-2905-4512-99f5-3b79719e47ca';

/** A key that media carries for the holders of the root key. It is a secret: never log it. */
export interface EmbeddedKey {
  readonly keyId: KeyId;
  /** 16 bytes. */
  readonly key: Uint8Array<ArrayBuffer>;
}

/** What {@link writeEmbeddedKeys} needs. */
export interface EmbeddedKeysInit {
  readonly rootKeyId: KeyId;
  /** 16 bytes. */
  readonly rootKey: Uint8Array;
  readonly keys: readonly EmbeddedKey[];
}

/** The embedded keys of one box, still closed. */
export interface EmbeddedKeys {
  readonly rootKeyId: KeyId;
  readonly keyIds: readonly KeyId[];
  /** Rejects with a `ProtocolError` when the root key is another one. */
  open(rootKey: Uint8Array): Promise<EmbeddedKey[]>;
}

/** Field numbers of the box's data, and of a key in it. */
const ROOT_KEY_ID = 1;
const KEYS = 2;
const KEY_ID = 1;
const WRAPPED_KEY = 2;

const KEY_BYTES = 16;
const MAX_KEYS = 256;

/**
 * Writes a whole `pssh` box for `moof`: it lists the key ids, for those who only want to know them, and its data holds each
 * key wrapped under the root key, bound to both key ids.
 */
export async function writeEmbeddedKeys(init: EmbeddedKeysInit): Promise<Uint8Array<ArrayBuffer>> {
  const { rootKeyId, keys } = init;
  if (keys.length === 0 || keys.length > MAX_KEYS) {
    throw new ProtocolError('invalid-value', 'embeddedKeys.keys', `must be 1 to ${MAX_KEYS}`);
  }
  const rootId = keyIdToBytes(rootKeyId, 'embeddedKeys.rootKeyId');
  const rootKey = checkKey(init.rootKey, 'embeddedKeys.rootKey');
  const writer = new ProtobufWriter().bytes(ROOT_KEY_ID, rootId);
  for (const [index, { keyId, key }] of keys.entries()) {
    const field = `embeddedKeys.keys[${index}]`;
    const id = keyIdToBytes(keyId, `${field}.keyId`);
    const wrapped = await encrypt(rootKey, contextOf(rootId, id), checkKey(key, `${field}.key`));
    writer.bytes(KEYS, new ProtobufWriter().bytes(KEY_ID, id).bytes(WRAPPED_KEY, wrapped).toBytes());
  }
  return writePsshBox({
    systemId: EMBEDDED_KEYS_SYSTEM_ID,
    keyIds: keys.map(({ keyId }) => keyId),
    data: writer.toBytes(),
  });
}

/**
 * Reads what {@link writeEmbeddedKeys} writes; null for a box of another system. Throws a `ProtocolError` when the data is
 * broken, or holds other keys than the box lists.
 */
export function readEmbeddedKeys(pssh: PsshBox): EmbeddedKeys | null {
  if (pssh.systemId !== EMBEDDED_KEYS_SYSTEM_ID) return null;

  const fields = ProtobufMessage.read(pssh.data, 'embeddedKeys');
  const rootId = fields.bytes(ROOT_KEY_ID, 'rootKeyId', KEY_BYTES);
  const keys = fields.repeatedBytes(KEYS, 'keys', MAX_KEYS).map(readWrappedKey);
  const keyIds = keys.map(({ keyId }) => keyId);
  if (keyIds.length === 0 || keyIds.join(' ') !== pssh.keyIds.join(' ')) {
    throw new ProtocolError('malformed', 'embeddedKeys.keys', 'are not those that the box lists');
  }
  return { rootKeyId: keyIdFromBytes(rootId), keyIds, open };

  function open(rootKey: Uint8Array): Promise<EmbeddedKey[]> {
    return allInOrder(keys.map((key, index) => unwrapKey(key, rootId, rootKey, index)));
  }
}

/** A key that is still closed. */
interface WrappedKey {
  readonly keyId: KeyId;
  readonly id: Uint8Array<ArrayBuffer>;
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

function readWrappedKey(bytes: Uint8Array, index: number): WrappedKey {
  const fields = ProtobufMessage.read(bytes, `embeddedKeys.keys[${index}]`);
  const id = fields.bytes(KEY_ID, 'keyId', KEY_BYTES);
  return { keyId: keyIdFromBytes(id), id, wrapped: fields.bytes(WRAPPED_KEY, 'key') };
}

async function unwrapKey(
  { keyId, id, wrapped }: WrappedKey,
  rootId: Uint8Array,
  rootKey: Uint8Array,
  index: number,
): Promise<EmbeddedKey> {
  const field = `embeddedKeys.keys[${index}].key`;
  const secret = checkKey(rootKey, 'embeddedKeys.rootKey');
  return { keyId, key: checkKey(await decrypt(secret, contextOf(rootId, id), wrapped, field), field) };
}

function contextOf(rootKeyId: Uint8Array, keyId: Uint8Array): Uint8Array<ArrayBuffer> {
  return signedContext('embedded key', rootKeyId, keyId);
}

function checkKey(key: Uint8Array, field: string): Uint8Array<ArrayBuffer> {
  if (key.length === KEY_BYTES) return Uint8Array.from(key);

  throw new ProtocolError('invalid-value', field, `must be ${KEY_BYTES} bytes, not ${key.length}`);
}
