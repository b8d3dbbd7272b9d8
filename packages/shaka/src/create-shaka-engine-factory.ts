import {
  PlaybackError,
  systemClock,
  type Clock,
  type CmcdOptions,
  type EngineLoadOptions,
  type EngineOptions,
  type PlayerEngine,
  type PlayerEngineFactory,
  type ResolvedSource,
  type TextTrackSource,
} from '@secure-player/core';

import { loadShaka } from './load-shaka.js';
import { inTime } from './in-time.js';

/** Options of {@link createShakaEngineFactory}. */
export interface ShakaEngineOptions {
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
  /** A number from 0 to 1, for jitter. @default Math.random */
  readonly random?: (() => number) | undefined;
  /**
   * Merged over the kit's own configuration of Shaka: a way out, not covered by the kit's promises. Read at each load.
   */
  readonly configuration?: (() => object | undefined) | undefined;
  /** Whether requests carry CMCD. Read at each load. @default none do */
  readonly cmcd?: (() => boolean | CmcdOptions | undefined) | undefined;
}

/**
 * Makes engines that play by Shaka Player. The adapter itself is of no use without Shaka: both come when the first title is
 * loaded, at the same time, and a page without a title has neither.
 */
export function createShakaEngineFactory(options: ShakaEngineOptions = {}): PlayerEngineFactory {
  return (engineOptions) => new LateEngine(engineOptions, options);
}

/** An engine whose code comes with its first title. Before that there is nothing to unload, choose or renew. */
class LateEngine implements PlayerEngine {
  readonly #engineOptions: EngineOptions;
  readonly #options: ShakaEngineOptions;
  #engine: PlayerEngine | null = null;

  constructor(engineOptions: EngineOptions, options: ShakaEngineOptions) {
    this.#engineOptions = engineOptions;
    this.#options = options;
  }

  async load(source: ResolvedSource, options: EngineLoadOptions): Promise<void> {
    this.#engine ??= await this.#create(source, options.signal);
    return this.#engine.load(source, options);
  }

  async #create({ type }: ResolvedSource, signal: AbortSignal): Promise<PlayerEngine> {
    // Shaka's own failure is told by the engine, which asks for it again.
    loadShaka(type).catch(() => {});
    const { ShakaEngine } = await inTime(importEngine(), this.#options.clock ?? systemClock, signal);
    signal.throwIfAborted();

    return new ShakaEngine(this.#engineOptions, this.#options);
  }

  async addTextTracks(tracks: readonly TextTrackSource[]): Promise<void> {
    await this.#engine?.addTextTracks(tracks);
  }

  async unload(): Promise<void> {
    await this.#engine?.unload();
  }

  async destroy(): Promise<void> {
    await this.#engine?.destroy();
  }

  selectQuality(id: string | null): void {
    this.#engine?.selectQuality(id);
  }

  selectAudioTrack(id: string): void {
    this.#engine?.selectAudioTrack(id);
  }

  selectTextTrack(id: string | null): void {
    this.#engine?.selectTextTrack(id);
  }

  async renewLicense(): Promise<void> {
    await this.#engine?.renewLicense();
  }

  async releaseLicense(): Promise<void> {
    await this.#engine?.releaseLicense();
  }
}

async function importEngine() {
  try {
    return await import('./shaka-engine.js');
  } catch (cause) {
    throw new PlaybackError('engine-unavailable', { cause });
  }
}
