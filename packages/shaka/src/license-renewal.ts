import {
  PlaybackError,
  RenewalWatch,
  toPlaybackError,
  unwrapPlayReadyMessage,
  type Clock,
  type DrmState,
  type KeyStatusPolicy,
  type ResolvedSource,
} from '@secure-player/core';
import type { SessionExchangeOptions } from '@secure-player/core/dom';

import type { LicenseHandler } from './intercept-licenses.js';
import { isPlayReady } from './playready-names.js';
import { isReleased, releaseSessions } from './release-sessions.js';
import { changeSession, type SessionChange } from './session-change.js';
import { SessionChanges } from './session-changes.js';
import type { ShakaPlayer, ShakaRequest, ShakaSessionMetadata } from './shaka-namespace.js';
import { isStored, removeStoredLicense } from './stored-license.js';

/** How long a session that was told to renew its license may take to say something, in milliseconds. */
const SILENCE_MS = 10_000;

/** Options of {@link LicenseRenewal}. */
export interface LicenseRenewalOptions {
  readonly player: ShakaPlayer;
  readonly element: Pick<HTMLMediaElement, 'mediaKeys'>;
  /** The key system that was chosen; null for a clear title. */
  readonly chosen: ResolvedSource['keySystems'][number] | null;
  readonly clock: Clock;
  /** A number from 0 to 1, for jitter. */
  readonly random: () => number;
  readonly keyStatusPolicy: () => KeyStatusPolicy;
  /** Tells that what can be read here has changed. */
  readonly onChange: () => void;
}

/**
 * Renews the licenses of a title ahead of their end, and gives them back. Each key system is renewed in its own way:
 *
 * - FairPlay's sessions are told to, and ask by a message of their own;
 * - Widevine asks by itself when its license says so. Only where it has not, half of the lead time later, it is treated as
 *   the rest:
 * - PlayReady, Clear Key and the others get a new session with a license of its own, which then takes the place of the old.
 */
export class LicenseRenewal {
  readonly #options: LicenseRenewalOptions;
  readonly #watch: RenewalWatch;
  readonly #controller = new AbortController();
  readonly #changes = new SessionChanges();
  /** Null where there is nobody to ask: the title is clear, or the page has given the keys. */
  #handle: LicenseHandler | null = null;
  /** Where Shaka sends requests to; a manifest may have named it. */
  #url = '';
  #underWay = 0;
  #lastRenewal: DrmState['lastRenewal'];
  #renewing: Promise<void> | null = null;
  #isReleased = false;
  /** Called when a session has taken its renewed license, or why it has not. */
  #onOutcome: ((error: PlaybackError | null) => void) | null = null;

  constructor(options: LicenseRenewalOptions) {
    const { clock, random, chosen } = options;
    this.#options = options;
    this.#watch = new RenewalWatch({ clock, random, keySystem: chosen?.name, onDue: () => this.#onDue() });
  }

  /** What the player's state says of renewals. */
  get state(): Pick<DrmState, 'renewal' | 'lastRenewal'> {
    const renewal = this.#underWay > 0 ? 'under-way' : this.refusal ? 'refused' : 'none';
    return { renewal, lastRenewal: this.#lastRenewal };
  }

  /** Why the last renewal was refused; null where it was not. */
  get refusal(): PlaybackError | null {
    return this.#watch.refusal;
  }

  /** Whether the page has given the licenses back: the sessions that there are hold no keys. */
  get isReleased(): boolean {
    return this.#isReleased;
  }

  /** Passes requests on, and takes note of those that a module makes by itself to renew a license. */
  keep(handle: LicenseHandler): LicenseHandler {
    this.#handle = handle;

    return (url, request, signal) => {
      this.#url = url;
      // What a session asks for when it was told to renew its license is a renewal, whatever the module calls it.
      const isRenewal = request.licenseRequestType === 'license-renewal' || this.#onOutcome !== null;
      if (!isRenewal) return handle(url, request, signal);

      const renewal: ShakaRequest = { ...request, licenseRequestType: 'license-renewal' };
      return this.#tell(() => handle(url, renewal, signal));
    };
  }

  /** Takes note of when the license ends. */
  noteExpiration(expiresAt: number | null): void {
    if (this.#handle) this.#watch.noteExpiration(expiresAt);
  }

  /** Takes note that the module took an answer. */
  noteUpdate(): void {
    this.#onOutcome?.(null);
  }

  /** Takes note that the module refused an answer to a renewal. */
  noteRejection(error: PlaybackError): void {
    this.#onOutcome?.(error);
    this.#settle(error);
  }

  /** Ends what is under way. */
  close(): void {
    this.#controller.abort();
    this.#watch.close();
  }

  /**
   * Renews all licenses of the title now; one call at a time, which later ones share.
   *
   * @throws PlaybackError `key-expired` where there is nothing that could be renewed: only another load helps.
   */
  renew(): Promise<void> {
    return this.#once(async () => {
      if (this.#isReleased && !this.#canReplace()) throw new PlaybackError('key-expired');

      await this.#run((sessions) =>
        this.#canReplace()
          ? this.#replaceAll(sessions, 'license-renewal')
          : this.#tellSessions(sessions.length),
      );
      this.#isReleased = false;
    });
  }

  /** Gets new licenses in new sessions: those that there are do not decrypt. */
  rebuild(): Promise<void> {
    return this.#once(async () => {
      if (this.#isReleased) return;

      await this.#run((sessions) => this.#replaceAll(sessions, 'license-request'));
    });
  }

  /**
   * Gives all licenses back, those that the module has stored by the exchange that their server wants. The title stays loaded;
   * what is asked for from here on is another renewal.
   *
   * @throws PlaybackError where such an exchange fails; the title has no license all the same.
   */
  release(): Promise<void> {
    const { player, element, onChange } = this.#options;
    const { signal } = this.#controller;
    this.#renewing = null;

    return this.#changes.run(async () => {
      const { mediaKeys } = element;
      if (!this.#options.chosen || !mediaKeys || signal.aborted) return;

      this.#isReleased = true;
      const released = await releaseSessions(player, mediaKeys);
      if (!signal.aborted) onChange();
      await this.#removeStored(released, mediaKeys);
    });
  }

  #onDue(): void {
    const isWanted = (this.#options.keyStatusPolicy().expired ?? 'renew') === 'renew';
    if (!isWanted || this.#isReleased) return;

    // What becomes of it is in the state, and a failure is planned for.
    this.renew().catch(() => {});
  }

  /** FairPlay renews in the session that has the license, and keys that the page gave need none. */
  #canReplace(): boolean {
    return this.#handle !== null && !this.#options.chosen?.name.startsWith('com.apple.fps');
  }

  #once(change: () => Promise<void>): Promise<void> {
    if (this.#renewing) return this.#renewing;

    const renewing = this.#changes.run(change).finally(() => {
      if (this.#renewing === renewing) this.#renewing = null;
    });
    this.#renewing = renewing;
    return renewing;
  }

  async #run(work: (sessions: readonly ShakaSessionMetadata[]) => Promise<void>): Promise<void> {
    const { player } = this.#options;
    if (!this.#handle || this.#controller.signal.aborted) return;

    const sessions = player.getActiveSessionsMetadata();
    // They were there, and are gone: nothing is left that could be renewed.
    if (sessions.length === 0 && Object.keys(player.getKeyStatuses()).length === 0) return;
    if (sessions.length === 0) throw new PlaybackError('key-expired');

    try {
      await work(sessions);
    } catch (error) {
      // The title is no more: there is nobody to tell.
      if (!this.#controller.signal.aborted) throw toPlaybackError(error);
    }
  }

  /** One after the other: the media keys are asked for one session at a time. */
  async #replaceAll(sessions: readonly ShakaSessionMetadata[], messageType: string): Promise<void> {
    for (const session of sessions) {
      await this.#tell(() => this.#replace(session, messageType), gapOf);
      // What was renewed is renewed, whatever becomes of the license before it.
      if (!isReleased(session))
        await this.#removeStored([session], this.#options.element.mediaKeys).catch(() => {});
    }
  }

  /** Deletes what closed sessions have left with the module; all of it, before the first failure is told. */
  async #removeStored(sessions: readonly ShakaSessionMetadata[], mediaKeys: MediaKeys | null): Promise<void> {
    if (!mediaKeys || !this.#handle) return;

    const removals: Promise<void>[] = [];
    for (const session of sessions.filter(isStored)) {
      // A title without a license ends in an error, which must not cut off what its server is to hear of.
      const { signal } = new AbortController();
      const exchange = this.#exchangeFor(session, 'license-release', signal);
      removals.push(removeStoredLicense(session.sessionId, mediaKeys, exchange));
    }
    await Promise.allSettled(removals);
    await Promise.all(removals);
  }

  async #replace(metadata: ShakaSessionMetadata, messageType: string): Promise<SessionChange> {
    const { player, element } = this.#options;
    const { signal } = this.#controller;
    const { mediaKeys } = element;
    if (!mediaKeys) throw new PlaybackError('key-expired');

    return changeSession(metadata, {
      ...this.#exchangeFor(metadata, messageType, signal),
      player,
      mediaKeys,
    });
  }

  /** What is asked in the course of a renewal is one, whatever the module calls it; giving a license back is not. */
  #exchangeFor(
    metadata: ShakaSessionMetadata,
    messageType: string,
    signal: AbortSignal,
  ): SessionExchangeOptions {
    return {
      clock: this.#options.clock,
      signal,
      acquire: async ({ sessionId }, message, ownType) => {
        const request = this.#toRequest(metadata, message);
        const licenseRequestType = ownType === 'license-release' ? ownType : messageType;
        const sent = { ...request, sessionId, licenseRequestType };
        return (await this.#handle?.(this.#url, sent, signal)) ?? new Uint8Array();
      },
    };
  }

  #toRequest({ initData, initDataType }: ShakaSessionMetadata, message: Uint8Array): ShakaRequest {
    const isWrapped = isPlayReady(this.#options.chosen?.name ?? '');
    const { body, headers } = isWrapped ? unwrapPlayReadyMessage(message) : { body: message, headers: {} };

    return { uris: [this.#url], attempt: 0, body, headers: { ...headers }, initData, initDataType };
  }

  /** FairPlay: each session asks by a message, whose answer Shaka gives to it. */
  async #tellSessions(count: number): Promise<void> {
    const { player, clock } = this.#options;
    const { signal } = this.#controller;
    let cancel = () => {};

    try {
      await new Promise<void>((resolve, reject) => {
        let rest = count;
        const watch = () => {
          const giveUp = () => {
            const error = new PlaybackError('license-timeout');
            this.#settle(error);
            reject(error);
          };
          cancel = clock.schedule(() => (this.#underWay > 0 ? watch() : giveUp()), SILENCE_MS);
        };
        this.#onOutcome = (error) => {
          rest -= 1;
          if (error) reject(error);
          else if (rest === 0) resolve();
        };
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });

        watch();
        player.renewLicense();
      });
    } finally {
      cancel();
      this.#onOutcome = null;
    }
  }

  /** Runs a renewal, and shows what goes on. */
  async #tell<Result>(
    work: () => Promise<Result>,
    gapOfResult: (result: Result) => number = () => 0,
  ): Promise<Result> {
    const { clock, onChange } = this.#options;
    this.#underWay += 1;
    onChange();

    try {
      const result = await work();
      this.#lastRenewal = { at: clock.now(), gapMs: gapOfResult(result) };
      this.#watch.noteSuccess();
      return result;
    } catch (error) {
      if (!this.#controller.signal.aborted) {
        const failure = toPlaybackError(error, 'license-request-failed');
        this.#onOutcome?.(failure);
        this.#watch.noteFailure(failure);
      }
      throw error;
    } finally {
      this.#underWay -= 1;
      onChange();
    }
  }

  #settle(error: PlaybackError): void {
    this.#watch.noteFailure(error);
    this.#options.onChange();
  }
}

function gapOf({ keysGoneAt, keysBackAt }: SessionChange): number {
  return Math.max(0, keysBackAt - keysGoneAt);
}
