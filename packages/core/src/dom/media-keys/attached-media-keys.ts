import type { Clock } from '../../clock/clock.js';
import type { PlaybackErrorCode } from '../../error/error-table.js';
import { PlaybackError, toPlaybackError } from '../../error/playback-error.js';
import { SnapshotStore } from '../../snapshot/snapshot-store.js';
import type { LicenseSessions } from './license-sessions.js';
import { errorOfElement } from './media-element-failure.js';
import { MEDIA_KEYS_IDLE, toMediaKeysState, type MediaKeysState } from './media-keys-state.js';
import type { MediaKeysMachinery } from './media-keys-machinery.js';
import type { MediaKeysSettings } from './media-keys-settings.js';
import type { GrantedAccess } from './request-access.js';
import { toInitData } from './to-init-data.js';

/** What {@link AttachedMediaKeys} run on. */
export interface MediaKeysMachine {
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch | undefined;
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
  /** A number from 0 to 1, for jitter. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/** Those that the kit has set, and for whom, so that it knows its own from those of a player beside it. */
const OWNERS = new WeakMap<MediaKeys, AttachedMediaKeys>();

/**
 * Raw EME on one media element: chooses a key system, attaches MediaKeys, and licenses whatever encrypted media the element
 * meets from then on. Whatever fails is in the state.
 *
 * Constructing does nothing; `open` starts, `close` ends it for good.
 */
export class AttachedMediaKeys {
  readonly #element: HTMLMediaElement;
  readonly #settings: () => MediaKeysSettings;
  readonly #machine: MediaKeysMachine;
  readonly #store: SnapshotStore<MediaKeysState>;
  readonly #controller = new AbortController();
  #opening: Promise<void> = Promise.resolve();
  #machinery: MediaKeysMachinery | null = null;
  #granted: GrantedAccess | null = null;
  #sessions: LicenseSessions | null = null;
  /** What the module has lost as a whole, for as long as other MediaKeys have not taken it over. */
  #lost: LicenseSessions | null = null;
  #reopening: Promise<void> | null = null;
  /** What the element met before the MediaKeys were there. */
  #early: MediaEncryptedEvent[] = [];
  #error: PlaybackError | null = null;

  constructor(element: HTMLMediaElement, settings: () => MediaKeysSettings, machine: MediaKeysMachine = {}) {
    this.#element = element;
    this.#settings = settings;
    this.#machine = machine;
    this.#store = new SnapshotStore<MediaKeysState>({
      ...MEDIA_KEYS_IDLE,
      status: 'opening',
      renew: () => this.#renew(),
      release: () => this.#release(),
    });
  }

  readonly getState = (): MediaKeysState => this.#store.getState();
  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  /** Starts, when `after` has come to its end: the element may have to be let go of first. */
  open(after: Promise<void> = Promise.resolve()): void {
    const { signal } = this.#controller;
    const on = <Name extends keyof HTMLMediaElementEventMap>(
      name: Name,
      act: (event: HTMLMediaElementEventMap[Name]) => void,
    ) => this.#element.addEventListener(name, act, { signal });
    on('encrypted', (event) => this.#takeEncrypted(event));
    on('waitingforkey', () => this.#sessions?.askForLost());
    on('error', () => this.#takeElementError());
    on('emptied', () => this.#forgetTitle());

    this.#opening = after.then(() => this.#attempt(() => this.#open()));
    if (this.#element.error) this.#takeElementError();
  }

  /** Lets go of the element and of all licenses. Resolves when both are done; a second call changes nothing. */
  async close(): Promise<void> {
    this.#controller.abort();
    await this.#opening;
    this.#sessions?.close();
    this.#sessions = null;
    this.#store.patch({ ...MEDIA_KEYS_IDLE, renew: this.getState().renew, release: this.getState().release });
    const { mediaKeys } = this.#element;
    if (!mediaKeys || OWNERS.get(mediaKeys) !== this) return;

    // A browser may refuse while media that it has decrypted is loaded. They are ours, and stand in nobody's way.
    await this.#machinery?.setMediaKeys(this.#element, null).catch(() => {});
  }

  async #open(): Promise<void> {
    this.#checkElement();
    this.#machinery ??= await this.#loadMachinery();
    const granted = await this.#machinery.requestAccess();
    if (this.#isClosed()) return;

    this.#granted = granted;
    this.#publish();
    await this.#attach(this.#machinery, granted);
  }

  async #loadMachinery(): Promise<MediaKeysMachinery> {
    const { MediaKeysMachinery } = await import('./media-keys-machinery.js').catch(
      rethrowAs('engine-unavailable'),
    );

    return new MediaKeysMachinery(this.#settings, this.#machine);
  }

  /** Makes MediaKeys, and gives them to the element. */
  async #attach(machinery: MediaKeysMachinery, granted: GrantedAccess): Promise<void> {
    const mediaKeys = await machinery.createMediaKeys(granted);
    if (this.#isClosed()) return;

    this.#checkElement();
    OWNERS.set(mediaKeys, this);
    await machinery.setMediaKeys(this.#element, mediaKeys);
    const sessions = await machinery.createSessions(mediaKeys, granted.keySystem, {
      onChange: () => this.#publish(),
      onFailure: (error) => this.#fail(error),
      onBroken: () => this.#replace(machinery, granted),
    });
    if (this.#isClosed()) return;

    this.#sessions = sessions;
    if (this.#lost) sessions.takeOver(this.#lost);
    this.#lost = null;
    const early = this.#early;
    this.#early = [];
    for (const event of early) this.#takeEncrypted(event);
    this.#publish();
  }

  /** Two owners of MediaKeys on one element fight. */
  #checkElement(): void {
    const { mediaKeys } = this.#element;
    if (mediaKeys && !OWNERS.has(mediaKeys)) throw new PlaybackError('media-keys-in-use');
  }

  #takeEncrypted(event: MediaEncryptedEvent): void {
    const [sessions, machinery, granted] = [this.#sessions, this.#machinery, this.#granted];
    if (!sessions || !machinery || !granted) {
      this.#early.push(event);
      return;
    }

    try {
      sessions.ask(toInitData(event, machinery.configuration(granted.keySystem)));
    } catch (error) {
      this.#fail(toPlaybackError(error, 'license-request-failed'));
    }
  }

  #takeElementError(): void {
    const error = errorOfElement(this.#element);
    if (error) this.#fail(error);
  }

  /** Another title comes: what failed of the last one, set-up aside, is not its failure. */
  #forgetTitle(): void {
    if (!this.#sessions) return;

    this.#sessions.forgetFailed();
    this.#error = null;
    this.#publish();
  }

  /** Other MediaKeys in place of those that are broken, and all that was asked for asked of them. */
  #replace(machinery: MediaKeysMachinery, granted: GrantedAccess): void {
    const broken = this.#sessions;
    if (!broken) return;

    this.#sessions = null;
    this.#lost = broken;
    broken.close();
    this.#opening = this.#attempt(() => this.#attach(machinery, granted));
  }

  async #renew(): Promise<void> {
    const sessions = this.#sessions;
    try {
      await sessions?.renew().catch((error: unknown) => {
        // Those that have taken its place bring new licenses.
        if (sessions === this.#sessions) throw error;
      });
      if (!sessions || sessions !== this.#sessions) return await this.#reopen();

      this.#error = null;
    } catch (error) {
      throw toPlaybackError(error);
    } finally {
      this.#publish();
    }
  }

  /** Opens again what could not be opened, and waits for its keys; once for all who want it. */
  #reopen(): Promise<void> {
    this.#reopening ??= this.#openAgain().finally(() => {
      this.#reopening = null;
    });
    return this.#reopening;
  }

  async #openAgain(): Promise<void> {
    await this.#opening;
    if (!this.#sessions) {
      // What kept the keys from being attached may be mended.
      this.#error = null;
      this.#publish();
      this.#opening = this.#attempt(() => this.#open());
      await this.#opening;
    }
    await this.#sessions?.untilReady();
    if (this.#error) throw this.#error;
  }

  async #release(): Promise<void> {
    await this.#sessions?.release();
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      if (!this.#isClosed()) await work();
    } catch (error) {
      this.#fail(toPlaybackError(error, 'drm-setup-failed'));
    }
  }

  /** The first failure stands: what follows it is its echo. */
  #fail(error: PlaybackError): void {
    if (this.#isClosed() || this.#error) return;

    this.#error = error;
    this.#publish();
  }

  #publish(): void {
    if (this.#isClosed()) return;

    this.#store.patch(toMediaKeysState(this.#granted, this.#sessions, this.#error));
  }

  #isClosed(): boolean {
    return this.#controller.signal.aborted;
  }
}

function rethrowAs(code: PlaybackErrorCode): (cause: unknown) => never {
  return (cause) => {
    throw toPlaybackError(cause, code);
  };
}
