import { toHex, type KeyId } from '@secure-player/protocol';

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
  readonly #loaded = new Map<KeyId, HeldKey>();
  readonly #broken = new Set<KeyId>();
  #keys: ReadonlyMap<KeyId, HeldKey> = new Map();
  #statuses: ReadonlyMap<KeyId, KeyStatus> = new Map();

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

  /** Puts these keys in the place of all others. Nothing changes for the media before {@link apply}. */
  replace(keys: readonly HeldKey[]): void {
    this.#keys = new Map(keys.map((key) => [key.keyId, key]));
  }

  /**
   * Judges every key anew, and brings the decryptor to it. A key that stays, also by another license, is never out of the
   * decryptor in between: the picture would stall. Not to be called again before it is done.
   */
  async apply(judge: (key: HeldKey) => KeyStatus): Promise<void> {
    const judged = this.keys.map((key) => [key, judge(key)] as const);
    const wanted = judged
      .filter(([key, status]) => status === 'usable' && key.policy.use !== 'root')
      .map(([key]) => key);
    const wantedIds = new Set(wanted.map(({ keyId }) => keyId));

    for (const keyId of this.#loaded.keys()) {
      if (!wantedIds.has(keyId)) await this.#unload(keyId);
    }
    for (const key of wanted) {
      const loaded = this.#loaded.get(key.keyId);
      if (!loaded || toHex(loaded.key) !== toHex(key.key)) await this.#load(key);
    }

    this.#statuses = new Map(
      judged.map(([{ keyId }, status]) => {
        const isBroken = status === 'usable' && this.#broken.has(keyId);
        return [keyId, isBroken ? 'internal-error' : status];
      }),
    );
  }

  async #load(key: HeldKey): Promise<void> {
    try {
      await this.#decryptor.addKey({ owner: this.#owner, keyId: key.keyId, key: key.key });
      this.#loaded.set(key.keyId, key);
      this.#broken.delete(key.keyId);
    } catch {
      // A key that does not decrypt is told by its status: EME has no other way to say so.
      this.#broken.add(key.keyId);
      if (this.#loaded.has(key.keyId)) await this.#unload(key.keyId);
    }
  }

  async #unload(keyId: KeyId): Promise<void> {
    this.#loaded.delete(keyId);
    await this.#decryptor.removeKey({ owner: this.#owner, keyId });
  }
}
