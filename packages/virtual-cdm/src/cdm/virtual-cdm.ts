import {
  createIdentity,
  createUncertifiedIdentity,
  fromHex,
  parseKeyId,
  testRoot,
  type CertificateAuthority,
  type HdcpLevel,
  type KeyId,
  type SealedSystem,
} from '@secure-player/protocol';

import { VirtualMediaKeySystemAccess } from '../access/media-key-system-access.js';
import { negotiate } from '../access/negotiate.js';
import type { Configuration, SupportedConfiguration } from '../access/configuration.js';
import { passingIdentity, storedIdentity } from '../device/device-identity.js';
import type { SealedDevice } from '../dialect/sealed-exchange.js';
import { FaultPlan, toException, type FaultReason, type FaultStep } from '../faults/fault-plan.js';
import { CdmLog } from '../log/cdm-log.js';
import { instanceOf, type VirtualMediaKeys } from '../media-keys/virtual-media-keys.js';
import type { VirtualSystem } from '../system/virtual-system.js';
import { VirtualCdmError } from '../virtual-cdm-error.js';
import { createException, exceptionNameOf } from '../webidl/exception.js';
import { toConfigurations } from '../webidl/to-configurations.js';
import { toDOMString } from '../webidl/to-dom-string.js';
import type { CdmEnvironment } from './cdm-environment.js';
import { CdmInstance } from './cdm-instance.js';
import type { CdmSession } from './cdm-session.js';
import type { ClosedReason } from './closed-reason.js';
import { describeSession, type SessionSnapshot } from './session-snapshot.js';

/** What a {@link VirtualCdm} is made of. */
export interface VirtualCdmOptions {
  readonly systems: readonly VirtualSystem[];
  readonly environment: CdmEnvironment;
  /** The HDCP version of the virtual display. @default '2.2' */
  readonly display?: HdcpLevel | undefined;
  /** Whose certificates devices and license servers have. @default the published test root */
  readonly authority?: CertificateAuthority | undefined;
}

/** Who is called, and what the log tells of the call. */
export interface CallOfEme {
  readonly step: FaultStep;
  readonly system: VirtualSystem;
  /** What breaks down if a test has planned that. */
  readonly instance?: CdmInstance | undefined;
  readonly session?: CdmSession | undefined;
  /** How long the response or the certificate is. */
  readonly byteLength?: number | undefined;
}

/** How many closed sessions are remembered. */
const MAX_CLOSED_SESSIONS = 100;

/** A CDM with any number of key systems, in one page or one test. It is a test double, and no protection. */
export class VirtualCdm {
  readonly systems: readonly VirtualSystem[];
  readonly environment: CdmEnvironment;
  readonly faults = new FaultPlan();
  readonly log: CdmLog;
  readonly #authority: Promise<CertificateAuthority>;
  readonly #open = new Map<CdmSession, CdmInstance>();
  /** A MediaKeys that the page has let go of may go. */
  #instances: readonly WeakRef<CdmInstance>[] = [];
  readonly #closed: SessionSnapshot[] = [];
  readonly #rootKeys = new Map<KeyId, Uint8Array<ArrayBuffer>>();
  readonly #underWay = new Set<Promise<void>>();
  #display: HdcpLevel;
  #isClosed = false;

  constructor({ systems, environment, display = '2.2', authority }: VirtualCdmOptions) {
    this.systems = systems;
    this.environment = environment;
    this.log = new CdmLog(environment.clock);
    this.#display = display;
    this.#authority = authority ? Promise.resolve(authority) : testRoot();
    // Told where it is used; a page without Web Crypto may never use it.
    this.#authority.catch(() => {});
  }

  /** Whether a key system of this name is one of the virtual ones. */
  handles(keySystem: string): boolean {
    return this.#find(keySystem) !== undefined;
  }

  /** `navigator.requestMediaKeySystemAccess` for a virtual key system. */
  async requestMediaKeySystemAccess(
    keySystem: unknown,
    supportedConfigurations: unknown,
  ): Promise<VirtualMediaKeySystemAccess> {
    const name = toDOMString(keySystem);
    const configurations = toConfigurations(supportedConfigurations);
    if (name === '') throw new TypeError('The key system must not be empty.');
    if (configurations.length === 0) throw new TypeError('There must be at least one configuration.');

    await this.strike('request-access');
    const system = this.#find(name);
    for (const candidate of system ? configurations : []) {
      const configuration = system && (await this.#negotiate(system, candidate));
      if (configuration) return this.#grant(name, system, configuration);
    }

    this.#refuse(name);
    throw createException('NotSupportedError', 'No configuration is supported by this key system.');
  }

  /**
   * What `navigator.mediaCapabilities.decodingInfo` finds for one configuration; null where it is not supported. A candidate
   * that is null is none that can be. Rejects with a planned fault, unless that is to be not supported.
   */
  async findAccess(
    keySystem: string,
    candidate: Configuration | null,
  ): Promise<VirtualMediaKeySystemAccess | null> {
    try {
      await this.strike('request-access');
    } catch (error) {
      if (exceptionNameOf(error) !== 'NotSupportedError') throw error;
      return this.#refuse(keySystem);
    }

    const system = candidate ? this.#find(keySystem) : undefined;
    const configuration = system && candidate && (await this.#negotiate(system, candidate));
    return configuration ? this.#grant(keySystem, system, configuration) : this.#refuse(keySystem);
  }

  /** The CDM for one MediaKeys. */
  async createInstance(system: VirtualSystem, configuration: SupportedConfiguration): Promise<CdmInstance> {
    const decryptor = await this.environment.createDecryptor();
    const { dialect } = system;
    const device = dialect === 'clearkey' ? null : await this.#createDevice(system, dialect, configuration);
    if (this.#isClosed) throw createException('InvalidStateError', 'The CDM is not available any more.');

    const instance = new CdmInstance(this, system, decryptor, device);
    const living = this.#instances.filter((reference) => reference.deref() !== undefined);
    this.#instances = [...living, new WeakRef(instance)];
    return instance;
  }

  /** A media element that uses these keys has begun to play. */
  notePlaying(mediaKeys: VirtualMediaKeys): void {
    const instance = instanceOf(mediaKeys);
    for (const session of this.openSessionsOf(instance)) this.run(session.notePlaying());
  }

  /** Whether it has been taken out of the page. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  get display(): HdcpLevel {
    return this.#display;
  }

  get openSessions(): readonly CdmSession[] {
    return [...this.#open.keys()];
  }

  openSessionsOf(instance: CdmInstance): readonly CdmSession[] {
    return [...this.#open].filter(([, owner]) => owner === instance).map(([session]) => session);
  }

  /** All sessions that have an id, the closed ones first. */
  get sessions(): readonly SessionSnapshot[] {
    const open = [...this.#open].map(([session, { system }]) => describeSession(session, system, null));
    return [...this.#closed, ...open];
  }

  /** Ends every license that has this key. @throws VirtualCdmError `unknown-key` where none has. */
  expire(keyId: string): void {
    for (const session of this.#requireSessionsWith(keyId)) this.run(session.expire());
  }

  /** Restricts the output of this key, or lifts that again. @throws VirtualCdmError `unknown-key`. */
  restrictOutput(keyId: string, isRestricted = true): void {
    for (const session of this.#requireSessionsWith(keyId)) {
      this.run(session.restrictOutput(parseKeyId(keyId), isRestricted));
    }
  }

  /** Changes the display. */
  setHdcp(level: HdcpLevel): void {
    this.#display = level;
    this.log.add({ type: 'hdcp', hdcp: level });
    for (const session of this.openSessions) this.run(session.reconsider());
  }

  /** Lets every license ask for its renewal now. Clear Key has none. */
  renewNow(): void {
    for (const session of this.openSessions) this.run(session.renew());
  }

  /** As after sleep: every session closes with `hardware-context-reset`, and a page may open new ones. */
  resetHardware(): void {
    for (const instance of this.#livingInstances()) instance.closeAll('hardware-context-reset');
  }

  /** As a browser short of resources does: every session closes with `resource-evicted`. Stored licenses stay. */
  evict(): void {
    for (const session of this.openSessions) this.run(session.close('resource-evicted'));
  }

  /** Makes a step fail the next time that a page takes it. */
  failNext(step: FaultStep, reason: FaultReason): void {
    this.faults.failNext(step, reason);
  }

  /** Gives the device a root key by another way than a license. */
  addRootKey(keyId: string, key: Uint8Array<ArrayBuffer>): void {
    this.#rootKeys.set(parseKeyId(keyId), key.slice());
  }

  findBakedInRootKey(system: VirtualSystem, keyId: KeyId): Uint8Array<ArrayBuffer> | null {
    const own = Object.entries(system.rootKeys).find(([name]) => parseKeyId(name) === keyId)?.[1];
    return this.#rootKeys.get(keyId) ?? (own === undefined ? null : fromHex(own));
  }

  /** Whether a fault is planned for a step that need not be asynchronous without one. */
  willFail(step: FaultStep): boolean {
    return this.faults.has(step);
  }

  /** Takes the fault that is planned for a step, if there is one, and fails by it. */
  async strike(step: FaultStep, instance?: CdmInstance): Promise<void> {
    const reason = this.faults.take(step);
    if (reason === undefined) return;

    this.log.add({ type: 'fault', step, reason });
    if (reason === 'silent') return new Promise<never>(() => {});
    if (reason === 'internal-error') instance?.breakDown();
    throw toException(reason);
  }

  /** A call of EME: what is planned for it strikes first, and the log is told what came of it. */
  async call<Result>(
    { system, instance, session, step, byteLength }: CallOfEme,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const about = { keySystem: system.keySystem, step, byteLength };
    try {
      await this.strike(step, instance);
      const result = await work();
      this.log.add({ type: 'call', ...about, sessionId: session?.id });
      return result;
    } catch (error) {
      this.log.add({ type: 'call-failed', ...about, error });
      throw error;
    }
  }

  add(session: CdmSession, instance: CdmInstance): void {
    this.#open.set(session, instance);
  }

  remove(session: CdmSession): void {
    this.#open.delete(session);
  }

  forget(session: CdmSession, reason: ClosedReason): void {
    const instance = this.#open.get(session);
    this.#open.delete(session);
    if (!instance) return;

    this.log.add({
      type: 'closed',
      keySystem: instance.system.keySystem,
      sessionId: session.id,
      closedReason: reason,
    });
    this.#closed.push(describeSession(session, instance.system, reason));
    this.#closed.splice(0, this.#closed.length - MAX_CLOSED_SESSIONS);
  }

  /** For work that nobody waits for. What fails in it is a fault of the CDM, and only logged. */
  run(work: Promise<void>): void {
    const told = work
      .catch((error: unknown) => this.log.add({ type: 'work-failed', error }))
      .finally(() => this.#underWay.delete(told));
    this.#underWay.add(told);
  }

  /** Resolves when all that was under way has happened, and the page has been told. */
  async settled(): Promise<void> {
    do {
      await Promise.all(this.#underWay);
      // One task shows the new state, the next one fires the event that tells of it.
      for (let turn = 0; turn < 2; turn += 1) {
        await new Promise<void>((resolve) => this.environment.queueTask(resolve));
      }
    } while (this.#underWay.size > 0);
  }

  /** Ends everything: all sessions close with `internal-error`, and no key system is handled any more. */
  close(): void {
    this.#isClosed = true;
    for (const instance of this.#livingInstances()) instance.breakDown();
  }

  #livingInstances(): readonly CdmInstance[] {
    return this.#instances.flatMap((reference) => reference.deref() ?? []);
  }

  #find(keySystem: string): VirtualSystem | undefined {
    if (this.#isClosed) return undefined;
    return this.systems.find(
      (system) => system.keySystem === keySystem || system.aliases.includes(keySystem),
    );
  }

  #negotiate(system: VirtualSystem, candidate: Configuration): Promise<SupportedConfiguration | null> {
    return negotiate(system, candidate, this.environment.canDecrypt);
  }

  #grant(
    keySystem: string,
    system: VirtualSystem,
    configuration: SupportedConfiguration,
  ): VirtualMediaKeySystemAccess {
    this.log.add({ type: 'access', keySystem });
    return new VirtualMediaKeySystemAccess(this, keySystem, system, configuration);
  }

  #refuse(keySystem: string): null {
    this.log.add({ type: 'access-refused', keySystem });
    return null;
  }

  #requireSessionsWith(keyId: string): readonly CdmSession[] {
    const canonical = parseKeyId(keyId);
    const sessions = this.openSessions.filter((session) => session.hasKey(canonical));
    if (sessions.length > 0) return sessions;

    throw new VirtualCdmError('unknown-key', 'No open session has a key with this id.');
  }

  async #createDevice(
    system: VirtualSystem,
    dialect: SealedSystem,
    { persistentState }: SupportedConfiguration,
  ): Promise<SealedDevice> {
    const { clock } = this.environment;
    const authority = await this.#authority;
    const { securityLevel, provisioning } = system;
    const make = () =>
      provisioning === 'online'
        ? createUncertifiedIdentity()
        : createIdentity({ authority, role: 'device', securityLevel });
    const identity =
      persistentState === 'required'
        ? storedIdentity(this.environment.store, system, make)
        : passingIdentity(make);

    return {
      system: { ...system, dialect },
      root: authority.publicKey,
      identity: () => identity.get(),
      replaceIdentity: (certified) => identity.replace(certified),
      serviceCertificate: null,
      now: () => clock.now(),
    };
  }
}
