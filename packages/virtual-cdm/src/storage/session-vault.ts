import type { VirtualSessionType, VirtualSystem } from '../system/virtual-system.js';
import { openSessionState, sealSessionState, type SessionState } from './session-state.js';
import type { SessionStore } from './session-store.js';

/** The stored sessions of one key system, opened and sealed with the key of the store. */
export class SessionVault {
  readonly #store: SessionStore;
  readonly #keySystem: string;

  constructor(store: SessionStore, { keySystem }: VirtualSystem) {
    this.#store = store;
    this.#keySystem = keySystem;
  }

  /** Whether there is a session of this key system. Rejects with a TypeError where it is of another session type. */
  async has(sessionId: string, type: VirtualSessionType): Promise<boolean> {
    const stored = await this.#store.read(sessionId);
    if (stored?.keySystem !== this.#keySystem) return false;
    if (stored.sessionType !== type) throw new TypeError('The stored session is of another session type.');

    return true;
  }

  /** Rejects with a TypeError for a session that is not there. */
  async read(sessionId: string): Promise<SessionState> {
    const stored = await this.#store.read(sessionId);
    if (!stored) throw new TypeError('The stored session is gone.');

    return openSessionState(stored.state, await this.#store.storageKey());
  }

  async write(sessionId: string, sessionType: VirtualSessionType, state: SessionState): Promise<void> {
    await this.#store.write({
      sessionId,
      keySystem: this.#keySystem,
      sessionType,
      state: await sealSessionState(state, await this.#store.storageKey()),
    });
  }

  remove(sessionId: string): Promise<void> {
    return this.#store.remove(sessionId);
  }

  /** What gives the claim up; null where another session object has the session. */
  claim(sessionId: string): Promise<(() => void) | null> {
    return this.#store.claim(sessionId);
  }
}
