import type { PlaybackError } from '../error/playback-error.js';
import type { PlayerStatus } from './player-status.js';

/** A stretch of the presentation, in seconds. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** Why a rendition that the title has cannot be chosen now. */
export type UnusableReason = 'key-missing' | 'output-restricted' | 'key-expired';

/** A rendition of the picture. */
export interface Quality {
  readonly id: string;
  readonly width: number | null;
  readonly height: number | null;
  /** Bits per second, of picture and sound together. */
  readonly bandwidth: number;
  readonly frameRate: number | null;
  readonly codecs: string | null;
  readonly unusableReason?: UnusableReason | undefined;
}

/** A language of the sound, or of the captions. */
export interface MediaTrack {
  readonly id: string;
  /** BCP 47, as the manifest gives it; `und` where it gives none. */
  readonly language: string;
  readonly label: string | null;
  /**
   * What the track is for. Of the sound a role of DASH, such as `main` or `description`, whatever the manifest calls it; of
   * captions `subtitles` or `captions`, which tell of sounds too.
   */
  readonly kind: string | null;
  /** How many channels the sound has; absent for captions, and where nobody says. */
  readonly channels?: number | undefined;
  readonly active: boolean;
}

/** One key and what the content decryption module says of it. */
export interface KeyStatusEntry {
  /** 32 hex digits. */
  readonly keyId: string;
  readonly status: string;
}

/** What is known of protection: nothing yet, a clear title, or the state of its keys. */
export interface DrmState {
  readonly keySystem: string | null;
  readonly keyStatuses: readonly KeyStatusEntry[];
  /** Epoch milliseconds, or null where the license does not end. */
  readonly expiresAt: number | null;
  /** Whether a renewal is being asked for, or was refused: then the license ends at `expiresAt`. */
  readonly renewal: 'none' | 'under-way' | 'refused';
  /** The last renewal that came; undefined before the first. */
  readonly lastRenewal?: LicenseRenewal | undefined;
}

/** A license that was renewed. */
export interface LicenseRenewal {
  /** When its keys were in; epoch milliseconds. */
  readonly at: number;
  /** For how long no license held the keys, in milliseconds: a key system may have to give one up for the next. */
  readonly gapMs: number;
}

/** Something that the viewer should know and that does not stop playback. */
export interface PlaybackNotice {
  readonly code: 'quality-limited' | 'license-renewal-refused';
  /** The reason, where the notice is about a quality. */
  readonly reason?: UnusableReason | undefined;
  /** Why the license was not renewed, where the notice is about that. */
  readonly error?: PlaybackError | undefined;
}

/** All that a page can know of a player; frozen, and the same object while nothing changes. */
export interface PlayerState {
  readonly status: PlayerStatus;
  /** Seconds. */
  readonly currentTime: number;
  /** Seconds; NaN before it is known, Infinity for an endless live stream. */
  readonly duration: number;
  readonly buffered: readonly TimeSpan[];
  readonly seekable: readonly TimeSpan[];
  readonly paused: boolean;
  /** 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  readonly playbackRate: number;
  /** Every rendition of the title, best first, also those that cannot be used now. */
  readonly qualities: readonly Quality[];
  /** The rendition that is being fetched, or null before the first. */
  readonly quality: Quality | null;
  /** The id of the rendition that the viewer keeps to, or null while the player adapts to the network. */
  readonly chosenQuality: string | null;
  readonly audioTracks: readonly MediaTrack[];
  /** Without forced subtitles, which come with the language that is heard while no captions are shown. */
  readonly textTracks: readonly MediaTrack[];
  readonly live: boolean;
  readonly drm: DrmState;
  readonly notice: PlaybackNotice | null;
  /** Present if and only if `status` is `error`. */
  readonly error: PlaybackError | null;
}

const NOTHING: readonly never[] = Object.freeze([]);

/** No protection known of. */
export const NO_DRM: DrmState = Object.freeze({
  keySystem: null,
  keyStatuses: NOTHING,
  expiresAt: null,
  renewal: 'none',
});

/** What there is of a source before it is loaded. What the element plays it by, its volume and its rate, is none of it. */
export const NOTHING_LOADED: Omit<
  PlayerState,
  'status' | 'currentTime' | 'paused' | 'volume' | 'muted' | 'playbackRate'
> = Object.freeze({
  error: null,
  notice: null,
  duration: Number.NaN,
  buffered: NOTHING,
  seekable: NOTHING,
  qualities: NOTHING,
  quality: null,
  chosenQuality: null,
  audioTracks: NOTHING,
  textTracks: NOTHING,
  live: false,
  drm: NO_DRM,
});

/** The state of a player that has no source. */
export const IDLE_STATE: PlayerState = Object.freeze({
  ...NOTHING_LOADED,
  status: 'idle',
  currentTime: 0,
  paused: true,
  volume: 1,
  muted: false,
  playbackRate: 1,
});
