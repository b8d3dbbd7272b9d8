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
import type { LicenseClockReading } from '../policy/license-clock.js';
import { openEmbeddedKeys } from '../rotation/open-embedded-keys.js';
import type { RootKey } from '../rotation/root-key.js';
import type { KeyStatus } from '../session/key-status.js';
import type { HeldKey, HeldLicense, KeyUsage, SessionState } from '../storage/session-state.js';
import { toUsageRecord } from '../storage/usage-record.js';
import type { VirtualSessionType } from '../system/virtual-system.js';
import type { CdmInstance } from './cdm-instance.js';
import type { ClosedReason } from './closed-reason.js';
import { KeyRing } from './key-ring.js';
import { isDue, LicenseTimer } from './license-timer.js';
import { holdLicense, overSince, readBounds, renewalRequested } from './license-times.js';

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

/**
 * One key session of the CDM: its license, its keys, its time. EME's states and tasks are the session object's.
 *
 * All that it is asked runs one after another, so that no call sees another one half done. A session waits for the one
 * with its root key at most, and never the other way round.
 */
export class CdmSession {
  readonly type: VirtualSessionType;
  readonly #instance: CdmInstance;
  readonly #listener: CdmSessionListener;
  readonly #exchange: LicenseExchange;
  readonly #ring: KeyRing;
  readonly #timer: LicenseTimer;
  readonly #restricted = new Set<KeyId>();
  #id = '';
  #demand: LicenseDemand | null = null;
  #license: HeldLicense | null = null;
  #destroyed: DestroyedLicense | null = null;
  #usage: KeyUsage | null = null;
  #embedded: EmbeddedKeys | null = null;
  #root: RootKey | null = null;
  #parent: CdmSession | null = null;
  /** Since when the session has no license any more, being closed or removed; null while it may have one. */
  #overSince: number | null = null;
  #isClosed = false;
  /** False once the key system has shown that it has none. */
  #hasRenewals = true;
  #releaseClaim: () => void = () => {};
  #work: Promise<unknown> = Promise.resolve();

  constructor(instance: CdmInstance, type: VirtualSessionType, listener: CdmSessionListener) {
    this.type = type;
    this.#instance = instance;
    this.#listener = listener;
    this.#exchange = instance.createExchange();
    this.#ring = new KeyRing(instance.decryptor, instance.nextOwner());
    this.#timer = new LicenseTimer(instance.clock, () => {
      // Of now: a clock that is moved has gone on by the time that it is this call's turn.
      const now = this.#now();
      instance.run(this.#inTurn(() => this.#onTimer(now)));
    });
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
    const bounds = this.#destroyed || this.#isClosed ? null : this.#bounds();
    if (!bounds) return Number.NaN;

    // EME: what is expired must have ended earlier than now, and not at this very millisecond.
    const latest = bounds.state === 'expired' ? this.#now() - 1 : Infinity;
    return Math.min(bounds.expiresAt, latest);
  }

  /** Rejects with what `generateRequest()` rejects with. */
  generateRequest(initDataType: string, initData: Uint8Array): Promise<SessionOutcome> {
    return this.#inTurn(async () => {
      this.#requireOpen();
      const content = readInitData(this.#instance.system.dialect, initDataType, initData);
      if (!content) {
        throw createException('NotSupportedError', 'The init data holds nothing for this key system.');
      }

      const [id, releaseClaim] = await this.#instance.newSessionId(this.type);
      return this.#begin(id, releaseClaim, () => this.#request(content));
    });
  }

  /** Null where nothing is stored under this id. Rejects with what `load()` rejects with. */
  load(sessionId: string): Promise<SessionOutcome | null> {
    return this.#inTurn(async () => {
      this.#requireOpen();
      if (!SESSION_ID.test(sessionId)) throw new TypeError('The session id is not one of this key system.');
      if (this.#instance.hasOpenSession(sessionId)) throw alreadyOpen();

      const { vault } = this.#instance;
      if (!(await vault.has(sessionId, this.type))) return null;
      const releaseClaim = await vault.claim(sessionId);
      if (!releaseClaim) throw alreadyOpen();

      return this.#begin(sessionId, releaseClaim, async () => this.#restore(await vault.read(sessionId)));
    });
  }

  /** Rejects with what `update()` rejects with; the session is then as it was. */
  update(response: Uint8Array<ArrayBuffer>): Promise<SessionOutcome> {
    return this.#inTurn(async () => {
      this.#requireOpen();
      const incoming = await this.#exchange.receive(response);
      switch (incoming.kind) {
        case 'next':
          return { message: incoming.message };
        case 'license':
          await this.#accept(incoming.license);
          incoming.accepted();
          return NOTHING;
        case 'release-acknowledgement':
          if (this.type === 'temporary' || !this.#destroyed) {
            throw new TypeError('Invalid response: there is nothing to acknowledge.');
          }
          await this.#instance.vault.remove(this.#id);
          return { message: null, closesWith: 'release-acknowledged' };
      }
    });
  }

  /** Destroys license and keys. What a persistent session was is kept until the server has acknowledged it. */
  remove(): Promise<SessionOutcome> {
    return this.#inTurn(async () => {
      this.#requireOpen();
      const record = this.#destroyed ?? this.#recordOfDestruction();
      if (!record) return NOTHING;

      // What cannot be stored has changed nothing: keys and license are still there to be removed.
      await this.#persist({ destroyed: record, license: null, keys: [] });
      this.#destroyed = record;
      this.#overSince ??= this.#now() - 1;
      this.#license = null;
      this.#ring.replace([]);
      await this.#settle();
      this.#reconsiderChildren();
      if (this.type === 'temporary' || !this.#demand) return NOTHING;

      return { message: await this.#exchange.release(this.#demand, record) };
    });
  }

  /** Ends the session, for whatever reason; the keys that were not stored are gone. A second call does nothing. */
  close(reason: ClosedReason): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isClosed) return;

      this.#isClosed = true;
      this.#overSince ??= this.#now() - 1;
      this.#timer.stop();
      try {
        const { keys } = this.#ring;
        this.#ring.replace([]);
        await this.#ring.apply(() => 'released');
        // Last, as the keys are to be out even if it fails.
        if (this.type === 'persistent-usage-record') await this.#persist({ keys });
      } finally {
        this.#releaseClaim();
        this.#instance.forget(this, reason);
        this.#listener.onClosed(reason);
      }
    });
  }

  /** The key that opens embedded keys, if this session has it and may use it. */
  findRootKey(keyId: KeyId): RootKey | null {
    const held = this.#ring.get(keyId);
    const isRoot = held?.policy.use === 'root' && this.#ring.statuses.get(keyId) === 'usable';

    return isRoot ? { keyId, key: held.key, policy: held.policy, session: this } : null;
  }

  /** Takes the embedded keys of another session for its own. Rejects where it has closed meanwhile. */
  adopt(keys: readonly HeldKey[]): Promise<void> {
    return this.#inTurn(async () => {
      this.#requireOpen();
      this.#ring.replace([...this.#ring.keys, ...keys]);
      await this.#settle();
      this.#listener.onChange();
    });
  }

  /** Asks for a renewal now, where there is a license and the key system has renewals. */
  renew(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#renew(this.#now());
      await this.#reconsider();
    });
  }

  /** Playback with this session's keys has begun. */
  notePlaying(): Promise<void> {
    const now = this.#now();
    return this.#inTurn(async () => {
      if (this.#isClosed || this.#ring.keys.length === 0) return;

      this.#usage = { firstUsedAt: this.#usage?.firstUsedAt ?? now, lastUsedAt: now };
      const begins = this.#license?.firstPlayedAt === null;
      if (this.#license && begins) this.#license = { ...this.#license, firstPlayedAt: now };
      if (begins || this.type === 'persistent-usage-record') await this.#persist();
      if (begins) await this.#reconsider();
    });
  }

  /** For tests: the license is over as of now. */
  expire(): Promise<void> {
    // EME: the expiration of an expired key must be earlier than the current time.
    const endedAt = this.#now() - 1;
    return this.#inTurn(async () => {
      if (!this.#license) return;

      this.#license = { ...this.#license, endedAt };
      await this.#persist();
      await this.#reconsider();
    });
  }

  /** For tests: whether a key's output is restricted, whatever the display says. */
  restrictOutput(keyId: KeyId, isRestricted: boolean): Promise<void> {
    if (isRestricted) this.#restricted.add(keyId);
    else this.#restricted.delete(keyId);

    return this.reconsider();
  }

  hasKey(keyId: KeyId): boolean {
    return this.#ring.get(keyId) !== undefined;
  }

  /** Judges everything anew: time has passed, or an output has changed. */
  reconsider(): Promise<void> {
    return this.#inTurn(() => this.#reconsider());
  }

  /** Whether its keys were opened by a root key of that session. */
  isOpenedBy(session: CdmSession): boolean {
    return this.#root?.session === session;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.#work.then(work, work);
    this.#work = next.catch(() => {});
    return next;
  }

  #requireOpen(): void {
    if (this.#isClosed || this.#instance.isBroken) {
      throw createException('InvalidStateError', 'The session has closed.');
    }
  }

  /** From here on the session has its id. What cannot be begun leaves nothing behind. */
  async #begin(
    id: string,
    releaseClaim: () => void,
    start: () => Promise<SessionOutcome>,
  ): Promise<SessionOutcome> {
    this.#id = id;
    this.#releaseClaim = releaseClaim;
    this.#instance.register(this);
    try {
      // The place may have gone while the id was looked for.
      this.#requireOpen();
      return await start();
    } catch (error) {
      this.#instance.unregister(this);
      this.#timer.stop();
      this.#ring.replace([]);
      await this.#ring.apply(() => 'released');
      releaseClaim();
      this.#id = '';
      throw error;
    }
  }

  async #request({ embedded, contentId, keyIds: ownKeyIds }: InitDataContent): Promise<SessionOutcome> {
    const root = embedded && this.#instance.findRootKey(embedded.rootKeyId);
    if (embedded && root && this.#instance.system.rotation !== 'spec') {
      return this.#openEmbedded(embedded, root);
    }

    this.#embedded = embedded;
    const keyIds = embedded ? [embedded.rootKeyId] : ownKeyIds;
    this.#demand = { sessionId: this.#id, sessionType: this.type, keyIds, contentId };
    return { message: await this.#exchange.request(this.#demand) };
  }

  async #restore(state: SessionState): Promise<SessionOutcome> {
    this.#ring.replace(state.keys);
    this.#license = state.license;
    this.#destroyed = state.destroyed;
    this.#usage = state.usage;
    if (state.destroyed) this.#overSince = this.#now() - 1;
    const keyIds = state.destroyed?.keyIds ?? state.keys.map(({ keyId }) => keyId);
    this.#demand = { sessionId: this.#id, sessionType: this.type, keyIds };
    this.#exchange.resume(this.#demand, state.license?.licenseId ?? state.destroyed?.licenseId ?? '');
    await this.#settle();

    return { message: this.#destroyed && (await this.#exchange.release(this.#demand, this.#destroyed)) };
  }

  /** Everything that can fail comes first: what is refused, or cannot be stored, has changed nothing. */
  async #accept(received: ReceivedLicense): Promise<void> {
    this.#refuseUnfit(received);
    const now = this.#now();
    const { isPlaying } = this.#instance;
    const license = holdLicense(received, this.#license, { now, isPlaying });
    const keys = [...this.#keysBeside(received), ...received.keys];
    const opened = await this.#openPendingEmbedded(keys);
    await this.#persist({ license, keys, destroyed: null });

    this.#license = license;
    this.#destroyed = null;
    this.#overSince = null;
    if (opened) this.#embedded = null;
    this.#ring.replace([...keys, ...(opened ?? [])]);
    await this.#settle();
    this.#reconsiderChildren();
  }

  /** The keys that a new license leaves in place: what had ended does not come back by a license for something else. */
  #keysBeside({ isRenewal, keys }: ReceivedLicense): readonly HeldKey[] {
    const isOver = this.#bounds()?.state === 'expired' && !isRenewal;
    const replaced = new Set(keys.map(({ keyId }) => keyId));

    return isOver ? [] : this.#ring.keys.filter(({ keyId }) => !replaced.has(keyId));
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
    this.#ring.replace(keys);
    await this.#settle();
    if (this.#parent?.isClosed) return { message: null, closesWith: 'parent-closed' };
    if (rotation !== 'empty-message') return NOTHING;
    return { message: { type: 'license-request', bytes: new Uint8Array() } };
  }

  /** The embedded keys that were waiting for a root key among these; null where there are none. */
  async #openPendingEmbedded(keys: readonly HeldKey[]): Promise<readonly HeldKey[] | null> {
    const embedded = this.#embedded;
    const held = embedded && keys.find(({ keyId }) => keyId === embedded.rootKeyId);
    if (!embedded || held?.policy.use !== 'root') return null;

    const { keyId, key, policy } = held;
    return openEmbeddedKeys(embedded, { keyId, key, policy, session: this });
  }

  async #reconsider(): Promise<void> {
    if (this.#isClosed) return;

    await this.#settle();
    this.#listener.onChange();
    this.#reconsiderChildren();
  }

  /** Not waited for: a child may be waiting for this session. */
  #reconsiderChildren(): void {
    for (const child of this.#instance.childrenOf(this)) this.#instance.run(child.reconsider());
  }

  async #settle(): Promise<void> {
    const bounds = this.#bounds();
    await this.#ring.apply((key) => this.#judge(key, bounds));
    // A session whose root key is another's is looked at again when that one is.
    if (this.#isClosed || this.#root?.session) this.#timer.stop();
    else this.#timer.watch(bounds, this.#hasRenewals);
  }

  #judge(key: HeldKey, bounds: LicenseClockReading | null): KeyStatus {
    const { display, system } = this.#instance;
    return keyStatus({
      clockState: bounds?.state ?? 'usable',
      keyPolicy: key.policy,
      display,
      device: system.securityLevel,
      forced: this.#restricted.has(key.keyId) ? 'output-restricted' : undefined,
    });
  }

  /** What bounds this session's keys: its own license, or that of the session which has their root key. */
  #bounds(now = this.#now()): LicenseClockReading | null {
    if (this.#root?.session) return this.#root.session.#bounds(now);
    if (this.#overSince !== null) return overSince(this.#overSince);

    return this.#license && readBounds(this.#license, now);
  }

  async #onTimer(now: number): Promise<void> {
    try {
      if (this.#hasRenewals && isDue(this.#bounds(now), now)) await this.#renew(now);
    } finally {
      await this.#reconsider();
    }
  }

  /** A renewal that cannot be asked for counts as asked for, so that it is tried again after a while and not at once. */
  async #renew(now: number): Promise<void> {
    if (!this.#license || !this.#demand || this.#isClosed) return;

    const license = this.#license;
    this.#license = renewalRequested(license, now);
    const message = await this.#exchange.renew(this.#demand, license.licenseId);
    this.#hasRenewals = message !== null;
    if (message) this.#listener.onMessage(message);
    else this.#license = license;
  }

  /** What tells the server that license and keys are gone; null where there were none. */
  #recordOfDestruction(): DestroyedLicense | null {
    const keyIds = this.#ring.keys.map(({ keyId }) => keyId);
    if (keyIds.length === 0 && !this.#license) return null;

    return { licenseId: this.#license?.licenseId ?? '', keyIds, usage: this.#usage };
  }

  async #persist(changes: Partial<SessionState> = {}): Promise<void> {
    if (this.type === 'temporary') return;

    const state: SessionState = {
      keys: this.#ring.keys,
      license: this.#license,
      destroyed: this.#destroyed,
      usage: this.#usage,
      ...changes,
    };
    const isUsageRecord = this.type === 'persistent-usage-record';
    const stored = isUsageRecord ? toUsageRecord(state, this.#now()) : state;
    await this.#instance.vault.write(this.#id, this.type, stored);
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
