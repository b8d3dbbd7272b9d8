import {
  PlaybackError,
  type Clock,
  type EngineOptions,
  type KeyStatusEntry,
  type PlaybackNotice,
  type ResolvedSource,
  type UnusableReason,
} from '@secure-player/core';

import { DrmObserver } from './drm-observer.js';
import { FrameWatch } from './frame-watch.js';
import type { RequestedKeyIds } from './init-data-forms.js';
import { answerLicense, neverAnswer, type LicenseHandler } from './intercept-licenses.js';
import { KeyGuard } from './key-guard.js';
import { KeyReactions } from './key-reactions.js';
import { KeyWait } from './key-wait.js';
import { createLicenseHandler } from './license-handler.js';
import { LicenseLedger } from './license-ledger.js';
import { LicenseRenewal } from './license-renewal.js';
import { NetworkGap } from './network-gap.js';
import type { KeptLicense } from './offline/kept-license.js';
import { isAnswered } from './ready-answers.js';
import { nextNotice } from './next-notice.js';
import { createRequestCredentials, isAddedText } from './request-credentials.js';
import { SessionOpenings } from './session-openings.js';
import { endsPlayback, findPlaybackError, toPlaybackError, type FailureSituation } from './shaka-errors.js';
import {
  isShakaError,
  RequestType,
  type ShakaNetworkingEngine,
  type ShakaPlayer,
  type ShakaRequest,
} from './shaka-namespace.js';
import { TrackList } from './track-list.js';

/** `shaka.util.Error` 6008: the content decryption module refused an answer. */
const LICENSE_RESPONSE_REJECTED = 6008;

const RELEASED = 'The license was given back.';

/** `HTMLMediaElement.HAVE_CURRENT_DATA`. */
const HAVE_CURRENT_DATA = 2;

/** What one load is made of. */
export interface LoadedTitleOptions {
  readonly player: ShakaPlayer;
  readonly chosen: ResolvedSource['keySystems'][number] | null;
  readonly source: ResolvedSource;
  readonly keyIdsOf: RequestedKeyIds;
  readonly element: HTMLMediaElement;
  readonly clock: Clock;
  /** A number from 0 to 1, for jitter. */
  readonly random: () => number;
  readonly options: EngineOptions;
  /** Where the title is on this device, and what is different then. */
  readonly offline?: KeptLicense | null;
}

/** Watches one title while Shaka plays it: its requests, tracks, keys and failures. */
export class LoadedTitle {
  readonly tracks: TrackList;
  readonly #player: ShakaPlayer;
  readonly #element: HTMLMediaElement;
  readonly #clock: Clock;
  readonly #options: EngineOptions;
  readonly #chosen: LoadedTitleOptions['chosen'];
  readonly #offline: KeptLicense | null;
  readonly #guard: KeyGuard;
  readonly #controller = new AbortController();
  readonly #gap: NetworkGap;
  readonly #keyWait: KeyWait;
  readonly #ledger: LicenseLedger;
  readonly #keyIdsOf: RequestedKeyIds;
  /** Null for a title without protection, and where nobody wants to know. */
  readonly #observer: DrmObserver | null;
  readonly #openings: SessionOpenings;
  readonly #renewal: LicenseRenewal;
  readonly #reactions: KeyReactions;
  readonly #frames: FrameWatch;
  /** Why renditions are left out, when that was last looked at. */
  #limitReason: UnusableReason | undefined;
  #notice: PlaybackNotice | null = null;

  constructor({
    player,
    chosen,
    source,
    keyIdsOf,
    element,
    clock,
    random,
    options,
    offline = null,
  }: LoadedTitleOptions) {
    this.#ledger = new LicenseLedger(keyIdsOf);
    this.#keyIdsOf = keyIdsOf;
    this.tracks = new TrackList(player);
    this.#player = player;
    this.#frames = new FrameWatch(player);
    this.#element = element;
    this.#clock = clock;
    this.#options = options;
    this.#chosen = chosen;
    this.#offline = offline;
    const keyStatusPolicy = () => options.keyStatusPolicy();
    this.#guard = new KeyGuard({
      player,
      maxHeight: source.maxHeight,
      isAnswered: (keyId) => this.#ledger.isAnswered(keyId),
      keyStatusPolicy,
      onLimit: (limit, isLeft) => {
        this.tracks.markLimit(limit);
        if (isLeft) this.#refetch();
        this.reportTracks();
      },
    });
    const { signal } = this.#controller;
    this.#openings = new SessionOpenings(clock);
    this.#renewal = new LicenseRenewal({
      player,
      element,
      chosen,
      clock,
      random,
      keyStatusPolicy,
      onChange: () => this.report(),
    });
    this.#reactions = new KeyReactions({
      player,
      clock,
      keyStatusPolicy,
      rebuild: () => this.#renewal.rebuild(),
      onError: (error) => this.#tell(error),
    });
    this.#gap = new NetworkGap(player, element, clock, signal);

    const { timeline } = options;
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
    // Sessions that are stored are loaded, and none is made.
    if (this.#offline?.protection.licenses === null) return;

    this.#openings.watch(this.#player);
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
    this.reportTracks();
    this.#reportDrm();
  }

  /** Shaka's `drm.failureCallback`: Shaka gives a session up whose renewal failed, where it has others. */
  readonly keepSession = (error: unknown): void => {
    const failure = isShakaError(error) && findPlaybackError(error);
    if (failure && this.#ledger.isFailedRenewal(failure)) Object.assign(error, { handled: true });
  };

  /** Ends a title whose sessions say nothing, also before it is played. */
  expectKeys(): void {
    this.#keyWait.expectKeys(
      () =>
        !this.#ledger.isWaiting &&
        Object.keys(this.#player.getKeyStatuses()).length === 0 &&
        this.#player.getActiveSessionsMetadata().length > 0 &&
        this.#element.readyState < HAVE_CURRENT_DATA,
    );
  }

  async renewLicense(): Promise<void> {
    await this.#renewal.renew();
    this.report();
  }

  releaseLicense(): Promise<void> {
    return this.#renewal.release();
  }

  /** Ends all that is watched. Resolves when Shaka may be ended too. */
  async close(): Promise<void> {
    this.#controller.abort();
    this.#renewal.close();
    await this.#openings.end();
  }

  #watchNetwork(network: ShakaNetworkingEngine): void {
    const { signal } = this.#controller;
    const addCredentials = createRequestCredentials(this.#options, network, signal);
    const handle = this.#createHandler();
    if (!handle) this.#ledger.expectAllKeys();

    network.registerResponseFilter((type, response) => {
      if (!signal.aborted) this.#observer?.noteResponse(type, response);
    });
    network.registerRequestFilter((type, request, context) => {
      if (!signal.aborted) this.#observer?.noteRequest(type, request);
      if (type === RequestType.LICENSE) {
        this.#openings.noteRequest(request.initData);
        return handle ? this.#answer(request, handle) : undefined;
      }
      if (type === RequestType.SEGMENT && !isAddedText(context)) {
        const check = () => this.#guard.checkSegment(context);
        // What the check leads to must wait until the request is prepared.
        return this.#options.authorizer.asksForSegments()
          ? addCredentials(type, request, context).then(check)
          : check();
      }
      if (type === RequestType.SERVER_CERTIFICATE) this.#preferOwnCertificate(request);

      return isAnswered(request) ? undefined : addCredentials(type, request, context);
    });
  }

  /** What answers license requests; null where nobody is asked. */
  #createHandler(): LicenseHandler | null {
    // Keys that the page gave itself need no server: Shaka answers from its configuration.
    if (!this.#chosen || this.#chosen.configuration.keys) return null;

    const { licenses } = this.#offline?.protection ?? { licenses: 'online' };
    // What is kept is renewed where it is kept, and not by the module's sessions.
    if (licenses !== 'online') return licenses && this.#ledger.keep(licenses);

    const onAttempt = (request: ShakaRequest) => this.#observer?.onAttempt(request);
    const handle = createLicenseHandler(this.#options, this.#chosen, this.#keyIdsOf, onAttempt);
    return this.#renewal.keep(this.#ledger.keep(handle));
  }

  #answer(request: ShakaRequest, handle: LicenseHandler): void {
    // A module that has nothing to ask says so by an empty message: nobody is to be bothered with that.
    if (!request.body?.byteLength) return answerLicense(request, neverAnswer);

    this.#reactions.countSession(request);
    answerLicense(request, handle);
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
    on('drmsessionupdate', () => this.#renewal.noteUpdate());
    on('keystatuschanged', () => {
      // Shaka tells of new statuses, and then filters by them in the same task.
      const note = this.tracks.beforeKeyFilter();
      const before = this.tracks.activeId();
      this.#ledger.noteKeyStatuses();
      this.#reactions.look();
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
      on(type, () => this.reportTracks());
    }
    const { signal } = this.#controller;
    this.#element.addEventListener('resize', () => this.reportTracks(), { signal });
    this.#element.addEventListener('waitingforkey', () => this.#onWaiting(), { signal });
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
      patience: () => this.#reactions.patience(),
      onRefetch: () => this.tracks.refetch(),
      onGiveUp: () => this.#fail(this.#ledger.failure ?? new PlaybackError(this.#guard.reasonForLoss())),
    });
  }

  #fail(error: unknown): void {
    if (!endsPlayback(error)) return;
    if (this.#gap.bridges(error) || this.#isBearable(error)) return;

    // What a page waits out, it waits out whatever became of renewals.
    const byStatus = toPlaybackError(error, { ...this.#situation(), licenseFailure: null });
    if (this.#reactions.bears(byStatus)) return;

    this.#tell(this.#reactions.name(this.toError(error)));
  }

  #tell(error: PlaybackError): void {
    if (!this.#controller.signal.aborted) this.#options.listener.onError(error);
  }

  /** What was decoded before the license was given back has been shown. */
  #onWaiting(): void {
    if (this.#renewal.isReleased) this.#tell(new PlaybackError('key-expired', { message: RELEASED }));
  }

  /** A renewal that fails takes nothing away: what the license holds is good until it ends, and the module asks again. */
  #isBearable(error: unknown): boolean {
    if (!isShakaError(error)) return false;

    const failure = findPlaybackError(error);
    if (failure) return this.#ledger.isFailedRenewal(failure);
    if (error.code !== LICENSE_RESPONSE_REJECTED || !this.#ledger.lastWasRenewal) return false;

    const rejection = this.toError(error);
    this.#ledger.noteFailure(rejection, true);
    this.#renewal.noteRejection(rejection);
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

  reportTracks(): void {
    const qualities = this.tracks.qualities();
    const reason = qualities.find(({ unusableReason }) => unusableReason !== undefined)?.unusableReason;
    if (reason !== this.#limitReason) {
      this.#limitReason = reason;
      this.#frames.set(reason === undefined);
    }
    this.#notice = nextNotice(this.#notice, this.#renewal.refusal, reason);

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
    const expiresAt = Number.isFinite(expiration) && !this.#renewal.isReleased ? expiration : null;
    this.#renewal.noteExpiration(expiresAt);

    this.#options.listener.onState({
      drm: {
        keySystem: this.#chosen?.name ?? null,
        keyStatuses: this.#keyStatuses(),
        expiresAt: earlier(expiresAt, this.#offline?.expiresAt() ?? null),
        ...this.#renewal.state,
      },
    });
  }

  #keyStatuses(): KeyStatusEntry[] {
    const { isReleased } = this.#renewal;
    const toEntry = ([keyId, status]: readonly [string, string]) => ({
      keyId,
      status: isReleased ? 'released' : status,
    });

    return Object.entries(this.#player.getKeyStatuses()).map(toEntry);
  }
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
