import type { Authorizer } from '../authorize/authorizer.js';
import type { PlaybackError } from '../error/playback-error.js';
import type { KeyStatusPolicy } from '../license/key-status-policy.js';
import type { LicenseClient } from '../license/license-client.js';
import type { OfflineTitles } from '../offline/offline-titles.js';
import type { ResolvedSource } from '../source/resolve-source.js';
import type { Source } from '../source/source.js';
import type { TimelineSink } from '../timeline/drm-timeline.js';
import type { PlayerState } from './player-state.js';
import type { TextTrackSource } from './text-track-source.js';
import type { TrackWish } from './track-wishes.js';

/** The slices of a player's state that only the streaming engine knows. */
export type EngineState = Pick<
  PlayerState,
  'qualities' | 'quality' | 'audioTracks' | 'textTracks' | 'live' | 'drm' | 'notice'
>;

/** What an engine tells the player that owns it. */
export interface EngineListener {
  onState(change: Partial<EngineState>): void;
  /** Playback cannot go on. Told at most once per load, and not for what `load` rejects with. */
  onError(error: PlaybackError): void;
}

/** What an engine needs from its player. */
export interface EngineOptions {
  /** The media element, which core does not touch. */
  readonly element: unknown;
  readonly listener: EngineListener;
  readonly licenseClient: LicenseClient;
  /** Credentials for manifests, keys and, where the page opts in, segments; see `Authorizer`. */
  readonly authorizer: Pick<Authorizer, 'headersFor' | 'asksForSegments'>;
  /** The source as the page has it now: functions, headers and license URLs are read at call time, not at load. */
  currentSource(): Source | null;
  /** What is done about keys that cannot be used, as the page has it now; read at the time of use. */
  keyStatusPolicy(): KeyStatusPolicy;
  /** What is kept on this device, where it is looked for first; read at each load. */
  readonly offlineTitles?: (() => OfflineTitles | undefined) | undefined;
  /** Where the engine reports the steps of protection that it goes through. */
  readonly timeline?: TimelineSink | undefined;
}

/** How to load. */
export interface EngineLoadOptions {
  /** Seconds; the source's own start, or the live edge, where it is left out. */
  readonly startTime?: number | undefined;
  /** The sound to begin with, best first; the engine's own choice where the source has none of it. */
  readonly audio?: readonly TrackWish[] | undefined;
  /** Whether a title that is kept on this device is to get another license first. @default false */
  readonly renewsLicense?: boolean | undefined;
  readonly signal: AbortSignal;
}

/**
 * A streaming engine on one media element: the port that `@secure-player/shaka` implements.
 *
 * The player calls one method at a time, and after `destroy` none.
 */
export interface PlayerEngine {
  /**
   * Replaces what is loaded. Resolves when playback can start.
   *
   * @throws PlaybackError; the signal's reason after an abort.
   */
  load(source: ResolvedSource, options: EngineLoadOptions): Promise<void>;
  /**
   * Adds captions that the manifest does not name to what is loaded, where it has a length; those that it has already are
   * left alone. Resolves when `textTracks` lists them. Never rejects: captions that cannot be had are no reason to stop.
   */
  addTextTracks(tracks: readonly TextTrackSource[]): Promise<void>;
  /** Lets go of the source and its sessions; the element stays attached. */
  unload(): Promise<void>;
  /** Frees everything, the element included. Never rejects. */
  destroy(): Promise<void>;
  /** Keeps to one rendition, or adapts again for null. */
  selectQuality(id: string | null): void;
  selectAudioTrack(id: string): void;
  /** Shows captions, or none for null. */
  selectTextTrack(id: string | null): void;
  /**
   * Has the licenses of the title renewed now. Resolves when the keys are in and can be used, and where there is nothing
   * to renew; calls while one is under way share it.
   *
   * @throws PlaybackError; what the license holds stays good until it ends. `key-expired` where only another load helps: it has
   * ended already, or another one is kept on this device.
   */
  renewLicense(): Promise<void>;
  /** Gives the licenses of the title back: what was decoded plays out, and then the picture waits for a key. */
  releaseLicense(): Promise<void>;
}

/** Makes an engine; loads no engine code before the first `load`. */
export type PlayerEngineFactory = (options: EngineOptions) => PlayerEngine;
