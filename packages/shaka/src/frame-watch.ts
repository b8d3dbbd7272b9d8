import type { ShakaPlayer } from './shaka-namespace.js';

/**
 * Shaka sets a rendition aside for a while when the machine drops its frames. It does so with the last one that may be played
 * too, where others are only there to be bounded away, and then fails at choosing from none.
 */
export const WITHOUT_FRAME_WATCH = { abr: { droppedFrames: false } };

/** Shaka's watch for dropped frames, which the page may have set. */
export class FrameWatch {
  readonly #player: Pick<ShakaPlayer, 'configure' | 'getConfiguration'>;
  /** What it is set back to. */
  #before: boolean | undefined;

  constructor(player: Pick<ShakaPlayer, 'configure' | 'getConfiguration'>) {
    this.#player = player;
  }

  set(isWanted: boolean): void {
    if (isWanted) {
      this.#player.configure({ abr: { droppedFrames: this.#before } });
      this.#before = undefined;
    } else {
      this.#before ??= this.#player.getConfiguration().abr.droppedFrames;
      this.#player.configure(WITHOUT_FRAME_WATCH);
    }
  }
}
