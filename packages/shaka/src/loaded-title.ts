import {
  PlaybackError,
  type Clock,
  type EngineOptions,
  type PlaybackNotice,
  type ResolvedSource,
} from '@secure-player/core';

import { answerLicense, type LicenseHandler } from './intercept-licenses.js';
import { KeyGuard } from './key-guard.js';
import { createLicenseHandler } from './license-handler.js';

import { NetworkGap } from './network-gap.js';
import { createRequestCredentials } from './request-credentials.js';
import { toPlaybackError } from './shaka-errors.js';
import {
  isShakaError,
  RequestType,
  SEVERITY_CRITICAL,
  type ShakaNetworkingEngine,
  type ShakaPlayer,
} from './shaka-namespace.js';
import { TrackList } from './track-list.js';

/** How long a picture may wait for a key that nobody is fetching, in milliseconds. */
const KEY_WAIT_MS = 10_000;

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
  #notice: PlaybackNotice | null = null;
  readonly #licensesUnderWay = new Set<Promise<unknown>>();

  constructor({ player, chosen, source, element, clock, options }: LoadedTitleOptions) {
    this.tracks = new TrackList(player);
    this.#player = player;
    this.#element = element;
    this.#clock = clock;
    this.#options = options;
    this.#chosen = chosen;
    this.#guard = new KeyGuard(player, source.maxHeight, (maxHeight, reason) => {
      this.tracks.markAbove(maxHeight, reason);
      this.#reportTracks();
    });

    this.#gap = new NetworkGap(player, element, clock, this.#controller.signal);

    const network = player.getNetworkingEngine();
    if (network) this.#watchNetwork(network);
    this.#watchPlayer();
    this.#watchForMissingKey();
  }

  /** Whether the license brought any key. */
  hasKeys(): boolean {
    return Object.keys(this.#player.getKeyStatuses()).length > 0;
  }

  /** Waits for the licenses that are under way; each ends in time, by the license client. */
  async licensesSettled(): Promise<void> {
    while (this.#licensesUnderWay.size > 0) await Promise.allSettled(this.#licensesUnderWay);
  }

  /** Tells all that can be read now. */
  report(): void {
    this.#reportTracks();
    this.#reportDrm();
  }

  close(): void {
    this.#controller.abort();
  }

  #watchNetwork(network: ShakaNetworkingEngine): void {
    const { signal } = this.#controller;
    const addCredentials = createRequestCredentials(this.#options, network, signal);
    // Keys that the page gave itself need no server: Shaka answers from its configuration.
    const handle =
      this.#chosen &&
      !this.#chosen.configuration.keys &&
      this.#count(createLicenseHandler(this.#options, this.#chosen));

    network.registerRequestFilter((type, request, context) => {
      if (type === RequestType.LICENSE) return handle ? answerLicense(request, handle) : undefined;
      if (type === RequestType.SEGMENT) return this.#guard.checkSegment(context);

      return addCredentials(type, request);
    });
  }

  #count(handle: LicenseHandler): LicenseHandler {
    return async (...exchange) => {
      const license = handle(...exchange);
      this.#licensesUnderWay.add(license);
      try {
        return await license;
      } finally {
        this.#licensesUnderWay.delete(license);
      }
    };
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
      queueMicrotask(() => {
        note(this.#guard.reasonForLoss());
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

  /** Shaka neither times a missing license message out nor a key that never comes; the viewer would wait for ever. */
  #watchForMissingKey(): void {
    const { signal } = this.#controller;
    let cancel = () => {};
    const wait = () => {
      cancel();
      cancel = this.#clock.schedule(() => {
        // A license that is on its way may take longer, by a second attempt; the license client bounds it.
        if (this.#licensesUnderWay.size > 0) wait();
        else this.#fail(new PlaybackError('key-missing'));
      }, KEY_WAIT_MS);
    };

    this.#element.addEventListener('waitingforkey', wait, { signal });
    for (const event of ['playing', 'timeupdate', 'emptied']) {
      this.#element.addEventListener(event, () => cancel(), { signal });
    }
    signal.addEventListener('abort', () => cancel(), { once: true });
  }

  #fail(error: unknown): void {
    if (isShakaError(error) && error.severity !== SEVERITY_CRITICAL) return;
    if (this.#gap.bridges(error)) return;

    this.#options.listener.onError(toPlaybackError(error, this.hasKeys()));
  }

  #reportTracks(): void {
    const qualities = this.tracks.qualities();
    const unusable = qualities.find(({ unusableReason }) => unusableReason !== undefined);
    if (unusable?.unusableReason && !this.#notice) {
      this.#notice = { code: 'quality-limited', reason: unusable.unusableReason };
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
      },
    });
  }
}
