import { toPlaybackError, type PlaybackError } from '../../error/playback-error.js';
import { narrowInitData, type InitData } from '../../init-data/narrow-init-data.js';
import type { KeyIdReader } from '../../init-data/read-pssh-key-ids.js';
import { isUsable } from '../../license/license-status.js';
import type { DrmState, KeyStatusEntry } from '../../player/player-state.js';
import { KeySession, type KeyRequest, type KeySessionPort } from './key-session.js';

/** Statuses under which another license would bring nothing. */
const HELD: ReadonlySet<string> = new Set([
  'usable',
  'output-downscaled',
  'output-restricted',
  'usable-in-future',
  'status-pending',
]);

/** What {@link LicenseSessions} need of the one that holds them. */
export interface LicenseSessionsPort extends Pick<
  KeySessionPort,
  'clock' | 'sessionType' | 'answer' | 'onChange'
> {
  readonly keySystem: string;
  readonly readKeyIds: KeyIdReader;
  onFailure(error: PlaybackError): void;
  /** Whether what the module has lost may be asked for once more. */
  mayRebuild(): boolean;
  /** The module cannot make sessions any more: it takes another MediaKeys. */
  onBroken(): void;
}

/**
 * The sessions of one MediaKeys: never two requests for a key that is usable or on its way, however often its init data
 * comes by.
 */
export class LicenseSessions {
  readonly #mediaKeys: MediaKeys;
  readonly #port: LicenseSessionsPort;
  readonly #sessions = new Set<KeySession>();
  /** What is no longer held, and why: what was lost is asked for again when the element waits, the rest when the page wants it. */
  readonly #dropped = new Map<KeyRequest, 'lost' | 'failed' | 'released'>();
  #released: readonly string[] = [];
  #renewal: Promise<void> | null = null;
  #wasRefused = false;

  constructor(mediaKeys: MediaKeys, port: LicenseSessionsPort) {
    this.#mediaKeys = mediaKeys;
    this.#port = port;
  }

  /** Those that are open. */
  get all(): readonly KeySession[] {
    return [...this.#sessions].filter(({ isOver }) => !isOver);
  }

  /** Every key once, by the best that a session says of it; those that were given back are `released`. */
  get keyStatuses(): readonly KeyStatusEntry[] {
    const entries = new Map<string, KeyStatusEntry>(
      this.#released.map((keyId) => [keyId, { keyId, status: 'released' }]),
    );
    for (const entry of this.all.flatMap(({ keyStatuses }) => keyStatuses)) {
      const known = entries.get(entry.keyId);
      if (!known || !isUsable(known.status)) entries.set(entry.keyId, entry);
    }

    return [...entries.values()].sort((a, b) => a.keyId.localeCompare(b.keyId));
  }

  get renewal(): DrmState['renewal'] {
    const all = this.all.map(({ renewal }) => renewal);
    if (this.#renewal || all.includes('under-way')) return 'under-way';

    return this.#wasRefused || all.includes('refused') ? 'refused' : 'none';
  }

  /** All that was asked for so far, for other sessions to ask for again. */
  get requests(): readonly KeyRequest[] {
    return [...this.all.map(({ request }) => request), ...this.#dropped.keys()];
  }

  /** Asks for the keys of init data, but for those that are there or on their way, and not again for what was refused. */
  ask(initData: InitData): void {
    const keyIds = this.#port.readKeyIds(initData);
    const missing = keyIds.filter((keyId) => !this.#isHeld(keyId));
    const isKnown = this.requests.some((request) =>
      isSameInitData(request.original ?? request.initData, initData),
    );
    if (isKnown || (keyIds.length > 0 && missing.length === 0)) return;

    const narrowed = narrowInitData(initData, this.#port.keySystem, missing);
    this.#open({ initData: narrowed, keyIds: missing, original: initData });
  }

  /** Lets what was refused be asked for anew. */
  forgetFailed(): void {
    for (const [request, why] of this.#dropped) if (why === 'failed') this.#dropped.delete(request);
  }

  /** Asks again for what the module has let go of by itself. */
  askForLost(): void {
    const lost = [...this.#dropped].filter(([, why]) => why === 'lost');
    if (lost.length === 0 || !this.#port.mayRebuild()) return;

    for (const [request] of lost) {
      this.#dropped.delete(request);
      this.#open(request);
    }
  }

  /**
   * Takes a new license for each there is or was, and lets go of the old one when its keys are in. Calls while one is under
   * way share it.
   *
   * @throws PlaybackError; what the old licenses hold then stays.
   */
  renew(): Promise<void> {
    this.#renewal ??= this.#renewAll().finally(() => {
      this.#renewal = null;
      this.#port.onChange();
    });
    this.#port.onChange();

    return this.#renewal;
  }

  /** Gives all licenses back; {@link renew} takes new ones. */
  async release(): Promise<void> {
    const released = this.all;
    this.#released = [...new Set([...this.#released, ...this.keyStatuses.map(({ keyId }) => keyId)])];
    this.#drop(released, 'released');
    const ends = await Promise.allSettled(released.map((session) => session.release()));
    this.#port.onChange();

    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) throw toPlaybackError(failure.reason);
  }

  /** Ends all sessions. */
  close(): void {
    for (const session of this.#sessions) session.close();
    this.#sessions.clear();
  }

  async #renewAll(): Promise<void> {
    const old = this.all;
    const held = new Set(old.map(({ request }) => request));
    this.#wasRefused = false;
    const fresh = this.requests.map((request) => this.#open(request, { isRenewal: true }));
    const ends = await Promise.allSettled(fresh.map(({ ready }) => ready));

    const failures: unknown[] = [];
    for (const [index, session] of fresh.entries()) {
      const end = ends[index];
      if (end?.status === 'fulfilled') {
        this.#dropped.delete(session.request);
        this.#remove(old.filter(({ request }) => request === session.request));
        continue;
      }

      this.#remove([session]);
      // What was refused before, and is again, takes nothing away.
      if (held.has(session.request) || held.size === 0) failures.push(end?.reason);
    }
    if (failures.length < fresh.length) this.#released = [];
    if (failures.length === 0) return;

    this.#wasRefused = true;
    throw failures[0];
  }

  #open(request: KeyRequest, { isRenewal = false } = {}): KeySession {
    const session = new KeySession(this.#mediaKeys.createSession(this.#port.sessionType), request, {
      clock: this.#port.clock,
      sessionType: this.#port.sessionType,
      answer: (message) => this.#port.answer(message),
      onChange: () => this.#takeChange(session),
      onFailure: (_, error) => {
        if (isRenewal) return;
        this.#drop([session], 'failed');
        this.#port.onFailure(error);
      },
      onLost: (_, reason) => this.#takeLoss(session, reason),
    });
    this.#sessions.add(session);
    session.start();
    this.#port.onChange();

    return session;
  }

  #takeChange(session: KeySession): void {
    // The module says that it has come to grief over a key: another session may do.
    const isBroken = session.keyStatuses.some(({ status }) => status === 'internal-error');
    if (isBroken && this.#port.mayRebuild()) {
      this.#remove([session]);
      this.#open(session.request);
    }
    this.#port.onChange();
  }

  #takeLoss(session: KeySession, reason: string): void {
    this.#drop([session], 'lost');
    if (reason === 'internal-error') this.#port.onBroken();
    else if (reason === 'hardware-context-reset') this.askForLost();
    this.#port.onChange();
  }

  #drop(sessions: readonly KeySession[], why: 'lost' | 'failed' | 'released'): void {
    for (const session of sessions) {
      if (this.#sessions.delete(session)) this.#dropped.set(session.request, why);
    }
  }

  #remove(sessions: readonly KeySession[]): void {
    for (const session of sessions) {
      this.#sessions.delete(session);
      session.close();
    }
  }

  #isHeld(keyId: string): boolean {
    return this.all.some(
      (session) =>
        (session.isUnderWay && session.request.keyIds.includes(keyId)) ||
        session.keyStatuses.some((entry) => entry.keyId === keyId && HELD.has(entry.status)),
    );
  }
}

function isSameInitData(one: InitData, other: InitData): boolean {
  return (
    one.type === other.type &&
    one.bytes.length === other.bytes.length &&
    one.bytes.every((byte, index) => byte === other.bytes[index])
  );
}
