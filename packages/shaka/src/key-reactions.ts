import { PlaybackError, type Clock, type KeyStatusPolicy } from '@secure-player/core';

import type { ShakaPlayer, ShakaRequest } from './shaka-namespace.js';

/** How often what does not work is built anew, within a minute. */
const MAX_REBUILDS = 2;
/** How many sessions one piece of init data may be given within a minute: a device may lose its hardware now and then. */
const MAX_SESSIONS = 5;
const MINUTE_MS = 60_000;

/** Options of {@link KeyReactions}. */
export interface KeyReactionsOptions {
  readonly player: Pick<ShakaPlayer, 'getKeyStatuses'>;
  readonly clock: Clock;
  readonly keyStatusPolicy: () => KeyStatusPolicy;
  /** Gets new licenses in new sessions. */
  readonly rebuild: () => Promise<void>;
  readonly onError: (error: PlaybackError) => void;
}

/** What is done when keys get a status under which they cannot be used, as far as it is not a choice between renditions. */
export class KeyReactions {
  readonly #options: KeyReactionsOptions;
  #rebuilds: number[] = [];
  #isRebuilding = false;
  /** Whether playback failed for what a rebuild may mend. */
  #isHeld = false;
  readonly #sessions = new Map<string, Map<string, number>>();

  constructor(options: KeyReactionsOptions) {
    this.#options = options;
  }

  /** Called when statuses have changed, before anybody draws conclusions. */
  look(): void {
    const { keyStatusPolicy, onError } = this.#options;
    const policy = keyStatusPolicy();
    if (policy.outputRestricted === 'error' && this.#has('output-restricted')) {
      onError(new PlaybackError('output-restricted'));
    }
    if (policy.expired === 'error' && this.#has('expired')) onError(new PlaybackError('key-expired'));
    if (this.#has('internal-error')) this.#rebuild();
    else this.#isHeld = false;
  }

  /** Whether a failure is not the end: the page wants to wait it out, or new sessions may mend it. */
  bears({ code }: PlaybackError): boolean {
    const { outputRestricted, expired } = this.#options.keyStatusPolicy();
    if (this.#isRebuilding && FOLLOWS_STATUS.has(code)) {
      this.#isHeld = true;
      return true;
    }

    return (
      (code === 'output-restricted' && outputRestricted === 'continue') ||
      (code === 'key-expired' && expired === 'continue')
    );
  }

  /** Names a failure that follows from keys which the device cannot handle. */
  name(error: PlaybackError): PlaybackError {
    const isBroken = FOLLOWS_STATUS.has(error.code) && this.#has('internal-error');
    if (!isBroken || this.#has('output-restricted')) return error;

    return new PlaybackError('drm-setup-failed', { engineCode: error.engineCode });
  }

  /**
   * How long a picture may wait for its key, in milliseconds: one that is to be usable later has its time, as has one that
   * the page wants to be waited for, and a module that has not made up its mind may take a while.
   */
  patience(): number {
    const { outputRestricted, expired } = this.#options.keyStatusPolicy();
    const isWaitedFor =
      this.#has('usable-in-future') ||
      (outputRestricted === 'continue' && this.#has('output-restricted')) ||
      (expired === 'continue' && this.#has('expired'));
    if (isWaitedFor) return Number.POSITIVE_INFINITY;

    return this.#has('status-pending') || this.#isRebuilding ? MINUTE_MS : 0;
  }

  /** Counts the sessions that Shaka makes again and again for one piece of init data, as after a loss of hardware. */
  countSession({ initData, sessionId, licenseRequestType }: ShakaRequest): void {
    if (!initData || !sessionId || (licenseRequestType ?? 'license-request') !== 'license-request') return;

    const now = this.#options.clock.now();
    const name = initData.join();
    const known = [...(this.#sessions.get(name) ?? [])].filter(([, since]) => now - since < MINUTE_MS);
    const sessions = new Map([...known, [sessionId, now] as const]);
    this.#sessions.set(name, sessions);
    if (sessions.size > MAX_SESSIONS) this.#options.onError(new PlaybackError('drm-setup-failed'));
  }

  #rebuild(): void {
    const { clock, rebuild, onError } = this.#options;
    if (this.#isRebuilding) return;

    const now = clock.now();
    this.#rebuilds = this.#rebuilds.filter((at) => now - at < MINUTE_MS);
    if (this.#rebuilds.length >= MAX_REBUILDS) {
      if (this.#isHeld) onError(new PlaybackError('drm-setup-failed'));
      return;
    }

    this.#rebuilds.push(now);
    this.#isRebuilding = true;
    rebuild()
      .catch((error: PlaybackError) => {
        if (this.#isHeld) onError(error);
      })
      .finally(() => {
        this.#isRebuilding = false;
      });
  }

  #has(status: string): boolean {
    return Object.values(this.#options.player.getKeyStatuses()).includes(status);
  }
}

/** What Shaka, or whoever waits for a key, makes of keys that cannot be used. */
const FOLLOWS_STATUS: ReadonlySet<PlaybackError['code']> = new Set([
  'output-restricted',
  'key-missing',
  'wrong-key',
]);
