import type { Clock } from '../../clock/clock.js';
import { errorFromEme } from '../../error/eme-error.js';
import type { PlaybackErrorCode } from '../../error/error-table.js';
import { PlaybackError, toPlaybackError } from '../../error/playback-error.js';
import type { InitData } from '../../init-data/narrow-init-data.js';
import type { KeyStatusEntry } from '../../player/player-state.js';
import type { LicenseMessageType } from '../../source/source.js';
import { callEme } from './call-eme.js';
import { readKeyStatuses } from './read-key-statuses.js';

/** How long a content decryption module may say nothing at all, in milliseconds. */
const SILENCE_MS = 10_000;

/** What a session is made for. */
export interface KeyRequest {
  readonly initData: InitData;
  /** The key ids that it asks for, where they can be read. */
  readonly keyIds: readonly string[];
  /** What the element gave, where only a part of it is asked for. */
  readonly original?: InitData | undefined;
}

/** A message that wants an answer. */
export interface KeyMessage extends KeyRequest {
  readonly bytes: Uint8Array;
  readonly messageType: LicenseMessageType;
  readonly sessionId: string;
  readonly signal: AbortSignal;
}

/** What a {@link KeySession} needs of the one that holds it. */
export interface KeySessionPort {
  readonly clock: Clock;
  readonly sessionType: MediaKeySessionType;
  answer(message: KeyMessage): Promise<Uint8Array>;
  /** Statuses, expiry or a renewal are not what they were. */
  onChange(): void;
  /** The session has come to nothing, and is closed. */
  onFailure(session: KeySession, error: PlaybackError): void;
  /** The module has asked for a renewal by itself, and got it, or did not. */
  onRenewalEnd(error: PlaybackError | null): void;
  /** The module has closed the session by itself, and why. A later edition of EME may know other reasons. */
  onLost(session: KeySession, reason: string): void;
}

/**
 * One MediaKeySession, from its request to its end: each message gets its answer, and silence is an error.
 *
 * An empty message means that there is nothing to ask, so it is passed over; the module then brings a key by itself.
 */
export class KeySession {
  readonly request: KeyRequest;
  /** Resolves when the first keys are in; rejects with a PlaybackError. */
  readonly ready: Promise<void>;
  readonly #session: MediaKeySession;
  readonly #port: KeySessionPort;
  readonly #controller = new AbortController();
  #resolveReady = () => {};
  #rejectReady: (error: PlaybackError) => void = () => {};
  #requested: Promise<void> = Promise.resolve();
  #stopWatch = () => {};
  #isRenewing = false;
  /** Why a license could not be given back; the release waits for it. */
  #onReleaseFailure: ((error: PlaybackError) => void) | null = null;

  constructor(session: MediaKeySession, request: KeyRequest, port: KeySessionPort) {
    this.#session = session;
    this.request = request;
    this.#port = port;
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    // Whoever waits hears of it; all others by the port.
    this.ready.catch(() => {});
  }

  get sessionId(): string {
    return this.#session.sessionId;
  }

  get keyStatuses(): KeyStatusEntry[] {
    return this.isOver ? [] : readKeyStatuses(this.#session.keyStatuses);
  }

  /** Epoch milliseconds; null where the license does not end. */
  get expiresAt(): number | null {
    return Number.isFinite(this.#session.expiration) ? this.#session.expiration : null;
  }

  /** Whether the module itself has asked for a renewal, and has not got it. */
  get isRenewing(): boolean {
    return this.#isRenewing;
  }

  /** Whether it was closed, or came to nothing. */
  get isOver(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Whether its keys are still on their way. */
  get isUnderWay(): boolean {
    return !this.isOver && this.#session.keyStatuses.size === 0;
  }

  /** Asks for the keys. */
  start(): void {
    const { signal } = this.#controller;
    const { type, bytes } = this.request.initData;
    this.#session.addEventListener('message', (event) => void this.#takeMessage(event), { signal });
    this.#session.addEventListener('keystatuseschange', () => this.#takeStatuses(), { signal });
    void this.#session.closed.then((reason: unknown) => this.#takeEnd(String(reason)));

    this.#watch('license-request-failed', 'no license request, no key and no error');
    this.#requested = this.#session.generateRequest(type, bytes as Uint8Array<ArrayBuffer>);
    this.#requested.catch((cause: unknown) => this.#fail(errorFromEme('generateRequest', cause)));
  }

  /**
   * Gives the license back, a persistent one by the exchange that its server wants, and ends the session.
   *
   * @throws PlaybackError where that exchange fails.
   */
  async release(): Promise<void> {
    const isPersistent = this.#port.sessionType === 'persistent-license';
    try {
      const acknowledged = isPersistent ? this.#untilAcknowledged() : Promise.resolve();
      const removed = callEme('remove', () => this.#session.remove(), this.#port.clock);
      await Promise.all([removed, acknowledged]);
    } catch (cause) {
      // Before EME's second edition only persistent sessions could be removed; closing does for the others.
      if (isPersistent) throw cause;
    } finally {
      this.close();
    }
  }

  /** Ends the session: its keys are gone. A second call does nothing. */
  close(): void {
    if (this.isOver) return;

    this.#finish(new PlaybackError('drm-setup-failed', { message: 'The session was closed.' }));
    // One that is not yet initialized cannot be closed, and would stay.
    this.#session.close().catch(() => {
      void this.#requested.then(() => this.#session.close()).catch(() => {});
    });
  }

  async #takeMessage({ message, messageType }: MediaKeyMessageEvent): Promise<void> {
    if (message.byteLength === 0) return;

    const { signal } = this.#controller;
    const isRenewal = messageType === 'license-renewal';
    this.#stopWatch();
    if (isRenewal) this.#setRenewing(true);
    try {
      const bytes = new Uint8Array(message);
      const { sessionId } = this;
      const license = await this.#port.answer({ ...this.request, bytes, messageType, sessionId, signal });
      if (signal.aborted) return;

      const update = () => this.#session.update(license as Uint8Array<ArrayBuffer>);
      await callEme('update', update, this.#port.clock);
      if (this.isUnderWay) this.#watch('key-missing', 'no key and no error after it took the license');
      if (isRenewal) this.#port.onRenewalEnd(null);
      // The license may have another end, of which the module gives no event.
      this.#setRenewing(false);
    } catch (cause) {
      if (!signal.aborted) this.#takeFailure(toPlaybackError(cause), messageType);
    }
  }

  /** What the license holds stays good where only its renewal, or the end of it, has failed. */
  #takeFailure(error: PlaybackError, messageType: string): void {
    if (messageType === 'license-renewal') {
      this.#port.onRenewalEnd(error);
      this.#setRenewing(false);
    } else if (messageType === 'license-release') this.#onReleaseFailure?.(error);
    else this.#fail(error);
  }

  #takeStatuses(): void {
    if (this.#session.keyStatuses.size > 0) {
      this.#stopWatch();
      this.#resolveReady();
    }
    this.#port.onChange();
  }

  #takeEnd(reason: string): void {
    if (this.isOver) return;

    this.#finish(new PlaybackError('drm-setup-failed', { message: `The session was closed: ${reason}.` }));
    this.#port.onLost(this, reason);
  }

  #fail(error: PlaybackError): void {
    if (this.isOver) return;

    this.#rejectReady(error);
    this.close();
    this.#port.onFailure(this, error);
  }

  #finish(error: PlaybackError): void {
    this.#stopWatch();
    this.#controller.abort();
    this.#rejectReady(error);
  }

  #setRenewing(isRenewing: boolean): void {
    this.#isRenewing = isRenewing;
    this.#port.onChange();
  }

  #watch(code: PlaybackErrorCode, silence: string): void {
    this.#stopWatch();
    const message = `The content decryption module gave ${silence} for ${SILENCE_MS / 1000} s.`;
    this.#stopWatch = this.#port.clock.schedule(
      () => this.#fail(new PlaybackError(code, { message })),
      SILENCE_MS,
    );
  }

  /** Resolves when the module has closed the session, as it does for the acknowledgement of its server. */
  #untilAcknowledged(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#onReleaseFailure = reject;
      const stopTimer = this.#port.clock.schedule(
        () => reject(new PlaybackError('license-timeout')),
        SILENCE_MS,
      );
      void this.#session.closed.then(() => {
        stopTimer();
        resolve();
      });
    });
  }
}
