import type {
  CmcdOptions,
  KeyStatusPolicy,
  PlaybackError,
  PlaybackNotice,
  PlayerActions,
  PlayerState,
  PlayerStatus,
  PreferredLanguages,
  PreferredTracks,
  Quality,
  QualityOfExperience,
  Recovery,
  Source,
  TextTrackSource,
} from '@secure-player/core';
import type { CSSProperties, ReactNode, VideoHTMLAttributes } from 'react';

/** What the page does about an error when the viewer asks for it; a recovery without a handler shows no button. */
export type RecoveryHandlers = { readonly [R in Recovery]?: ((error: PlaybackError) => void) | undefined };

/** Events of a player, as props. */
export interface SecurePlayerEvents {
  onReady?: (() => void) | undefined;
  onPlay?: (() => void) | undefined;
  onPause?: (() => void) | undefined;
  onSeeked?: (() => void) | undefined;
  onEnded?: (() => void) | undefined;
  /** Seconds. */
  onTimeUpdate?: ((seconds: number) => void) | undefined;
  onVolumeChange?: ((volume: number, muted: boolean) => void) | undefined;
  onQualityChange?: ((quality: Quality) => void) | undefined;
  onStatusChange?: ((status: PlayerStatus) => void) | undefined;
  onError?: ((error: PlaybackError) => void) | undefined;
  onNotice?: ((notice: PlaybackNotice) => void) | undefined;
  onKeyStatusesChange?: ((keyStatuses: PlayerState['drm']['keyStatuses']) => void) | undefined;
}

/** Props of `<SecurePlayer>`. */
export interface SecurePlayerProps extends SecurePlayerEvents {
  /**
   * What to play; null or nothing, as while the page still asks for it, is `idle`. Compared by content: only a changed
   * `src`, `type` or set of key systems reloads.
   */
  source?: Source | null | undefined;
  /**
   * `true` shows the kit's controls, `'native'` the browser's, and `false` none but the states: the children are then the
   * layout, and may be made of the kit's parts. @default false
   */
  controls?: boolean | 'native' | undefined;
  /** Whether `controls` has keys of its own while focus is in the player; see `useKeyboardShortcuts`. @default true */
  keyboardShortcuts?: boolean | undefined;
  autoPlay?: boolean | undefined;
  /** Applied on mount and whenever the prop changes; what the viewer does in between stands. */
  muted?: boolean | undefined;
  /** Like `muted`. */
  loop?: boolean | undefined;
  /**
   * How fast it plays, 1 being as it was made. Like `muted`; another source begins at it, too.
   *
   * @default 1
   */
  playbackRate?: number | undefined;
  /** @default true */
  playsInline?: boolean | undefined;
  /**
   * The attribute of the `<video>` element, and no more: a source that is streamed starts to load when the player mounts,
   * whatever it says. To hold back, give the source when it is wanted.
   */
  preload?: 'none' | 'metadata' | 'auto' | undefined;
  /**
   * The attribute of the `<video>` element, and no more: it does not apply to what is streamed. The player fetches
   * manifests, segments and licenses itself, with the credentials that `authorize` gives.
   */
  crossOrigin?: 'anonymous' | 'use-credentials' | undefined;
  /**
   * Captions in files of their own, beside those of the manifest, in the same menu. Compared by content: new ones join what
   * plays, and those that are gone go with the next load. Live streams have none of them.
   */
  textTracks?: readonly TextTrackSource[] | undefined;
  /**
   * What the viewer understands, best first, such as `{ audio: ['es', 'en'], text: ['es'] }`. Counts when a source begins;
   * what the viewer chooses then stands.
   */
  languages?: PreferredLanguages | undefined;
  /** Which of several tracks in those languages, such as `{ audio: { kind: 'description' } }`. Counts like `languages`. */
  preferred?: PreferredTracks | undefined;
  /** What buttons on the error surface do, by recovery. `retry` works without one. */
  onRecovery?: RecoveryHandlers | undefined;
  /**
   * What is done about keys that the display does not allow, and about licenses that end. Read when it matters.
   *
   * @default { outputRestricted: 'fallback', expired: 'renew' }
   */
  keyStatusPolicy?: KeyStatusPolicy | undefined;
  /**
   * Whether requests tell delivery networks about playback by CMCD (CTA-5004), and as what. Read at each load.
   *
   * @default false
   */
  cmcd?: boolean | CmcdOptions | undefined;
  /** Passed on to the engine as it is, merged over the kit's own configuration. Read at each load. */
  engineConfig?: { readonly shaka?: object | undefined } | undefined;
  /** Further attributes of the `<video>` element. */
  videoProps?: VideoHTMLAttributes<HTMLVideoElement> | undefined;
  className?: string | undefined;
  style?: CSSProperties | undefined;
  /** Rendered over the picture, below the states: under an error they are out of reach, but for a `<Watermark>`. */
  children?: ReactNode;
}

/** What a ref to `<SecurePlayer>` gives. */
export interface PlayerHandle extends PlayerActions {
  /** The media element; null before mount. */
  readonly video: HTMLVideoElement | null;
  /** The outermost element; null before mount. */
  readonly root: HTMLElement | null;
  getState(): PlayerState;
  /** How playback is for the viewer, as of this moment: time to first frame, rebuffering, dropped frames. */
  getQualityOfExperience(): QualityOfExperience;
  /** Calls `listener` after each change of state, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}
