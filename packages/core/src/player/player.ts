import type { Authorizer } from '../authorize/authorizer.js';
import { systemClock, type Clock } from '../clock/clock.js';
import { isPlaybackError, toPlaybackError, type PlaybackError } from '../error/playback-error.js';
import { DEFAULT_KEY_STATUS_POLICY, type KeyStatusPolicy } from '../license/key-status-policy.js';
import type { LicenseClient } from '../license/license-client.js';
import { RebuildBudget } from '../license/rebuild-budget.js';
import type { OfflineTitles } from '../offline/offline-titles.js';
import { ExperienceMeter } from '../qoe/experience-meter.js';
import { isSameSource, needsReload } from '../source/compare-sources.js';
import { SnapshotStore } from '../snapshot/snapshot-store.js';
import { resolveSource } from '../source/resolve-source.js';
import type { Source } from '../source/source.js';
import { StreamLeaseSlot } from '../stream-lease/stream-lease-slot.js';
import { DrmTimeline } from '../timeline/drm-timeline.js';
import { withoutSource, type MediaPort, type MediaState } from './media-port.js';
import type { PlayerActions } from './player-actions.js';
import type { EngineLoadOptions, PlayerEngine, PlayerEngineFactory } from './player-engine.js';
import { IDLE_STATE, NOTHING_LOADED, type PlayerState } from './player-state.js';
import { nextStatus, type StatusEvent } from './player-status.js';
import { FROM_THE_START, resumptionAt, type Resumption } from './resumption.js';
import { Suspension, type Detach } from './suspension.js';
import type { TextTrackSource } from './text-track-source.js';
import {
  findQuality,
  findTrack,
  wishesOfPage,
  type TrackPreferences,
  type TrackWishes,
} from './track-wishes.js';

/** What a {@link Player} is made of. */
export interface PlayerOptions {
  readonly createEngine: PlayerEngineFactory;
  readonly licenseClient: LicenseClient;
  readonly authorizer: Authorizer;
  /** Read whenever it matters. @default DEFAULT_KEY_STATUS_POLICY */
  readonly keyStatusPolicy?: (() => KeyStatusPolicy | undefined) | undefined;
  /** Read at each load. */
  readonly trackPreferences?: (() => TrackPreferences) | undefined;
  /** What is kept on this device, read at each load. @default nothing is */
  readonly offlineTitles?: (() => OfflineTitles | undefined) | undefined;
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
}

/**
 * Seconds, less than a frame. Shaka takes an element that is at 0 for one that has not yet moved to where the load begins, and
 * moves it again.
 */
const BESIDE_ZERO = 0.001;

interface Attachment {
  readonly media: MediaPort;
  readonly engine: PlayerEngine;
  readonly controller: AbortController;
}

/**
 * One player: a source, a media element and a streaming engine, told as one snapshot.
 *
 * Constructing does nothing. `attach` starts work and returns what ends it, or suspends it; attaching again is allowed, so
 * that a component may mount twice, or be hidden and shown. Whatever fails ends in `state.error`; nothing here rejects but `actions.play`.
 */
export class Player {
  readonly #options: PlayerOptions;
  readonly #store = new SnapshotStore<PlayerState>(IDLE_STATE);
  #source: Source | null = null;
  #textTracks: readonly TextTrackSource[] = [];
  #attachment: Attachment | null = null;
  /** Who attached last: only they may undo it. */
  #holder: object | null = null;
  #suspension: Suspension | null = null;
  /** Where the first load of the next attachment begins. */
  #comeback = FROM_THE_START;
  #load: AbortController | null = null;
  /** How often protection that breaks down while a source plays is set up anew. */
  #rebuilds: RebuildBudget;
  /** Engine calls happen one after the other: an unload that overtakes a load leaves sessions behind. */
  #engineQueue: Promise<void> = Promise.resolve();
  /** Whether the viewer wants playback, as far as the element was told; undefined before the present load first plays. */
  #wantsToPlay: boolean | undefined;
  /** What the load under way was asked for, or a retry of the one that failed will be; the element forgets. */
  #resumption = FROM_THE_START;
  /**
   * Whether element and engine speak of the present source: not before the last one is let go, nor after a failure. An
   * element that is being emptied reports a time of 0 and a pause, and one that plays on reports the last title's time.
   */
  #isHeard = false;
  #isHalted = false;

  /** What became of the protection of the present source; empty again when the next begins to load. */
  readonly timeline: DrmTimeline;
  /** How playback of the present source is for the viewer. */
  readonly experience: ExperienceMeter;
  /** The stream that this player takes among those of the account, where the page keeps one. */
  readonly lease: StreamLeaseSlot = new StreamLeaseSlot();

  constructor(options: PlayerOptions) {
    this.#options = options;
    const clock = options.clock ?? systemClock;
    this.#rebuilds = new RebuildBudget(clock);
    this.timeline = new DrmTimeline({ clock });
    this.experience = new ExperienceMeter(clock, this.timeline.getState);
    this.#store.subscribe(() => this.experience.read(this.getState()));
  }

  readonly getState = (): PlayerState => this.#store.getState();
  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  readonly actions: PlayerActions = Object.freeze({
    play: () => this.#play(),
    pause: () => this.#attachment?.media.pause(),
    seek: (seconds: number) => this.#seek(seconds),
    setVolume: (volume: number) => this.#attachment?.media.setVolume(volume),
    setMuted: (muted: boolean) => this.#attachment?.media.setMuted(muted),
    setPlaybackRate: (rate: number) => this.#attachment?.media.setPlaybackRate(rate),
    selectQuality: (id: string | null) => this.#selectQuality(id),
    selectAudioTrack: (id: string) => this.#attachment?.engine.selectAudioTrack(id),
    selectTextTrack: (id: string | null) => this.#attachment?.engine.selectTextTrack(id),
    retry: () => this.#startLoad(this.#whereToResume()),
    renewLicense: () => this.#renewLicense(),
    releaseLicense: () => this.#attachment?.engine.releaseLicense() ?? Promise.resolve(),
  });

  /** Binds the player to a media element and loads the source, if there is one. Returns what undoes it. */
  attach(media: MediaPort): Detach {
    const holder = {};

    if (this.#attachment?.media.element === media.element) {
      const suspension = this.#endSuspension();
      if (this.getState().status !== 'error') suspension?.playOn();
    } else {
      this.#detach();
      this.#attachment = this.#bind(media);
      this.#startLoad(this.#comeback);
      this.#comeback = FROM_THE_START;
    }
    this.#holder = holder;

    return ({ keep = false } = {}) => {
      if (this.#holder !== holder || !this.#attachment) return;
      if (keep) this.#suspend(this.#attachment);
      else this.#detach();
    };
  }

  /**
   * Says what to play, or null for nothing. An equal source changes nothing; see {@link needsReload}. After a failure any
   * difference loads again: it may be the very thing that was wrong.
   */
  setSource(source: Source | null | undefined): void {
    const next = source ?? null;
    const hasFailed = this.getState().status === 'error';
    const reload = needsReload(this.#source, next) || (hasFailed && !isSameSource(this.#source, next));

    this.#source = next;
    if (!reload) return;

    this.#rebuilds = new RebuildBudget(this.#options.clock ?? systemClock);
    this.#comeback = FROM_THE_START;
    this.#startLoad();
  }

  /**
   * Says which captions there are beside those of the source. New ones join what is loaded; those that are gone stay until
   * the next load, as do preferences that come late: the viewer may have chosen meanwhile.
   */
  setTextTracks(tracks: readonly TextTrackSource[]): void {
    if (JSON.stringify(tracks) === JSON.stringify(this.#textTracks)) return;

    this.#textTracks = tracks;
    void this.#attachment?.engine.addTextTracks(tracks);
  }

  /**
   * Pauses with `error`, for a reason that is none of the source's: engine, sessions and keys stay, and {@link resume} goes on
   * with them. A load that is under way ends.
   */
  halt(error: PlaybackError): void {
    const { status } = this.getState();
    if (this.#isHalted) this.#store.patch({ error });
    if (status === 'loading') this.#fail(error);
    if (!this.#attachment || status === 'loading' || nextStatus(status, 'failed') === status) return;

    this.#resumption = this.#whereToResume();
    this.#isHalted = true;
    this.#attachment.media.pause();
    this.#store.patch({ status: nextStatus(status, 'failed'), error });
  }

  /** Whether the error is one of {@link halt}, and what was loaded is still there. */
  get isHalted(): boolean {
    return this.#isHalted;
  }

  /** Ends an error: goes on after {@link halt}, and loads again after a failure. Playback is where it was, and as it was. */
  resume(): void {
    const { status } = this.getState();
    if (status !== 'error') return;
    if (!this.#isHalted) {
      this.#startLoad(this.#whereToResume());
      return;
    }

    this.#isHalted = false;
    this.#store.patch({ status: nextStatus(status, 'readmitted'), error: null });
    if (this.#resumption.play) this.#attachment?.media.play().catch(() => {});
  }

  /** An element without a title would say that it plays, and leave its promise open for ever. */
  async #play(): Promise<void> {
    const { status, error } = this.getState();
    if (status === 'error' && error && !this.#isHalted) throw error;
    if (status !== 'idle') await this.#attachment?.media.play();
  }

  #seek(seconds: number): void {
    // An element without a title would keep the place for the next one.
    if (!this.#source) return;

    const startTime = Math.max(0, seconds);
    if (!this.#attachment) {
      this.#comeback = { ...this.#comeback, startTime };
      return;
    }

    const { status } = this.getState();
    this.#resumption = { ...this.#resumption, startTime };
    // The engine moves an element that loads to where the load begins, whatever anybody else moves it to.
    if (status === 'loading' || (status === 'error' && !this.#isHalted)) {
      this.#store.patch({ currentTime: startTime });
    } else {
      this.#attachment.media.seek(seconds);
    }
  }

  #bind(media: MediaPort): Attachment {
    const controller = new AbortController();
    const ifCurrent =
      <T>(act: (value: T) => void) =>
      (value: T) => {
        if (!controller.signal.aborted && this.#isHeard) act(value);
      };
    const engine = this.#options.createEngine({
      element: media.element,
      licenseClient: this.#options.licenseClient,
      authorizer: this.#options.authorizer,
      currentSource: () => this.#source,
      offlineTitles: this.#options.offlineTitles,
      timeline: this.timeline,
      keyStatusPolicy: () => this.#options.keyStatusPolicy?.() ?? DEFAULT_KEY_STATUS_POLICY,
      listener: {
        onState: ifCurrent((change) => this.#store.patch(change)),
        onError: ifCurrent((error) => this.#onEngineError(error)),
      },
    });
    media.observe(
      {
        onState: (change) => this.#takeMediaState(change),
        onStatusEvent: ifCurrent((event) => this.#move(event)),
        onLoadStart: () => ifCurrent(() => this.#holdAutoplay(media))(null),
        onFirstFrame: () => ifCurrent(() => this.experience.noteFirstFrame())(null),
        onError: ifCurrent((error) => this.#fail(error)),
      },
      controller.signal,
    );

    return { media, engine, controller };
  }

  #suspend({ media }: Attachment): void {
    this.#suspension ??= new Suspension({
      media,
      clock: this.#options.clock ?? systemClock,
      wantsToPlay: () => this.#wantsToPlay === true,
      onEnd: () => {
        const comeback = this.#whereToResume();
        this.#detach();
        this.#comeback = comeback;
      },
    });
  }

  #endSuspension(): Suspension | null {
    const suspension = this.#suspension;
    suspension?.end();
    this.#suspension = null;

    return suspension;
  }

  #selectQuality(id: string | null): void {
    const isOffered = id === null || this.getState().qualities.some((quality) => quality.id === id);
    if (isOffered) this.#store.patch({ chosenQuality: id });

    this.#attachment?.engine.selectQuality(id);
  }

  #detach(): void {
    const attachment = this.#attachment;
    if (!attachment) return;

    this.#endSuspension();
    this.#holder = null;
    this.#attachment = null;
    this.#wantsToPlay = undefined;
    this.#isHeard = false;
    this.#isHalted = false;
    this.#load?.abort();
    attachment.controller.abort();
    // An end that fails is nobody's any more: it must not strike the load that comes next.
    this.#enqueue(() => attachment.engine.destroy().catch(() => {}));
    this.#store.patch(IDLE_STATE);
  }

  #startLoad(resumption = FROM_THE_START, renewsLicense = false): void {
    const attachment = this.#attachment;
    if (!attachment) return;

    this.#load?.abort();
    const load = new AbortController();
    this.#load = load;

    this.#resumption = resumption;
    this.#wantsToPlay = undefined;
    this.#suspension?.forget();
    this.#isHeard = false;
    this.#isHalted = false;
    this.experience.startLoad(attachment.media, this.#source !== null);
    const status = nextStatus(this.getState().status, this.#source ? 'load-started' : 'cleared');
    this.#store.patch({ ...NOTHING_LOADED, status, currentTime: resumption.startTime ?? 0 });
    const options = { signal: load.signal, renewsLicense };
    this.#enqueue(() => this.#runLoad(attachment, options, resumption));
  }

  async #renewLicense(): Promise<void> {
    const { status } = this.getState();
    const engine = this.#attachment?.engine;
    if (!engine || status === 'idle') return;
    if (status === 'loading') return this.#untilLoaded();
    if (status === 'error') return this.#loadAgain(true);

    try {
      await engine.renewLicense();
    } catch (error) {
      if (!isPlaybackError(error) || error.code !== 'key-expired') throw toPlaybackError(error);
      await this.#loadAgain();
    }
  }

  #loadAgain(renewsLicense = false): Promise<void> {
    this.#startLoad(this.#whereToResume(), renewsLicense);
    return this.#untilLoaded();
  }

  /** Waits for the load that is under way; rejects where it fails. */
  async #untilLoaded(): Promise<void> {
    await this.#engineQueue;
    const { error } = this.getState();
    if (error) throw error;
  }

  #whereToResume(): Resumption {
    const state = this.getState();
    const isPlayWanted = this.#suspension?.isPlayWanted || this.#wantsToPlay;
    if (state.status !== 'loading' && state.status !== 'error') {
      return resumptionAt(state, isPlayWanted ?? this.#resumption.play);
    }

    return isPlayWanted ? { ...this.#resumption, play: true } : this.#resumption;
  }

  async #runLoad(
    { engine, media }: Attachment,
    options: Pick<EngineLoadOptions, 'signal' | 'renewsLicense'>,
    resumption: Resumption,
  ): Promise<void> {
    const { signal } = options;
    if (signal.aborted) return;

    const source = this.#source;
    try {
      await engine.unload();
      this.timeline.clear();
      if (signal.aborted || !source) return;

      this.#isHeard = true;
      const resolved = resolveSource(source);
      const { startTime = resolved.startTime } = this.#resumption;
      const wishes = resumption.wishes ?? this.#wishesOfPage();
      await engine.load(resolved, { ...options, startTime, audio: wishes.audio });
      if (signal.aborted) return;
      await engine.addTextTracks(this.#textTracks);
      if (signal.aborted) return;

      this.#restoreRate(media, resumption.playbackRate);
      this.#goWhereSought(media, startTime);
      this.#choose(engine, wishes);
      this.#move('loaded');
      // Not awaited: the promise may stay open as long as the media stalls, and the next load would wait behind it. The
      // browser may refuse without a gesture; the status then stays `ready`, which offers the play button.
      if (resumption.play) media.play().catch(() => {});
    } catch (error) {
      if (!signal.aborted) this.#fail(toPlaybackError(error));
    }
  }

  #wishesOfPage(): TrackWishes {
    return wishesOfPage(this.#options.trackPreferences?.() ?? {}, this.#textTracks);
  }

  /** An element that loads goes back to its default rate. */
  #restoreRate(media: MediaPort, rate = this.getState().playbackRate): void {
    if (rate !== this.getState().playbackRate) media.setPlaybackRate(rate);
  }

  /** What was sought while the source was loading from `begun` on. */
  #goWhereSought(media: MediaPort, begun: number | undefined): void {
    const { startTime } = this.#resumption;
    if (startTime !== undefined && startTime !== begun) media.seek(Math.max(startTime, BESIDE_ZERO));
  }

  /** What can only be chosen once the source is there. */
  #choose(engine: PlayerEngine, wishes: TrackWishes): void {
    const { qualities, textTracks } = this.getState();
    const quality = findQuality(qualities, wishes.quality);
    if (quality) this.#selectQuality(quality.id);
    const captions = findTrack(textTracks, wishes.text);
    if (captions) engine.selectTextTrack(captions.id);
  }

  #takeMediaState(change: Partial<MediaState>): void {
    if (!this.#isHeard) {
      this.#store.patch(withoutSource(change));
      return;
    }

    if (change.paused !== undefined) {
      if (!change.paused || this.#wantsToPlay !== undefined) this.#wantsToPlay = !change.paused;
      this.#suspension?.hold();
    }
    this.#store.patch(change);
    if (this.#isHalted && change.paused === false) this.#attachment?.media.pause();
  }

  /** What a viewer had paused does not start by itself, as an element with `autoplay` does with each load. */
  #holdAutoplay(media: MediaPort): void {
    const isWaited = this.getState().status === 'loading' && !this.#wantsToPlay;
    if (isWaited && this.#resumption.play === false) media.pause();
  }

  #move(event: StatusEvent): void {
    this.#store.patch({ status: nextStatus(this.getState().status, event) });
  }

  /** A module that breaks down in mid-play makes no more sessions: all of it is made anew. */
  #onEngineError(error: PlaybackError): void {
    const mayRebuild =
      error.code === 'drm-setup-failed' &&
      !['loading', 'error'].includes(this.getState().status) &&
      this.#rebuilds.allows(this.#rebuilds.incidents);
    if (!mayRebuild) {
      this.#fail(error);
      return;
    }

    this.#startLoad(this.#whereToResume());
  }

  /** The first failure of a load stands: what follows it is its echo. */
  #fail(error: PlaybackError): void {
    const { status } = this.getState();
    const failed = nextStatus(status, 'failed');
    if (failed === status && !this.#isHalted) return;

    if (!this.#isHalted) {
      this.#resumption = this.#whereToResume();
      this.#store.patch({ status: failed, error });
    }
    const { error: shown } = this.getState();
    this.#isHalted = false;
    this.#isHeard = false;
    this.#load?.abort();
    this.#enqueue(async () => {
      if (this.getState().error === shown) await this.#attachment?.engine.unload();
    });
  }

  #enqueue(work: () => Promise<void>): void {
    this.#engineQueue = this.#engineQueue.then(work).catch((error: unknown) => {
      this.#fail(isPlaybackError(error) ? error : toPlaybackError(error));
    });
  }
}
