import type { EmbeddedKeys, KeyId } from '@secure-player/protocol';

import type {
  DestroyedLicense,
  LicenseDemand,
  LicenseExchange,
  OutgoingMessage,
  ReceivedLicense,
} from '../dialect/dialect.js';
import { readInitData, type InitDataContent } from '../dialect/read-init-data.js';
import { createException } from '../webidl/exception.js';
import { keyStatus } from '../policy/key-usability.js';
import { readLicenseClock, type LicenseClockReading } from '../policy/license-clock.js';
import { openEmbeddedKeys } from '../rotation/open-embedded-keys.js';
import type { RootKey } from '../rotation/root-key.js';
import type { KeyStatus } from '../session/key-status.js';
import type { HeldKey, HeldLicense, KeyUsage, SessionState } from '../storage/session-state.js';
import type { VirtualSessionType } from '../system/virtual-system.js';
import type { CdmInstance } from './cdm-instance.js';
import { KeyRing } from './key-ring.js';
import { isDue, LicenseTimer } from './license-timer.js';

/** EME's reasons, and the two of the key rotation proposal. */
export type ClosedReason =
  | 'internal-error'
  | 'closed-by-application'
  | 'release-acknowledged'
  | 'hardware-context-reset'
  | 'resource-evicted'
  | 'parent-closed'
  | 'parent-merged';

/** Who shows a session as EME, and is told what happens to it by itself. */
export interface CdmSessionListener {
  onMessage(message: OutgoingMessage): void;
  /** Key statuses or the expiration may have changed. */
  onChange(): void;
  onClosed(reason: ClosedReason): void;
}

/** What came of a call. */
export interface SessionOutcome {
  readonly message: OutgoingMessage | null;
  /** The session is over with this call. */
  readonly closesWith?: ClosedReason | undefined;
}

const NOTHING: SessionOutcome = { message: null };
/** EME: "not longer than tens of characters and alphanumeric". */
const SESSION_ID = /^[A-Za-z0-9]{1,64}$/;

/** One key session of the CDM: its license, its keys, its time. EME's states and tasks are the session object's. */
export class CdmSession {
  readonly type: VirtualSessionType;
  readonly #instance: CdmInstance;
  readonly #listener: CdmSessionListener;
  readonly #exchange: LicenseExchange;
  readonly #ring: KeyRing;
  readonly #timer: LicenseTimer;
  #id = '';
  #demand: LicenseDemand | null = null;
  #license: HeldLicense | null = null;
  #destroyed: DestroyedLicense | null = null;
  #usage: KeyUsage | null = null;
  #embedded: EmbeddedKeys | null = null;
  #root: RootKey | null = null;
  #parent: CdmSession | null = null;
  #isClosed = false;
  /** False once the key system has shown that it has none. */
  #hasRenewals = true;
  #forcedExpiry: number | null = null;
  readonly #restricted = new Set<KeyId>();
  #releaseClaim: () => void = () => {};

  constructor(instance: CdmInstance, type: VirtualSessionType, listener: CdmSessionListener) {
    this.type = type;
    this.#instance = instance;
    this.#listener = listener;
    this.#exchange = instance.createExchange();
    this.#ring = new KeyRing(instance.decryptor, instance.nextOwner());
    this.#timer = new LicenseTimer(instance.clock, () => instance.run(this.#onTimer()));
  }

  /** Empty until the session has asked for a license or was loaded. */
  get id(): string {
    return this.#id;
  }

  /** The session whose root key opened this one's keys, where the key system tells. */
  get parent(): CdmSession | null {
    return this.#parent;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get statuses(): ReadonlyMap<KeyId, KeyStatus> {
    if (!this.#destroyed) return this.#ring.statuses;
    return new Map(this.#destroyed.keyIds.map((keyId) => [keyId, 'released']));
  }

  /** Epoch milliseconds, or NaN where nothing ends. */
  get expiration(): number {
    if (this.#destroyed) return Number.NaN;
    return this.#forcedExpiry ?? this.#clock()?.expiresAt ?? Number.NaN;
  }

  /** Rejects with what `generateRequest()` rejects with. */
  async generateRequest(initDataType: string, initData: Uint8Array): Promise<SessionOutcome> {
    const { system } = this.#instance;
    const content = readInitData(system.dialect, initDataType, initData);
    if (!content) {
      throw createException('NotSupportedError', 'The init data holds nothing for this key system.');
    }

    const [id, releaseClaim] = await this.#instance.newSessionId(this.type);
    this.#open(id, releaseClaim);
    try {
      return await this.#request(content);
    } catch (error) {
      this.#abandon();
      throw error;
    }
  }

  async #request({ embedded, contentId, keyIds: ownKeyIds }: InitDataContent): Promise<SessionOutcome> {
    const { system } = this.#instance;
    const root = embedded && this.#instance.findRootKey(embedded.rootKeyId);
    if (embedded && root && system.rotation !== 'spec') return this.#openEmbedded(embedded, root);

    this.#embedded = embedded;
    const keyIds = embedded ? [embedded.rootKeyId] : ownKeyIds;
    this.#demand = { sessionId: this.#id, sessionType: this.type, keyIds, contentId };
    return { message: await this.#exchange.request(this.#demand) };
  }

  /** Null where nothing is stored under this id. Rejects with what `load()` rejects with. */
  async load(sessionId: string): Promise<SessionOutcome | null> {
    if (!SESSION_ID.test(sessionId)) throw new TypeError('The session id is not one of this key system.');
    if (this.#instance.hasOpenSession(sessionId)) throw alreadyOpen();

    const { vault } = this.#instance;
    if (!(await vault.has(sessionId, this.type))) return null;
    const releaseClaim = await vault.claim(sessionId);
    if (!releaseClaim) throw alreadyOpen();

    this.#open(sessionId, releaseClaim);
    try {
      return await this.#restore(await vault.read(sessionId));
    } catch (error) {
      this.#abandon();
      throw error;
    }
  }

  async #restore(state: SessionState): Promise<SessionOutcome> {
    this.#ring.add(state.keys);
    this.#license = state.license;
    this.#destroyed = state.destroyed;
    this.#usage = state.usage;
    const keyIds = state.destroyed?.keyIds ?? state.keys.map(({ keyId }) => keyId);
    this.#demand = { sessionId: this.#id, sessionType: this.type, keyIds };
    this.#exchange.resume(this.#demand, state.license?.licenseId ?? state.destroyed?.licenseId ?? '');
    await this.#settle();

    return { message: this.#destroyed && (await this.#exchange.release(this.#demand, this.#destroyed)) };
  }

  #open(id: string, releaseClaim: () => void): void {
    this.#id = id;
    this.#releaseClaim = releaseClaim;
    this.#instance.register(this);
  }

  /** What could not be begun leaves nothing behind. */
  #abandon(): void {
    this.#instance.unregister(this);
    this.#timer.stop();
    this.#releaseClaim();
    this.#id = '';
  }

  /** Rejects with what `update()` rejects with; the session is then as it was. */
  async update(response: Uint8Array<ArrayBuffer>): Promise<SessionOutcome> {
    const incoming = await this.#exchange.receive(response);
    switch (incoming.kind) {
      case 'next':
        return { message: incoming.message };
      case 'license':
        await this.#accept(incoming.license);
        return NOTHING;
      case 'release-acknowledgement':
        if (this.type === 'temporary' || !this.#destroyed) {
          throw new TypeError('Invalid response: there is nothing to acknowledge.');
        }
        await this.#instance.vault.remove(this.#id);
        return { message: null, closesWith: 'release-acknowledged' };
    }
  }

  /** Destroys license and keys. What a persistent session was is kept until the server has acknowledged it. */
  async remove(): Promise<SessionOutcome> {
    if (!this.#destroyed) {
      const keyIds = this.#ring.keys.map(({ keyId }) => keyId);
      const hasAny = keyIds.length > 0 || this.#license !== null;
      if (!hasAny) return NOTHING;
      this.#destroyed = { licenseId: this.#license?.licenseId ?? '', keyIds, usage: this.#usage };
    }

    this.#license = null;
    this.#ring.clear();
    await this.#settle();
    if (this.type === 'temporary' || !this.#demand) return NOTHING;

    await this.#persist();
    return { message: await this.#exchange.release(this.#demand, this.#destroyed) };
  }

  /** Ends the session, for whatever reason; the keys that were not stored are gone. A second call does nothing. */
  async close(reason: ClosedReason): Promise<void> {
    if (this.#isClosed) return;

    this.#isClosed = true;
    this.#timer.stop();
    await this.#keepUsageRecord();
    this.#ring.clear();
    await this.#ring.apply(() => 'released');
    this.#releaseClaim();
    this.#instance.forget(this, reason);
    this.#listener.onClosed(reason);
  }

  /** The key that opens embedded keys, if this session has it and may use it. */
  findRootKey(keyId: KeyId): RootKey | null {
    const held = this.#ring.get(keyId);
    const isRoot = held?.policy.use === 'root' && this.#ring.statuses.get(keyId) === 'usable';

    return isRoot ? { keyId, key: held.key, policy: held.policy, session: this } : null;
  }

  /** Takes the embedded keys of another session for its own. */
  async adopt(keys: readonly HeldKey[]): Promise<void> {
    this.#ring.add(keys);
    await this.#settle();
    this.#listener.onChange();
  }

  /** Asks for a renewal now, where there is a license and the key system has renewals. */
  async renew(): Promise<void> {
    if (!this.#license || !this.#demand || this.#isClosed) return;

    const message = await this.#exchange.renew(this.#demand, this.#license.licenseId);
    this.#hasRenewals = message !== null;
    if (!message || this.#isClosed) return;

    // A license that is over has no grace any more: it stays over until the answer has come.
    const isOver = this.#clock()?.state === 'expired';
    if (!isOver) this.#license = { ...this.#license, renewalRequestedAt: this.#now() };
    this.#listener.onMessage(message);
    await this.reconsider();
  }

  /** Playback with this session's keys has begun. */
  async notePlaying(): Promise<void> {
    const now = this.#now();
    if (this.#ring.keys.length === 0) return;

    this.#usage = { firstUsedAt: this.#usage?.firstUsedAt ?? now, lastUsedAt: now };
    if (this.#license && this.#license.firstPlayedAt === null) {
      this.#license = { ...this.#license, firstPlayedAt: now };
      await this.#persist();
      await this.reconsider();
    }
  }

  /** For tests: the license is over as of now. */
  async expire(): Promise<void> {
    // EME: the expiration of an expired key must be earlier than the current time.
    this.#forcedExpiry = this.#now() - 1;
    await this.reconsider();
  }

  /** For tests: whether a key's output is restricted, whatever the display says. */
  async restrictOutput(keyId: KeyId, isRestricted: boolean): Promise<void> {
    if (isRestricted) this.#restricted.add(keyId);
    else this.#restricted.delete(keyId);
    await this.reconsider();
  }

  hasKey(keyId: KeyId): boolean {
    return this.#ring.get(keyId) !== undefined;
  }

  /** Judges everything anew: time has passed, or an output has changed. */
  async reconsider(): Promise<void> {
    if (this.#isClosed) return;

    await this.#settle();
    if (this.#isClosed) return;
    this.#listener.onChange();
    for (const child of this.#instance.childrenOf(this)) await child.reconsider();
  }

  /** Whether its keys were opened by a root key of that session. */
  isOpenedBy(session: CdmSession): boolean {
    return this.#root?.session === session;
  }

  async #accept(license: ReceivedLicense): Promise<void> {
    this.#refuseUnfit(license);
    const now = this.#now();
    this.#license = {
      licenseId: license.licenseId,
      policy: license.policy,
      firstReceivedAt: this.#license?.firstReceivedAt ?? now,
      receivedAt: now,
      firstPlayedAt: this.#license?.firstPlayedAt ?? null,
      renewalRequestedAt: null,
    };
    this.#forcedExpiry = null;
    this.#destroyed = null;
    this.#ring.add(license.keys);
    await this.#openPendingEmbedded();
    await this.#persist();
    await this.#settle();
    for (const child of this.#instance.childrenOf(this)) await child.reconsider();
  }

  /** A license that is over already is taken: its keys are `expired`, which tells the page more than a TypeError. */
  #refuseUnfit({ isPersistent, isRenewal, keys }: ReceivedLicense): void {
    if (this.#destroyed && this.type !== 'temporary') {
      throw new TypeError('Invalid response: the license was removed.');
    }
    if (isPersistent !== (this.type === 'persistent-license')) {
      throw new TypeError(
        isPersistent
          ? 'Invalid response: a license that is to be stored, for a session that stores none.'
          : 'Invalid response: a license that may not be stored, for a persistent session.',
      );
    }
    if (keys.length === 0 && !isRenewal) throw new TypeError('Invalid response: the license has no key.');
  }

  async #openEmbedded(embedded: EmbeddedKeys, root: RootKey): Promise<SessionOutcome> {
    const keys = await openEmbeddedKeys(embedded, root);
    const { rotation } = this.#instance.system;
    if (rotation === 'merged' && root.session) {
      await root.session.adopt(keys);
      return { message: null, closesWith: 'parent-merged' };
    }

    this.#root = root;
    this.#parent = rotation === 'parent' ? root.session : null;
    this.#ring.add(keys);
    await this.#settle();
    if (rotation !== 'empty-message') return NOTHING;
    return { message: { type: 'license-request', bytes: new Uint8Array() } };
  }

  async #openPendingEmbedded(): Promise<void> {
    const embedded = this.#embedded;
    const held = embedded && this.#ring.get(embedded.rootKeyId);
    if (!embedded || held?.policy.use !== 'root') return;

    this.#ring.add(
      await openEmbeddedKeys(embedded, {
        keyId: held.keyId,
        key: held.key,
        policy: held.policy,
        session: this,
      }),
    );
    this.#embedded = null;
  }

  async #settle(): Promise<void> {
    const clock = this.#clock();
    await this.#ring.apply((key) => this.#judge(key, clock));
    this.#watch(clock);
  }

  #judge(key: HeldKey, clock: LicenseClockReading | null): KeyStatus {
    const isExpired = this.#forcedExpiry !== null || this.#root?.session?.isClosed === true;
    const { display, system } = this.#instance;
    return keyStatus({
      clockState: isExpired ? 'expired' : (clock?.state ?? 'usable'),
      keyPolicy: key.policy,
      display,
      device: system.securityLevel,
      forced: this.#restricted.has(key.keyId) ? 'output-restricted' : undefined,
    });
  }

  /** What bounds this session's keys: its own license, or that of the session which has their root key. */
  #clock(): LicenseClockReading | null {
    if (this.#root?.session) return this.#root.session.#clock();
    return this.#license && readLicenseClock(this.#license, this.#now());
  }

  /** A session whose root key is another's is looked at again when that one is. */
  #watch(clock: LicenseClockReading | null): void {
    if (this.#isClosed || this.#root?.session) this.#timer.stop();
    else this.#timer.watch(clock, this.#mayRenew());
  }

  #mayRenew(): boolean {
    return this.#hasRenewals && this.#forcedExpiry === null;
  }

  async #onTimer(): Promise<void> {
    if (this.#mayRenew() && isDue(this.#clock(), this.#now())) await this.renew();
    await this.reconsider();
  }

  async #persist(): Promise<void> {
    const isStored =
      this.type === 'persistent-license' ||
      (this.type === 'persistent-usage-record' && this.#destroyed !== null);
    if (!isStored) return;

    await this.#instance.vault.write(this.#id, this.type, {
      keys: this.#ring.keys,
      license: this.#license,
      destroyed: this.#destroyed,
      usage: this.#usage,
    });
  }

  /** EME until 2021: the keys of such a session go with it, and a record of their use stays. */
  async #keepUsageRecord(): Promise<void> {
    if (this.type !== 'persistent-usage-record' || this.#ring.keys.length === 0) return;

    const keyIds = this.#ring.keys.map(({ keyId }) => keyId);
    const usage = this.#usage && { ...this.#usage, lastUsedAt: this.#now() };
    this.#destroyed = { licenseId: this.#license?.licenseId ?? '', keyIds, usage };
    this.#ring.clear();
    await this.#persist();
  }

  #now(): number {
    return this.#instance.clock.now();
  }
}

function alreadyOpen(): Error {
  return createException(
    'QuotaExceededError',
    'A session object that is not closed has this session already.',
  );
}
