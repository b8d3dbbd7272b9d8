import type { KeyId } from '@secure-player/protocol';

import type { Decryptor } from '../decryptor/decryptor.js';
import type { KeyStatus } from '../session/key-status.js';
import type { HeldKey } from '../storage/session-state.js';

/**
 * The keys of one session, and which of them are with the decryptor: those that are usable at this moment. What it tells
 * as `usable` has arrived there.
 */
export class KeyRing {
  readonly #decryptor: Decryptor;
  readonly #owner: string;
  readonly #keys = new Map<KeyId, HeldKey>();
  readonly #loaded = new Map<KeyId, HeldKey>();
  readonly #broken = new Set<KeyId>();
  #statuses: ReadonlyMap<KeyId, KeyStatus> = new Map();
  #work: Promise<void> = Promise.resolve();

  constructor(decryptor: Decryptor, owner: string) {
    this.#decryptor = decryptor;
    this.#owner = owner;
  }

  get keys(): readonly HeldKey[] {
    return [...this.#keys.values()];
  }

  /** As of the last {@link apply}. */
  get statuses(): ReadonlyMap<KeyId, KeyStatus> {
    return this.#statuses;
  }

  get(keyId: KeyId): HeldKey | undefined {
    return this.#keys.get(keyId);
  }

  /** Adds keys; one with a key id that is there replaces the old one. Nothing is usable before {@link apply}. */
  add(keys: readonly HeldKey[]): void {
    for (const key of keys) {
      this.#keys.set(key.keyId, key);
      this.#broken.delete(key.keyId);
    }
  }

  /** Forgets all keys. */
  clear(): void {
    this.#keys.clear();
  }

  /** Judges every key anew, and brings the decryptor to it. Calls are worked off one after another. */
  apply(judge: (key: HeldKey) => KeyStatus): Promise<void> {
    this.#work = this.#work.then(() => this.#apply(judge));
    return this.#work;
  }

  async #apply(judge: (key: HeldKey) => KeyStatus): Promise<void> {
    const wanted = new Map(
      this.keys
        .filter((key) => key.policy.use !== 'root' && judge(key) === 'usable')
        .map((key) => [key.keyId, key] as const),
    );
    for (const [keyId, key] of this.#loaded) {
      if (wanted.get(keyId) !== key) await this.#unload(keyId);
    }
    for (const key of wanted.values()) {
      if (!this.#loaded.has(key.keyId)) await this.#load(key);
    }

    this.#statuses = new Map(
      this.keys.map((key) => [key.keyId, this.#broken.has(key.keyId) ? 'internal-error' : judge(key)]),
    );
  }

  async #load(key: HeldKey): Promise<void> {
    try {
      await this.#decryptor.addKey({ owner: this.#owner, keyId: key.keyId, key: key.key });
      this.#loaded.set(key.keyId, key);
    } catch {
      // A key that does not decrypt is told by its status: EME has no other way to say so.
      this.#broken.add(key.keyId);
    }
  }

  async #unload(keyId: KeyId): Promise<void> {
    this.#loaded.delete(keyId);
    await this.#decryptor.removeKey({ owner: this.#owner, keyId });
  }
}
