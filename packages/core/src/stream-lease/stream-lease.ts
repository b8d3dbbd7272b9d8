import type { StreamReplacement } from '@secure-player/protocol';

import { rejection } from '../abort/rejection.js';
import type { EntitlementBackend, PlaybackSessionAnswer } from '../backend/entitlement-backend.js';
import { systemClock, type Clock } from '../clock/clock.js';
import { PlaybackError, toPlaybackError } from '../error/playback-error.js';
import type { Player } from '../player/player.js';
import { attemptMs, isPassing, isStreamError, leaseEnd, retryMs } from './lease-timing.js';
import type { PlaybackSessionSource } from '../source/source.js';
import type { PageLifecycle } from './page-lifecycle.js';
import type { StreamActions } from './stream-lease-slot.js';
import type { StreamLeaseState } from './stream-lease-state.js';

/** What a lease needs of its player. */
export type LeasedPlayer = Pick<
  Player,
  'getState' | 'subscribe' | 'halt' | 'resume' | 'isHalted' | 'actions' | 'lease'
>;

/** Options of {@link StreamLease}. */
export interface StreamLeaseOptions {
  readonly backend: Pick<EntitlementBackend, 'renewPlaybackSession' | 'releaseStream'>;
  /** The playback session that the player's source was issued for. */
  readonly session: Readonly<PlaybackSessionSource>;
  readonly player: LeasedPlayer;
  readonly page: PageLifecycle;
  /** What must have been said before the first heartbeat, such as the end of the lease before. @default nothing */
  readonly after?: Promise<void> | undefined;
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
}

/**
 * Keeps one player among the account's streams, and tells of it in the player's `lease`.
 *
 * It asks when playback begins, and again with each heartbeat. While the server cannot be reached, playback goes on for as
 * long as the lease is good; then, and where another device has the stream, the player halts with the reason as its error,
 * and goes on where it stopped when the stream is there again. It touches no license: the player keeps its own.
 *
 * Timers of a hidden tab come late, so what holds is decided by the clock. Nothing rejects: what came of it is the state.
 */
export class StreamLease implements StreamActions {
  readonly #options: StreamLeaseOptions;
  readonly #clock: Clock;
  readonly #life = new AbortController();
  #heartbeatMs: number;
  /** The request under way; there is never another one beside it. */
  #flight: { readonly controller: AbortController; readonly done: Promise<void> } | null = null;
  #cancelTimer = () => {};
  /** Whether heartbeats go on. */
  #isKept = false;
  /** Whether the server says that this session needs no stream. */
  #isFree = false;
  #failures = 0;
  /** Whether the page gave the stream back: until the element has paused, that it plays does not take it again. */
  #isGivenBack = false;
  #isAway = false;
  /** The giving back under way. Should it overtake the next heartbeat, it would take what that one got. */
  #farewell: Promise<void>;
  /** The error that the player halts with, or one of its licenses that was asked about. */
  #known: PlaybackError | null = null;

  constructor(options: StreamLeaseOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#heartbeatMs = options.session.heartbeatSeconds * 1000;
    this.#farewell = options.after ?? Promise.resolve();
  }

  /** Begins to watch the player and the page. Asks at once where the player already plays, or the session says so. */
  start(): void {
    const { player, page, session } = this.#options;
    const { signal } = this.#life;
    signal.addEventListener('abort', player.subscribe(this.#look));
    page.observe({ onHide: this.#onHide, onReturn: this.#onReturn, onOnline: this.#onOnline }, signal);

    this.#slot.put(this);
    if (player.isHalted) {
      void this.#ask();
      return;
    }
    this.#slot.tell({});
    if (session.takesStream === 'at-once') void this.#ask();
    else this.#look();
  }

  /** Gives the stream back and ends; resolves when the server knows, or cannot be told. */
  stop(): Promise<void> {
    if (this.#life.signal.aborted) return this.#farewell;

    this.#life.abort();
    const farewell = this.#giveBack();
    this.#slot.put(null);
    return farewell;
  }

  readonly renew = (): Promise<void> => this.#flight?.done ?? this.#ask();

  readonly takeOver = async (streamId: StreamReplacement = 'oldest'): Promise<void> => {
    if (this.#slot.getState().status !== 'held') await this.#ask(streamId);
  };

  readonly release = async (): Promise<void> => {
    const { getState, actions } = this.#options.player;
    // One that is paused already tells of no pause, and what plays next is a viewer's wish.
    this.#isGivenBack = !getState().paused;
    actions.pause();
    await this.#giveBack();
  };

  readonly #look = (): void => {
    const { paused, status, error } = this.#options.player.getState();
    if (paused) this.#isGivenBack = false;
    if (this.#isAway || this.#flight) return;

    const isNews = error !== null && error !== this.#known && isStreamError(error);
    const plays = !paused && status !== 'idle' && status !== 'error';
    if (isNews) {
      this.#known = error;
      void this.#ask();
    } else if (plays && !this.#isKept && !this.#isGivenBack) void this.#ask();
  };

  readonly #onHide = (): void => {
    this.#isAway = true;
    void this.#giveBack();
  };

  readonly #onReturn = (): void => {
    this.#isAway = false;
    this.#look();
  };

  readonly #onOnline = (): void => {
    const { error } = this.#slot.getState();
    if (error && isPassing(error) && !this.#flight && !this.#isAway) void this.#ask();
  };

  get #slot(): LeasedPlayer['lease'] {
    return this.#options.player.lease;
  }

  #ask(replace?: StreamReplacement): Promise<void> {
    if (this.#life.signal.aborted) return Promise.resolve();

    this.#endRequests();
    this.#isKept = true;
    const controller = new AbortController();
    const done = this.#exchange(controller, replace);
    this.#flight = { controller, done };

    return done;
  }

  async #exchange(controller: AbortController, replace: StreamReplacement | undefined): Promise<void> {
    const { signal } = controller;
    const { expiresAt } = this.#slot.getState();
    const askedAt = this.#clock.now();
    const late = new PlaybackError('entitlement-failed', {
      message: 'A heartbeat was not answered in time.',
    });
    const isLate = new AbortController();
    const cancelTimeout = this.#clock.schedule(() => isLate.abort(late), attemptMs(expiresAt, askedAt));
    const either = AbortSignal.any([signal, isLate.signal]);

    try {
      const answer = await Promise.race([this.#send(replace, either), rejection(either)]);
      if (!signal.aborted) this.#onAnswer(answer, askedAt);
    } catch (cause) {
      if (!signal.aborted) this.#onTrouble(toPlaybackError(cause), askedAt);
    } finally {
      cancelTimeout();
    }
  }

  async #send(replace: StreamReplacement | undefined, signal: AbortSignal): Promise<PlaybackSessionAnswer> {
    await this.#farewell;
    signal.throwIfAborted();

    const { backend, session } = this.#options;
    return backend.renewPlaybackSession(session.id, { replace, signal });
  }

  #onAnswer({ session, refusal }: PlaybackSessionAnswer, askedAt: number): void {
    this.#flight = null;
    if (refusal) {
      const { error, streams, takenOverBy } = refusal;
      this.#giveUp(error, { streams, takenOverBy });
      return;
    }

    const now = this.#clock.now();
    this.#heartbeatMs = session.heartbeatSeconds * 1000;
    this.#failures = 0;
    this.#isFree = session.leaseExpiresAt === null;
    const expiresAt = this.#isFree ? null : leaseEnd(session.leaseExpiresAt ?? 0, this.#heartbeatMs, now);
    this.#schedule(askedAt + this.#heartbeatMs - now);
    this.#slot.tell({ status: this.#isFree ? 'none' : 'held', expiresAt });
    this.#resumePlayer();
  }

  #onTrouble(error: PlaybackError, askedAt: number): void {
    this.#flight = null;
    const { status, expiresAt } = this.#slot.getState();
    if (!isPassing(error)) {
      this.#giveUp(error);
      return;
    }
    if (status === 'refused' || status === 'lost') {
      this.#isKept = false;
      this.#slot.tell({ ...this.#slot.getState(), error });
      this.#haltAgain(error);
      return;
    }
    if (this.#isFree) {
      this.#schedule(this.#heartbeatMs);
      return;
    }

    // A session that is just opened has a stream already, whose end only an answer tells.
    const now = this.#clock.now();
    const end = expiresAt ?? leaseEnd(0, this.#heartbeatMs, askedAt);
    if (now >= end) {
      this.#giveUp(error);
      return;
    }
    this.#failures += 1;
    this.#slot.tell({ status: 'uncertain', expiresAt: end, error });
    this.#schedule(Math.min(retryMs(this.#failures, this.#heartbeatMs), end - now));
  }

  readonly #onTimer = (): void => {
    const { status, expiresAt, error } = this.#slot.getState();
    const isOver = expiresAt !== null && this.#clock.now() >= expiresAt;
    if (status === 'uncertain' && isOver && error) this.#giveUp(error);
    else void this.#ask();
  };

  #schedule(milliseconds: number): void {
    this.#cancelTimer = this.#clock.schedule(this.#onTimer, Math.max(0, milliseconds));
  }

  /** Gives up: the player halts, and heartbeats end. */
  #giveUp(error: PlaybackError, told: Partial<StreamLeaseState> = {}): void {
    const { status } = this.#slot.getState();
    const wasHeld = status === 'held' || status === 'uncertain' || status === 'lost';
    const isLost = wasHeld || error.code === 'stream-taken-over';

    this.#isKept = false;
    this.#known = error;
    this.#slot.tell({ ...told, status: isLost ? 'lost' : 'refused', error });
    this.#options.player.halt(error);
  }

  /** A player that was made to play meanwhile, or says only that nobody could be asked; other reasons stand. */
  #haltAgain(error: PlaybackError): void {
    const { player } = this.#options;
    const shown = player.getState().error;
    if (shown && !isPassing(shown)) return;

    player.halt(error);
    this.#known = player.getState().error;
  }

  /** Only from what the stream was the reason of: a film that failed otherwise is no concern of the lease. */
  #resumePlayer(): void {
    const { player } = this.#options;
    const { error } = player.getState();
    if (!error) return;
    if (player.isHalted || error === this.#known || isStreamError(error)) player.resume();
  }

  #giveBack(): Promise<void> {
    const { status } = this.#slot.getState();
    this.#endRequests();
    this.#isKept = false;
    if (status === 'refused' || status === 'lost' || status === 'released') return this.#farewell;

    this.#slot.tell({ status: 'released' });
    const { backend, session } = this.#options;
    // A stream that could not be given back ends by itself.
    this.#farewell = backend.releaseStream(session.id).catch(() => {});
    return this.#farewell;
  }

  #endRequests(): void {
    this.#cancelTimer();
    this.#flight?.controller.abort();
    this.#flight = null;
  }
}
