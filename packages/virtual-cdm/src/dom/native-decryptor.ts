import { fromHex, toBase64Url } from '@secure-player/protocol';

import type { Decryptor, OwnedKey } from '../decryptor/decryptor.js';
import { VirtualCdmError } from '../virtual-cdm-error.js';

/**
 * Decrypts by the browser's own Clear Key: one MediaKeys, and a session for every key, because a session that is closed
 * is the only way to take a key out again. The sessions' own `message` events have nobody who listens.
 */
export class NativeDecryptor implements Decryptor {
  /** What a media element is really given. */
  readonly mediaKeys: MediaKeys;
  readonly #sessions = new Map<string, MediaKeySession>();
  readonly #work = new Map<string, Promise<void>>();
  #isClosed = false;

  constructor(mediaKeys: MediaKeys) {
    this.mediaKeys = mediaKeys;
  }

  /** Rejects with a VirtualCdmError `not-supported` where the browser refuses the key. */
  addKey(key: OwnedKey & { readonly key: Uint8Array<ArrayBuffer> }): Promise<void> {
    return this.#inTurn(nameOf(key), (name) => this.#add(name, key));
  }

  removeKey(key: OwnedKey): Promise<void> {
    return this.#inTurn(nameOf(key), (name) => this.#remove(name));
  }

  /** Takes all keys out, for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#work].map(([name]) => this.#inTurn(name, () => this.#remove(name))));
  }

  async #add(
    name: string,
    { keyId, key }: OwnedKey & { readonly key: Uint8Array<ArrayBuffer> },
  ): Promise<void> {
    if (this.#isClosed) return;

    let session: MediaKeySession | undefined;
    try {
      session = this.mediaKeys.createSession('temporary');
      const kid = toBase64Url(fromHex(keyId));
      await session.generateRequest('keyids', toJson({ kids: [kid] }));
      await session.update(toJson({ keys: [{ kty: 'oct', kid, k: toBase64Url(key) }] }));
    } catch (cause) {
      if (session) await close(session);
      throw new VirtualCdmError('not-supported', 'The browser’s own Clear Key has refused a key.', { cause });
    }

    // The old one goes only now: a key that is replaced by its equal must not leave a gap.
    await this.#remove(name);
    this.#sessions.set(name, session);
  }

  async #remove(name: string): Promise<void> {
    const session = this.#sessions.get(name);
    this.#sessions.delete(name);
    if (session) await close(session);
  }

  /** One after another for each key. */
  #inTurn(name: string, work: (name: string) => Promise<void>): Promise<void> {
    const previous = this.#work.get(name) ?? Promise.resolve();
    const next = previous.catch(() => {}).then(() => work(name));
    this.#work.set(name, next);
    const forget = () => {
      if (this.#work.get(name) === next && !this.#sessions.has(name)) this.#work.delete(name);
    };
    next.then(forget, forget);
    return next;
  }
}

/** A session that will not close has been closed already, or its CDM is gone: the key is out either way. */
async function close(session: MediaKeySession): Promise<void> {
  await session.close().catch(() => {});
}

function nameOf({ owner, keyId }: OwnedKey): string {
  return `${owner} ${keyId}`;
}

/** Key ids are of any length here, which protocol's own writers do not take. */
function toJson(value: object): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}
