import {
  PlaybackError,
  type Clock,
  type EngineOptions,
  type PlaybackNotice,
  type ResolvedSource,
} from '@secure-player/core';

import { DrmObserver } from './drm-observer.js';
import { answerLicense } from './intercept-licenses.js';
import { KeyGuard } from './key-guard.js';
import { KeyWait } from './key-wait.js';
import { createLicenseHandler } from './license-handler.js';
import { LicenseLedger } from './license-ledger.js';
import { NetworkGap } from './network-gap.js';
import { createRequestCredentials } from './request-credentials.js';
import { findPlaybackError, toPlaybackError, type FailureSituation } from './shaka-errors.js';
import {
  isShakaError,
  RequestType,
  SEVERITY_CRITICAL,
  type ShakaNetworkingEngine,
  type ShakaPlayer,
  type ShakaRequest,
} from './shaka-namespace.js';
import { TrackList } from './track-list.js';

/** `shaka.util.Error` 6008: the content decryption module refused an answer. */
const LICENSE_RESPONSE_REJECTED = 6008;

/**
 * Shaka sets a rendition aside for a while when the machine drops its frames. It does so with the last one that may be played
 * too, where others are only there to be bounded away, and then fails at choosing from none.
 */
export const WITHOUT_FRAME_WATCH = { abr: { droppedFrames: false } };

/** What one load is made of. */
export interface LoadedTitleOptions {
  readonly player: ShakaPlayer;
  readonly chosen: ResolvedSource['keySystems'][number] | null;
  readonly source: ResolvedSource;
  readonly element: HTMLMediaElement;
  readonly clock: Clock;
  readonly options: EngineOptions;
}

/** Watches one title while Shaka plays it: its requests, tracks, keys and failures. */
export class LoadedTitle {
  readonly tracks: TrackList;
  readonly #player: ShakaPlayer;
  readonly #element: HTMLMediaElement;
  readonly #clock: Clock;
  readonly #options: EngineOptions;
  readonly #chosen: LoadedTitleOptions['chosen'];
  readonly #guard: KeyGuard;
  readonly #controller = new AbortController();
  readonly #gap: NetworkGap;
  readonly #keyWait: KeyWait;
  readonly #ledger = new LicenseLedger();
  /** Null for a title without protection, and where nobody wants to know. */
  readonly #observer: DrmObserver | null;
  /** What the watch for dropped frames is set back to. */
  #frameWatch: boolean | undefined;
  #notice: PlaybackNotice | null = null;

  constructor({ player, chosen, source, element, clock, options }: LoadedTitleOptions) {
    this.tracks = new TrackList(player);
    this.#player = player;
    this.#element = element;
    this.#clock = clock;
    this.#options = options;
    this.#chosen = chosen;
    this.#guard = new KeyGuard({
      player,
      maxHeight: source.maxHeight,
      isAnswered: (keyId) => this.#ledger.isAnswered(keyId),
      onLimit: (limit, isLeft) => {
        this.tracks.markLimit(limit);
        if (isLeft) this.#refetch();
        this.#reportTracks();
      },
    });
    this.#gap = new NetworkGap(player, element, clock, this.#controller.signal);

    const { timeline } = options;
    const { signal } = this.#controller;
    this.#observer = timeline && chosen ? new DrmObserver({ player, chosen, timeline, signal }) : null;
    const network = player.getNetworkingEngine();
    if (network) this.#watchNetwork(network);
    this.#watchPlayer();
    this.#keyWait = this.#watchForKeys();
  }

  /** Waits for the licenses that are under way; each ends in time, by the license client. */
  licensesSettled(): Promise<void> {
    return this.#ledger.settled();
  }

  /** Called when the player is configured, and before it loads. */
  begin(): void {
    this.#observer?.watchInitData();
  }

  /** Names what Shaka threw. */
  toError(error: unknown): PlaybackError {
    const failure = toPlaybackError(error, this.#situation());
    this.#observer?.noteFailure(failure);
    return failure;
  }

  /** Tells all that can be read now. */
  report(): void {
    this.#reportTracks();
    this.#reportDrm();
  }

  async renewLicense(): Promise<void> {}

  async releaseLicense(): Promise<void> {}

  close(): void {
    this.#controller.abort();
  }

  #watchNetwork(network: ShakaNetworkingEngine): void {
    const { signal } = this.#controller;
    const addCredentials = createRequestCredentials(this.#options, network, signal);
    // Keys that the page gave itself need no server: Shaka answers from its configuration.
    const onAttempt = (request: ShakaRequest) => this.#observer?.onAttempt(request);
    const asks = this.#chosen && !this.#chosen.configuration.keys;
    const handle = asks && this.#ledger.keep(createLicenseHandler(this.#options, this.#chosen, onAttempt));
    if (!asks) this.#ledger.expectAllKeys();

    network.registerResponseFilter((type, response) => {
      if (!signal.aborted) this.#observer?.noteResponse(type, response);
    });
    network.registerRequestFilter((type, request, context) => {
      if (!signal.aborted) this.#observer?.noteRequest(type, request);
      if (type === RequestType.LICENSE) return handle ? answerLicense(request, handle) : undefined;
      if (type === RequestType.SEGMENT) return this.#guard.checkSegment(context);
      if (type === RequestType.SERVER_CERTIFICATE) this.#preferOwnCertificate(request);

      return addCredentials(type, request);
    });
  }

  /** What the page says goes before what a manifest says, which to Shaka is the other way round. */
  #preferOwnCertificate(request: ShakaRequest): void {
    const url = this.#chosen?.configuration.serverCertificateUrl;
    if (url !== undefined) request.uris = [url];
  }

  #watchPlayer(): void {
    const on = (type: string, act: (detail: unknown) => void) =>
      this.#player.addEventListener(type, ({ detail }) => {
        if (!this.#controller.signal.aborted) act(detail);
      });

    on('error', (detail) => this.#fail(detail));
    on('keystatuschanged', () => {
      // Shaka tells of new statuses, and then filters by them in the same task.
      const note = this.tracks.beforeKeyFilter();
      const before = this.tracks.activeId();
      this.#ledger.noteKeyStatuses();
      queueMicrotask(() => {
        note(this.#guard.reasonForLoss());
        // Shaka has dropped what it had where it has chosen another rendition by itself.
        const after = this.tracks.activeId();
        if (after !== null && after !== before) this.#keyWait.noteRefetch();
        else if (after !== before) this.#refetch();
        this.#guard.recheck();
        this.#keyWait.recheck();
        this.report();
      });
    });
    on('expirationupdated', () => this.#reportDrm());
    for (const type of [
      'trackschanged',
      'adaptation',
      'variantchanged',
      'textchanged',
      'audiotrackschanged',
    ]) {
      on(type, () => this.#reportTracks());
    }
    this.#element.addEventListener('resize', () => this.#reportTracks(), { signal: this.#controller.signal });
  }

  /** Leaves a rendition without a usable key. */
  #refetch(): void {
    this.#keyWait.noteRefetch();
    this.tracks.refetch();
  }

  #watchForKeys(): KeyWait {
    return new KeyWait({
      element: this.#element,
      clock: this.#clock,
      signal: this.#controller.signal,
      isLicenseUnderWay: () => this.#ledger.isWaiting,
      areKeysLost: () => this.#guard.hasLoss(),
      onRefetch: () => this.tracks.refetch(),
      onGiveUp: () => this.#fail(this.#ledger.failure ?? new PlaybackError(this.#guard.reasonForLoss())),
    });
  }

  #fail(error: unknown): void {
    if (isShakaError(error) && error.severity !== SEVERITY_CRITICAL) return;
    if (this.#gap.bridges(error) || this.#isBearable(error)) return;

    this.#options.listener.onError(this.toError(error));
  }

  /** A renewal that fails takes nothing away: what the license holds is good until it ends, and the module asks again. */
  #isBearable(error: unknown): boolean {
    if (!isShakaError(error)) return false;

    const failure = findPlaybackError(error);
    if (failure) return this.#ledger.isFailedRenewal(failure);
    if (error.code !== LICENSE_RESPONSE_REJECTED || !this.#ledger.lastWasRenewal) return false;

    this.#ledger.noteFailure(this.toError(error), true);
    return true;
  }

  #situation(): FailureSituation {
    return {
      chosen: this.#chosen,
      hasKeys: Object.keys(this.#player.getKeyStatuses()).length > 0,
      keyLoss: this.#guard.reasonByStatus(),
      licenseFailure: this.#ledger.failure,
    };
  }

  #reportTracks(): void {
    const qualities = this.tracks.qualities();
    const reason = qualities.find(({ unusableReason }) => unusableReason !== undefined)?.unusableReason;
    // The same notice stays the same object: a viewer who has closed it is not told again.
    if (reason !== this.#notice?.reason) {
      this.#notice = reason ? { code: 'quality-limited', reason } : null;
      this.#watchFrames(reason === undefined);
    }

    this.#options.listener.onState({
      qualities,
      quality: this.tracks.current(this.#element instanceof HTMLVideoElement ? this.#element.videoHeight : 0),
      audioTracks: this.tracks.audioTracks(),
      textTracks: this.tracks.textTracks(),
      live: this.#player.isLive(),
      notice: this.#notice,
    });
  }

  #watchFrames(isWanted: boolean): void {
    if (isWanted) {
      this.#player.configure({ abr: { droppedFrames: this.#frameWatch } });
      this.#frameWatch = undefined;
    } else {
      this.#frameWatch ??= this.#player.getConfiguration().abr.droppedFrames;
      this.#player.configure(WITHOUT_FRAME_WATCH);
    }
  }

  #reportDrm(): void {
    const expiration = this.#player.getExpiration();

    this.#options.listener.onState({
      drm: {
        keySystem: this.#chosen?.name ?? null,
        keyStatuses: Object.entries(this.#player.getKeyStatuses()).map(([keyId, status]) => ({
          keyId,
          status,
        })),
        expiresAt: Number.isFinite(expiration) ? expiration : null,
        renewal: 'none',
      },
    });
  }
}
