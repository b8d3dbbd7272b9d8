import type { KeyId } from '../key-id/key-id.js';
import type { PsshBox } from '../pssh/pssh-box.js';

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

export async function writeEmbeddedKeys(init: EmbeddedKeysInit): Promise<Uint8Array<ArrayBuffer>> {
  throw new Error(`not written yet: ${init.rootKeyId}`);
}

export function readEmbeddedKeys(pssh: PsshBox): EmbeddedKeys | null {
  throw new Error(`not written yet: ${pssh.systemId}`);
}
