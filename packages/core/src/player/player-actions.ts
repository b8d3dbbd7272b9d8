/** What a page can make a player do. The functions are bound and keep their identity. */
export interface PlayerActions {
  /**
   * Rejects where the browser does not allow playback without a gesture of the viewer, and with the player's error where the
   * title has failed: {@link retry} plays on. Without a title, or an element to show it, nothing happens and it resolves.
   */
  readonly play: () => Promise<void>;
  readonly pause: () => void;
  /**
   * Seconds from the start of the presentation. While a title loads, after it has failed, and before there is an element, the
   * load or the next one begins there; it goes before the source's `startTime`. Another title begins afresh.
   */
  readonly seek: (seconds: number) => void;
  /** 0 to 1. */
  readonly setVolume: (volume: number) => void;
  readonly setMuted: (muted: boolean) => void;
  readonly setPlaybackRate: (rate: number) => void;
  /** Keeps to one rendition; null adapts to the network again. */
  readonly selectQuality: (id: string | null) => void;
  readonly selectAudioTrack: (id: string) => void;
  readonly selectTextTrack: (id: string | null) => void;
  /** Loads the source again where it stopped, and plays on if it was playing. */
  readonly retry: () => void;
  /**
   * Has the license renewed now; playback goes on meanwhile. After an error, or where the license has ended, the source is
   * loaded again where it stopped. Resolves when the keys are in; rejects with a PlaybackError.
   */
  readonly renewLicense: () => Promise<void>;
  /** Gives the license back. What was decoded plays out, and then the picture waits for a key: renew, or load again. */
  readonly releaseLicense: () => Promise<void>;
}
