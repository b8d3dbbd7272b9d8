import {
  chooseKeySystem,
  MIME_TYPES,
  NO_DRM,
  PlaybackError,
  systemClock,
  type Clock,
  type EngineLoadOptions,
  type EngineOptions,
  type PlayerEngine,
  type ResolvedSource,
  type TextTrackSource,
} from '@secure-player/core';
import { probeKeySystem } from '@secure-player/core/dom';

import { AddedTextTracks } from './added-text-tracks.js';
import type { ShakaEngineOptions } from './create-shaka-engine-factory.js';
import { createCmcdConfiguration } from './cmcd-configuration.js';
import { checkEncryptedMedia } from './check-encrypted-media.js';
import { createDrmConfiguration } from './drm-configuration.js';
import { WITHOUT_FRAME_WATCH } from './frame-watch.js';
import { inTime } from './in-time.js';
import { loadInitDataForms } from './init-data-forms.js';
import { AUDIO_PURPOSE_CONFIGURATION } from './name-audio-purposes.js';
import { NETWORK_CONFIGURATION } from './network-configuration.js';
import { openOffline } from './offline/open-offline.js';
import type { OfflinePlayback } from './offline/offline-playback.js';
import { LoadedTitle } from './loaded-title.js';
import { loadShaka } from './load-shaka.js';
import { preferredAudio } from './preferred-audio.js';
import { answerFromPrefetch } from './prefetch/answer-from-prefetch.js';
import { QualityCap } from './quality-cap.js';
import { isShakaAbort, toPlaybackError } from './shaka-errors.js';
import type { ShakaNamespace, ShakaPlayer } from './shaka-namespace.js';

/** Plays by Shaka Player, in a build of it that is loaded when the first title needs it. */
export class ShakaEngine implements PlayerEngine {
  readonly #options: EngineOptions;
  readonly #element: HTMLMediaElement;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #configuration: () => object | undefined;
  readonly #cmcd: NonNullable<ShakaEngineOptions['cmcd']>;
  #player: ShakaPlayer | null = null;
  #title: LoadedTitle | null = null;
  #offline: OfflinePlayback | null = null;
  #addedTextTracks: AddedTextTracks | null = null;

  constructor(
    options: EngineOptions,
    {
      clock = systemClock,
      random = Math.random,
      configuration = () => undefined,
      cmcd = () => false,
    }: ShakaEngineOptions,
  ) {
    this.#options = options;
    this.#element = options.element as HTMLMediaElement;
    this.#clock = clock;
    this.#random = random;
    this.#configuration = configuration;
    this.#cmcd = cmcd;
  }

  async load(asked: ResolvedSource, options: EngineLoadOptions): Promise<void> {
    const { startTime, audio = [], signal } = options;
    await this.unload();
    const titles = this.#options.offlineTitles?.();
    const offline = await openOffline({ ...options, titles, source: asked });
    this.#offline = offline;
    const source = offline?.source ?? asked;
    if (source.keySystems.length > 0) checkEncryptedMedia();
    const [shaka, { chosen, initDataForms }] = await inTime(
      Promise.all([loadShaka(source.type), this.#findProtection(source)]),
      this.#clock,
      signal,
    );
    signal.throwIfAborted();
    checkSupport(shaka);

    // A player of its own for each load: nothing of the last title, not even its configuration, can be left over.
    const player = new shaka.Player();
    this.#player = player;
    const cap = new QualityCap(player, source);
    // What this unload rejects with is the end of the load, which is told below. Left to itself it would attach a media source
    // for a next load, which `destroy` overtakes: the source never opens, and keeps the engine and the element alive.
    const callOff = async () => {
      await this.#title?.close();
      await player.unload(false);
    };
    const onAbort = () => void callOff().catch(() => {});
    signal.addEventListener('abort', onAbort, { once: true });

    try {
      await player.attach(this.#element);
      signal.throwIfAborted();

      if (offline) this.#beginOffline(offline, player);
      this.#title = new LoadedTitle({
        player,
        offline,
        chosen,
        source,
        keyIdsOf: initDataForms.keyIdsOf,
        element: this.#element,
        clock: this.#clock,
        random: this.#random,
        options: this.#options,
      });
      this.#addedTextTracks = new AddedTextTracks(player, this.#element.baseURI);
      const network = player.getNetworkingEngine();
      if (network && !offline) answerFromPrefetch(network, signal);
      player.configure({ drm: { failureCallback: this.#title.keepSession } });
      player.configure(preferredAudio(audio));
      const drm = createDrmConfiguration(chosen, source, initDataForms.transform);
      this.#configure(player, { ...drm, ...offline?.protection.drm }, source);
      this.#title.begin();

      // Shaka's CMCD takes the first part of a path for a host.
      const url = this.#cmcd() ? new URL(source.src, this.#element.baseURI).href : source.src;
      await player.load(url, startTime ?? null, MIME_TYPES[source.type]);
      await this.#untilPlayable(this.#title, signal);
      this.#title.report();
      this.#title.expectKeys();
    } catch (error) {
      signal.throwIfAborted();
      if (isShakaAbort(error)) throw new DOMException('The load was called off.', 'AbortError');
      const named = cap.name(error);
      throw this.#title?.toError(named) ?? toPlaybackError(named);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #beginOffline(offline: OfflinePlayback, player: ShakaPlayer): void {
    offline.begin({
      player,
      element: this.#element,
      clock: this.#clock,
      onError: (error) => this.#options.listener.onError(error),
      onBegun: () => this.#title?.report(),
    });
  }

  async #findProtection(source: ResolvedSource) {
    const chosen = await this.#findAccess(source);
    return { chosen, initDataForms: await loadInitDataForms(chosen, source) };
  }

  async #findAccess(source: ResolvedSource): ReturnType<typeof chooseKeySystem> {
    // One alone is not asked for here: Shaka does, in one go with making its MediaKeys.
    if (source.keySystems.length <= 1) return chooseKeySystem(source.keySystems, probeKeySystem);

    const step = this.#options.timeline?.begin('access');
    try {
      const chosen = await chooseKeySystem(source.keySystems, probeKeySystem);
      step?.end('ok', { keySystem: chosen?.name });
      return chosen;
    } catch (error) {
      step?.end('failed', { errorCode: toPlaybackError(error).code });
      throw error;
    }
  }

  #configure(player: ShakaPlayer, drm: object, source: ResolvedSource): void {
    player.configure({ ...NETWORK_CONFIGURATION, drm });
    player.configure(AUDIO_PURPOSE_CONFIGURATION);
    if (source.maxHeight !== undefined) {
      player.configure({ restrictions: { maxHeight: source.maxHeight }, ...WITHOUT_FRAME_WATCH });
    }
    // What is on this device is nobody's to measure.
    player.configure(createCmcdConfiguration(this.#offline ? false : this.#cmcd(), source));
    player.configure(this.#configuration() ?? {});
  }

  /** Shaka's `load` resolves before there is anything to show, and whatever becomes of the licenses. */
  async #untilPlayable(title: LoadedTitle, signal: AbortSignal): Promise<void> {
    await metadataOf(this.#element, signal);
    await title.licensesSettled();
    // Shaka tells of a license that failed a few turns after the license client has.
    await new Promise<void>((resolve) => this.#clock.schedule(resolve, 0));
    signal.throwIfAborted();
  }

  async addTextTracks(tracks: readonly TextTrackSource[]): Promise<void> {
    const title = this.#title;
    await this.#addedTextTracks?.add(tracks);
    if (title === this.#title) title?.reportTracks();
  }

  async unload(): Promise<void> {
    const player = this.#player;
    const closed = Promise.all([this.#title?.close(), this.#offline?.close()]);
    this.#player = null;
    this.#title = null;
    this.#offline = null;
    this.#addedTextTracks = null;
    this.#options.listener.onState({ drm: NO_DRM });
    // Chromium takes an element whose captions go while they are shown for one that wants some, and shows the next title's.
    player?.selectTextTrack(null);

    await closed;
    await player?.destroy();
  }

  async destroy(): Promise<void> {
    await this.unload().catch(() => {
      // Shaka's own clean-up failed; the element is let go of all the same, and nobody is left to tell.
    });
  }

  selectQuality(id: string | null): void {
    this.#title?.tracks.selectQuality(id);
  }

  selectAudioTrack(id: string): void {
    this.#title?.tracks.selectAudioTrack(id);
  }

  selectTextTrack(id: string | null): void {
    this.#title?.tracks.selectTextTrack(id);
  }

  async renewLicense(): Promise<void> {
    const offline = this.#offline;
    await (offline && !offline.isLicensedOnline ? offline.renewLicense() : this.#title?.renewLicense());
  }

  async releaseLicense(): Promise<void> {
    await this.#title?.releaseLicense();
  }
}

/** Shaka moves to the start time when the metadata arrives, after `load` has resolved: an earlier seek would be lost. */
function metadataOf(element: HTMLMediaElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    if (element.readyState >= HTMLMediaElement.HAVE_METADATA) return resolve();

    element.addEventListener('loadedmetadata', () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** @throws PlaybackError for a browser in which no load can succeed. */
function checkSupport(shaka: ShakaNamespace): void {
  if (!shaka.Player.isBrowserSupported()) throw new PlaybackError('browser-unsupported');
}
