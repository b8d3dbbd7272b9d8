import { toHex, type HdcpLevel, type KeyId } from '@secure-player/protocol';
import type { Clock } from '@secure-player/core';

import type { Decryptor } from '../decryptor/decryptor.js';
import { ClearKeyExchange } from '../dialect/clear-key-exchange.js';
import type { LicenseExchange } from '../dialect/dialect.js';
import { SealedExchange, type SealedDevice } from '../dialect/sealed-exchange.js';
import type { RootKey } from '../rotation/root-key.js';
import { SessionVault } from '../storage/session-vault.js';
import type { VirtualSessionType, VirtualSystem } from '../system/virtual-system.js';
import { CdmSession, type CdmSessionListener } from './cdm-session.js';
import type { ClosedReason } from './closed-reason.js';
import type { VirtualCdm } from './virtual-cdm.js';

const SESSION_ID_BYTES = 16;

/** The CDM as one MediaKeys has it: its sessions, its decryptor, and the server certificate that the page has set. */
export class CdmInstance {
  readonly system: VirtualSystem;
  readonly decryptor: Decryptor;
  /** Null for a key system whose messages are in the clear. */
  readonly device: SealedDevice | null;
  readonly vault: SessionVault;
  readonly #cdm: VirtualCdm;
  readonly #sessions = new Set<CdmSession>();
  #isBroken = false;
  #owners = 0;

  constructor(cdm: VirtualCdm, system: VirtualSystem, decryptor: Decryptor, device: SealedDevice | null) {
    this.#cdm = cdm;
    this.system = system;
    this.decryptor = decryptor;
    this.device = device;
    this.vault = new SessionVault(cdm.environment.store, system);
  }

  get clock(): Clock {
    return this.#cdm.environment.clock;
  }

  /** What HDCP the virtual display has at this moment. */
  get display(): HdcpLevel {
    return this.#cdm.display;
  }

  /** EME: a CDM that is unavailable after an internal error makes no new sessions. */
  get isBroken(): boolean {
    return this.#isBroken || this.#cdm.isClosed;
  }

  createSession(type: VirtualSessionType, listener: CdmSessionListener): CdmSession {
    const session = new CdmSession(this, type, listener);
    this.#sessions.add(session);
    return session;
  }

  /** Whether media is playing with these keys at this moment. */
  get isPlaying(): boolean {
    return this.#cdm.environment.isPlaying?.(this.decryptor) ?? false;
  }

  /** From now on the session is known by its id, and reached by what happens to the CDM. */
  register(session: CdmSession): void {
    this.#cdm.add(session, this);
  }

  unregister(session: CdmSession): void {
    this.#cdm.remove(session);
  }

  createExchange(): LicenseExchange {
    return this.device ? new SealedExchange(this.device) : new ClearKeyExchange();
  }

  /** A name for the keys of one session, which the decryptor tells sessions apart by. */
  nextOwner(): string {
    this.#owners += 1;
    return `session-${this.#owners}`;
  }

  /** A new session id, and what gives it up; one of a persistent type is claimed for this document. */
  async newSessionId(type: VirtualSessionType): Promise<[id: string, release: () => void]> {
    for (;;) {
      const id = this.#randomId();
      if (type === 'temporary') return [id, () => {}];
      const { store } = this.#cdm.environment;
      if (await store.read(id)) continue;

      const release = await store.claim(id);
      if (release) return [id, release];
    }
  }

  /** Whether a session object of this document that is not closed has this id. */
  hasOpenSession(sessionId: string): boolean {
    return this.#cdm.openSessions.some(({ id }) => id === sessionId);
  }

  /** The root key, where this MediaKeys has it: by a license, by a side channel, or from the start. */
  findRootKey(keyId: KeyId): RootKey | null {
    for (const session of this.#cdm.openSessionsOf(this)) {
      const root = session.findRootKey(keyId);
      if (root) return root;
    }

    const key = this.#cdm.findBakedInRootKey(this.system, keyId);
    return key && { keyId, key, policy: { use: 'root' }, session: null };
  }

  /** The sessions whose keys a session's root key has opened. */
  childrenOf(parent: CdmSession): readonly CdmSession[] {
    return this.#cdm.openSessionsOf(this).filter((session) => session.isOpenedBy(parent));
  }

  /** A session has closed; those that have it for a parent go with it. */
  forget(session: CdmSession, reason: ClosedReason): void {
    this.#sessions.delete(session);
    this.#cdm.forget(session, reason);
    for (const child of this.childrenOf(session)) {
      this.run(child.parent === session ? child.close('parent-closed') : child.reconsider());
    }
  }

  /** EME's "CDM Unavailable": every session closes, also one that was never used, and there are no new ones. */
  breakDown(): void {
    this.#isBroken = true;
    this.closeAll('internal-error');
  }

  closeAll(reason: ClosedReason): void {
    for (const session of this.#sessions) this.run(session.close(reason));
  }

  /** For work that nobody waits for. */
  run(work: Promise<void>): void {
    this.#cdm.run(work);
  }

  /** Clear Key: "a numerical value representable by a 32-bit integer"; 0 would be no id at all to some pages. */
  #randomId(): string {
    const { random } = this.#cdm.environment;
    if (this.system.keySystem !== 'org.w3.clearkey') return toHex(random(SESSION_ID_BYTES)).toUpperCase();

    return String(1 + (new DataView(random(4).buffer).getUint32(0) % (2 ** 31 - 1)));
  }
}
