import type { Clock } from '../clock/clock.js';
import type { MediaPort } from './media-port.js';

/** How long a hidden player keeps its engine, and with it its sessions and their keys, in milliseconds. */
export const SUSPENSION_MS = 30_000;

/** How a player is let go of. */
export interface DetachOptions {
  /**
   * Whether the element may come back, as that of a hidden component does: playback pauses, and engine and sessions stay for
   * {@link SUSPENSION_MS}. Attaching the same element goes on with them; attaching it later loads where playback stopped.
   *
   * @default false
   */
  readonly keep?: boolean | undefined;
}

/** Undoes an attachment. Nothing happens once the player was attached anew. */
export type Detach = (options?: DetachOptions) => void;

/** What a {@link Suspension} is of. */
export interface SuspensionOptions {
  readonly media: Pick<MediaPort, 'play' | 'pause'>;
  readonly clock: Clock;
  /** Whether the element plays, or would. */
  readonly wantsToPlay: () => boolean;
  /** The player was hidden for {@link SUSPENSION_MS}. */
  readonly onEnd: () => void;
}

/** The time in which a player is hidden, and may be shown again. */
export class Suspension {
  readonly #options: SuspensionOptions;
  #isPlayWanted = false;
  #isOver = false;
  #stopTimer = () => {};

  constructor(options: SuspensionOptions) {
    this.#options = options;
    // StrictMode and Fast Refresh show what they hid in the same task. Pausing then would take autoplay from the element.
    queueMicrotask(() => {
      if (this.#isOver) return;

      this.#stopTimer = options.clock.schedule(options.onEnd, SUSPENSION_MS);
      this.hold();
    });
  }

  /** Whether playback goes on when the player is shown. */
  get isPlayWanted(): boolean {
    return this.#isPlayWanted;
  }

  /** Pauses what plays, or has begun to play by itself, out of sight. */
  hold(): void {
    if (!this.#options.wantsToPlay()) return;

    this.#isPlayWanted = true;
    this.#options.media.pause();
  }

  /** Another title is loaded: what the viewer wanted of the last one does not hold for it. */
  forget(): void {
    this.#isPlayWanted = false;
  }

  end(): void {
    this.#isOver = true;
    this.#stopTimer();
  }

  /** As after a load: the browser may refuse, which offers the play button. */
  playOn(): void {
    if (this.#isPlayWanted) this.#options.media.play().catch(() => {});
  }
}
