import { errorFromEme } from '../../error/eme-error.js';
import { PlaybackError, toPlaybackError } from '../../error/playback-error.js';
import { isSameBytes } from '../../init-data/is-same-bytes.js';
import { narrowInitData, type InitData } from '../../init-data/narrow-init-data.js';
import type { KeyIdReader } from '../../init-data/read-pssh-key-ids.js';
import { isUsable } from '../../license/license-status.js';
import type { RebuildBudget } from '../../license/rebuild-budget.js';
import { RenewalWatch } from '../../license/renewal-watch.js';
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

const LOST_TOO_OFTEN = 'The content decryption module lost its sessions too often within a minute.';

/** What {@link LicenseSessions} need of the one that holds them. */
export interface LicenseSessionsPort extends Pick<
  KeySessionPort,
  'clock' | 'sessionType' | 'answer' | 'onChange'
> {
  readonly keySystem: string;
  readonly readKeyIds: KeyIdReader;
  /** Whether what the module has lost may be asked for once more. */
  readonly budget: RebuildBudget;
  /** A number from 0 to 1, for jitter. */
  readonly random: () => number;
  /** Whether licenses are renewed ahead of their end. */
  isRenewedAhead(): boolean;
  onFailure(error: PlaybackError): void;
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
  /** With the number of incidents before each was made. */
  readonly #sessions = new Map<KeySession, number>();
  /** New ones beside those that they are to replace: until then, what becomes of them takes nothing away. */
  readonly #fresh = new Set<KeySession>();
  /** What is no longer held, and why: what was lost is asked for again when the element waits, the rest when the page wants it. */
  readonly #dropped = new Map<KeyRequest, 'lost' | 'failed' | 'released'>();
  #released: readonly string[] = [];
  #renewal: Promise<void> | null = null;
  readonly #renewalWatch: RenewalWatch;

  constructor(mediaKeys: MediaKeys, port: LicenseSessionsPort) {
    this.#mediaKeys = mediaKeys;
    this.#port = port;
    this.#renewalWatch = new RenewalWatch({
      clock: port.clock,
      random: port.random,
      keySystem: port.keySystem,
      onDue: () => this.#renewAhead(),
    });
  }

  /** Those that are open. */
  get all(): readonly KeySession[] {
    return [...this.#sessions.keys()].filter(({ isOver }) => !isOver);
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
    if (this.#renewal || this.all.some(({ isRenewing }) => isRenewing)) return 'under-way';

    return this.#renewalWatch.refusal ? 'refused' : 'none';
  }

  /** All that was asked for so far. */
  get requests(): readonly KeyRequest[] {
    return [...new Set([...this.all.map(({ request }) => request), ...this.#dropped.keys()])];
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
    for (const [request, why] of this.#dropped) {
      if (why !== 'lost') continue;

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
    return this.#renew(this.requests);
  }

  /** Gives all licenses back; {@link renew} takes new ones. */
  async release(): Promise<void> {
    const released = this.all;
    this.#released = [...new Set([...this.#released, ...this.keyStatuses.map(({ keyId }) => keyId)])];
    this.#drop(released, 'released');
    const ends = await Promise.allSettled(released.map((session) => session.release()));
    this.#tellChange();

    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) throw toPlaybackError(failure.reason);
  }

  /** Ends all sessions; what they were for can be taken over by others. */
  close(): void {
    const open = [...this.#sessions.keys()];
    this.#renewalWatch.close();
    this.#drop(open, 'lost');
    for (const session of open) session.close();
  }

  /** Asks for all that those of other MediaKeys were for when they ended. What was refused or given back stays so. */
  takeOver(ended: LicenseSessions): void {
    this.#released = ended.#released;
    for (const [request, why] of ended.#dropped) this.#dropped.set(request, why);
    this.askForLost();
  }

  /** Waits for the keys that are on their way. @throws PlaybackError */
  async untilReady(): Promise<void> {
    await Promise.all(this.all.map(({ ready }) => ready));
  }

  /** Only what is held: what was refused or given back is the page's to ask for. */
  #renewAhead(): void {
    const isUnderWay = this.renewal === 'under-way';
    if (isUnderWay || !this.#port.isRenewedAhead()) return;

    // What becomes of it is in the state, and a failure is planned for.
    this.#renew(this.all.map(({ request }) => request)).catch(() => {});
  }

  #renew(requests: readonly KeyRequest[]): Promise<void> {
    this.#renewal ??= this.#renewAll(requests).finally(() => {
      this.#renewal = null;
      this.#tellChange();
    });
    this.#tellChange();

    return this.#renewal;
  }

  async #renewAll(requests: readonly KeyRequest[]): Promise<void> {
    const held = new Set(this.all.map(({ request }) => request));
    const ends = await Promise.allSettled(requests.map((request) => this.#renewOne(request)));

    // What was refused before, and is again, takes nothing away.
    const failure = ends.find((end, index) => {
      const request = requests[index];
      return end.status === 'rejected' && (held.size === 0 || (request && held.has(request)));
    });
    const error = failure?.status === 'rejected' ? toPlaybackError(failure.reason) : null;
    this.#noteRenewal(error);
    if (error) throw error;
  }

  /** Has the new keys before it lets the old ones go. */
  async #renewOne(request: KeyRequest): Promise<void> {
    const session = this.#start(request, { isFresh: true });
    try {
      await session.ready;
      if (isBroken(session)) throw new PlaybackError('drm-setup-failed');
    } catch (error) {
      this.#remove([session]);
      throw error;
    } finally {
      this.#fresh.delete(session);
    }

    this.#dropped.delete(request);
    this.#released = this.#released.filter((keyId) => !request.keyIds.includes(keyId));
    this.#giveUp(this.all.filter((other) => other !== session && other.request === request));
  }

  #open(request: KeyRequest): void {
    try {
      this.#start(request);
    } catch (error) {
      this.#dropped.set(request, 'failed');
      this.#port.onFailure(toPlaybackError(error));
    }
  }

  /** @throws PlaybackError where the module makes no session. */
  #start(request: KeyRequest, { isFresh = false } = {}): KeySession {
    const session = new KeySession(this.#createSession(), request, {
      clock: this.#port.clock,
      sessionType: this.#port.sessionType,
      answer: (message) => this.#port.answer(message),
      onChange: () => this.#takeChange(session),
      onFailure: (_, error) => {
        if (this.#fresh.has(session)) return;
        this.#drop([session], 'failed');
        this.#port.onFailure(error);
      },
      onRenewalEnd: (error) => this.#noteRenewal(error),
      onLost: (_, reason) => this.#takeLoss(session, reason),
    });
    this.#sessions.set(session, this.#port.budget.incidents);
    if (isFresh) this.#fresh.add(session);
    session.start();
    this.#tellChange();

    return session;
  }

  #createSession(): MediaKeySession {
    try {
      return this.#mediaKeys.createSession(this.#port.sessionType);
    } catch (cause) {
      throw errorFromEme('createSession', cause);
    }
  }

  #takeChange(session: KeySession): void {
    // The module says that it has come to grief over a key: another session may do.
    if (isBroken(session) && !this.#fresh.has(session) && this.#mayRebuild(session)) {
      this.#remove([session]);
      this.#open(session.request);
    }
    this.#tellChange();
  }

  #takeLoss(session: KeySession, reason: string): void {
    if (!this.#fresh.has(session)) this.#rebuild(session, reason);
    this.#tellChange();
  }

  #rebuild(session: KeySession, reason: string): void {
    const mayRebuild = this.#mayRebuild(session);
    this.#drop([session], mayRebuild ? 'lost' : 'failed');
    if (!mayRebuild) return;

    if (reason === 'internal-error') this.#port.onBroken();
    else if (reason === 'hardware-context-reset') this.askForLost();
  }

  #mayRebuild(session: KeySession): boolean {
    const { budget } = this.#port;
    const mayRebuild = budget.allows(this.#sessions.get(session) ?? budget.incidents);
    if (!mayRebuild) {
      this.#port.onFailure(new PlaybackError('drm-setup-failed', { message: LOST_TOO_OFTEN }));
    }

    return mayRebuild;
  }

  #tellChange(): void {
    // The first that ends counts for all.
    const ends = this.all.flatMap(({ expiresAt }) => expiresAt ?? []);
    this.#renewalWatch.noteExpiration(ends.length > 0 ? Math.min(...ends) : null);
    this.#port.onChange();
  }

  #noteRenewal(error: PlaybackError | null): void {
    if (error) this.#renewalWatch.noteFailure(error);
    else this.#renewalWatch.noteSuccess();
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

  /** What the module has stored would stay with it: closing puts it aside. */
  #giveUp(sessions: readonly KeySession[]): void {
    if (this.#port.sessionType !== 'persistent-license') return this.#remove(sessions);

    for (const session of sessions) {
      this.#sessions.delete(session);
      // What was renewed is renewed, whatever becomes of the license before it.
      session.release().catch(() => {});
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

function isBroken({ keyStatuses }: KeySession): boolean {
  return keyStatuses.some(({ status }) => status === 'internal-error');
}

function isSameInitData(one: InitData, other: InitData): boolean {
  return one.type === other.type && isSameBytes(one.bytes, other.bytes);
}
