import { fromHex } from '@secure-player/protocol';

import type { CdmInstance } from '../cdm/cdm-instance.js';
import type { CdmSession, SessionOutcome } from '../cdm/cdm-session.js';
import type { ClosedReason } from '../cdm/closed-reason.js';
import type { VirtualCdm } from '../cdm/virtual-cdm.js';
import type { OutgoingMessage } from '../dialect/dialect.js';
import type { FaultStep } from '../faults/fault-plan.js';
import type { VirtualSessionType } from '../system/virtual-system.js';
import { defineInterface } from '../webidl/define-interface.js';
import { createException } from '../webidl/exception.js';
import { toBufferSource } from '../webidl/to-buffer-source.js';
import { toDOMString } from '../webidl/to-dom-string.js';
import { EventHandler } from './event-handler.js';
import type { KeyStatus } from './key-status.js';
import { replaceStatuses, VirtualMediaKeyStatusMap } from './key-status-map.js';

const sessions = new WeakMap<CdmSession, VirtualMediaKeySession>();

/**
 * EME's MediaKeySession (https://www.w3.org/TR/encrypted-media-2/#mediakeysession-interface): its states, its errors and
 * the order of what a page sees. The license and the keys are the CDM session's.
 */
export class VirtualMediaKeySession extends EventTarget {
  readonly #cdm: VirtualCdm;
  readonly #instance: CdmInstance;
  readonly #session: CdmSession;
  readonly #statuses = new VirtualMediaKeyStatusMap();
  readonly #closed: Promise<ClosedReason>;
  #resolveClosed: (reason: ClosedReason) => void = () => {};
  #resolveClose: () => void = () => {};
  #sessionId = '';
  #expiration = Number.NaN;
  #told = '';
  #isUninitialized = true;
  #isCallable = false;
  #isClosingOrClosed = false;
  #isClosed = false;
  readonly #onmessage = new EventHandler(this, 'message');
  readonly #onkeystatuseschange = new EventHandler(this, 'keystatuseschange');

  constructor(cdm: VirtualCdm, instance: CdmInstance, type: VirtualSessionType) {
    super();
    this.#cdm = cdm;
    this.#instance = instance;
    this.#closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    this.#session = instance.createSession(type, {
      onMessage: (message) => this.#queue(() => this.#queueMessage(message)),
      onChange: () => this.#queue(() => this.#showState()),
      onClosed: (reason) => this.#queue(() => this.#sessionClosed(reason)),
    });
    sessions.set(this.#session, this);
  }

  get sessionId(): string {
    return this.#sessionId;
  }

  get expiration(): number {
    return this.#expiration;
  }

  get closed(): Promise<ClosedReason> {
    return this.#closed;
  }

  get keyStatuses(): VirtualMediaKeyStatusMap {
    return this.#statuses;
  }

  /** The session with the root key of this one's embedded keys, where the key system tells (key rotation proposal). */
  get parent(): VirtualMediaKeySession | null {
    const { parent } = this.#session;
    return (parent && sessions.get(parent)) ?? null;
  }

  get onmessage(): ReturnType<EventHandler['get']> {
    return this.#onmessage.get();
  }

  set onmessage(value: unknown) {
    this.#onmessage.set(value);
  }

  get onkeystatuseschange(): ReturnType<EventHandler['get']> {
    return this.#onkeystatuseschange.get();
  }

  set onkeystatuseschange(value: unknown) {
    this.#onkeystatuseschange.set(value);
  }

  async generateRequest(initDataType: unknown, initData: unknown): Promise<void> {
    const type = toDOMString(initDataType);
    const bytes = toBufferSource(initData);
    this.#requireUnused();
    this.#isUninitialized = false;
    if (type === '') throw new TypeError('The type of the init data must not be empty.');
    if (bytes.length === 0) throw new TypeError('The init data must not be empty.');
    if (!this.#instance.system.initDataTypes.includes(type)) {
      throw createException('NotSupportedError', 'The key system does not take init data of this type.');
    }

    const { closesWith } = await this.#do('generate-request', async () => {
      const outcome = await this.#session.generateRequest(type, bytes);
      await this.#settle(() => {
        this.#initialize();
        this.#showState();
      });
      return outcome;
    });
    // The message follows the promise's resolution: what is queued now runs after the page's own reaction to it.
    if (closesWith) this.#cdm.run(this.#session.close(closesWith));
  }

  async load(sessionId: unknown): Promise<boolean> {
    const id = toDOMString(sessionId);
    this.#requireUnused();
    this.#isUninitialized = false;
    if (id === '') throw new TypeError('The session id must not be empty.');
    if (this.#session.type === 'temporary') throw new TypeError('A temporary session cannot be loaded.');

    const outcome = await this.#do('load', async () => {
      const loaded = await this.#session.load(id);
      if (loaded) {
        await this.#settle(() => {
          this.#initialize();
          this.#showState();
        });
      }
      return loaded ?? { message: null, isMissing: true };
    });
    return !('isMissing' in outcome);
  }

  async update(response: unknown): Promise<void> {
    const bytes = toBufferSource(response);
    this.#requireCallable();
    if (bytes.length === 0) throw new TypeError('The response must not be empty.');

    await this.#do(
      'update',
      async () => {
        const outcome = await this.#session.update(bytes);
        if (outcome.closesWith) await this.#session.close(outcome.closesWith);
        await this.#settle(() => this.#showState(), outcome.closesWith !== undefined);
        return outcome;
      },
      bytes.length,
    );
  }

  /** Not an async function: the promise must be seen to resolve before `closed` does, which leaves no turn to spare. */
  close(): Promise<void> {
    if (this.#isClosingOrClosed) return Promise.resolve();
    if (!this.#isCallable) {
      return Promise.reject(createException('InvalidStateError', 'The session was never used.'));
    }

    this.#isClosingOrClosed = true;
    return new Promise((resolve, reject) => {
      this.#resolveClose = resolve;
      this.#call('close', () => this.#session.close('closed-by-application')).catch((error: unknown) => {
        this.#isClosingOrClosed = this.#isClosed;
        reject(error);
      });
    });
  }

  async remove(): Promise<void> {
    this.#requireCallable();
    await this.#do('remove', async () => {
      const outcome = await this.#session.remove();
      await this.#settle(() => this.#showState());
      return outcome;
    });
  }

  /** Runs one of EME's algorithms "in parallel", and lets the message that comes of it follow. */
  async #do<Outcome extends SessionOutcome>(
    step: FaultStep,
    work: () => Promise<Outcome>,
    byteLength?: number,
  ): Promise<Outcome> {
    const outcome = await this.#call(step, work, byteLength);
    if (outcome.message) this.#queueMessage(outcome.message);

    return outcome;
  }

  #call<Result>(step: FaultStep, work: () => Promise<Result>, byteLength?: number): Promise<Result> {
    const [instance, session] = [this.#instance, this.#session];
    return this.#cdm.call({ system: instance.system, instance, session, step, byteLength }, work);
  }

  #requireUnused(): void {
    if (this.#isClosingOrClosed || !this.#isUninitialized || this.#instance.isBroken) {
      throw createException('InvalidStateError', 'The session was used or closed already.');
    }
  }

  #requireCallable(): void {
    if (this.#isClosingOrClosed || !this.#isCallable) {
      throw createException('InvalidStateError', 'The session was never used, or is closed.');
    }
  }

  #initialize(): void {
    this.#sessionId = this.#session.id;
    this.#isCallable = true;
  }

  #queue(task: () => void): void {
    this.#cdm.environment.queueTask(task);
  }

  /**
   * EME's "queue a task" at the end of an algorithm, after which its promise is settled. A session that was closed
   * meanwhile has nothing more to show, unless the algorithm itself has closed it.
   */
  #settle(task: () => void, mayBeClosed = false): Promise<void> {
    return new Promise((resolve, reject) =>
      this.#queue(() => {
        if (this.#isClosed && !mayBeClosed) {
          reject(createException('InvalidStateError', 'The session was closed meanwhile.'));
          return;
        }

        task();
        resolve();
      }),
    );
  }

  /** EME's "Queue a "message" Event". */
  #queueMessage({ type, bytes }: OutgoingMessage): void {
    const reason = this.#cdm.faults.take('message');
    if (reason !== undefined) {
      this.#cdm.log.add({ type: 'fault', step: 'message', reason });
      if (reason === 'internal-error') this.#instance.breakDown();
      return;
    }

    this.#queue(() => {
      if (this.#isClosed) return;

      const { keySystem } = this.#instance.system;
      this.#cdm.log.add({
        type: 'message',
        keySystem,
        sessionId: this.#sessionId,
        messageType: type,
        byteLength: bytes.length,
      });
      this.dispatchEvent(this.#cdm.environment.createMessageEvent(type, bytes.buffer));
    });
  }

  /** EME's "Update Key Statuses" and "Update Expiration", where anything has changed. */
  #showState(): void {
    if (this.#isClosed) return;

    this.#expiration = this.#session.expiration;
    const statuses = [...this.#session.statuses].sort(([a], [b]) => (a < b ? -1 : 1));
    const told = JSON.stringify(statuses);
    if (told === this.#told || (this.#told === '' && statuses.length === 0)) return;

    this.#told = told;
    this.#updateKeyStatuses(statuses);
  }

  #updateKeyStatuses(statuses: readonly (readonly [keyId: string, status: KeyStatus])[]): void {
    replaceStatuses(
      this.#statuses,
      statuses.map(([keyId, status]) => [fromHex(keyId), status]),
    );
    this.#cdm.log.add({
      type: 'key-statuses',
      keySystem: this.#instance.system.keySystem,
      sessionId: this.#sessionId,
      keyStatuses: statuses.map(([keyId, status]) => ({ keyId, status })),
    });
    this.#queue(() => this.dispatchEvent(new Event('keystatuseschange')));
  }

  /** EME's "Session Closed". */
  #sessionClosed(reason: ClosedReason): void {
    if (this.#isClosed) return;

    this.#resolveClose();
    this.#isClosingOrClosed = true;
    this.#isClosed = true;
    this.#updateKeyStatuses([]);
    this.#expiration = Number.NaN;
    this.#resolveClosed(reason);
  }
}

defineInterface(VirtualMediaKeySession, 'MediaKeySession');
