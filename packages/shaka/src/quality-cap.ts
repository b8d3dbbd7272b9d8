import { PlaybackError, type ResolvedSource } from '@secure-player/core';

import { isShakaError, type ShakaPlayer } from './shaka-namespace.js';

/** `shaka.util.Error` CONTENT_UNSUPPORTED_BY_BROWSER. */
const CONTENT_UNSUPPORTED = 4032;

/** The cap of a source, while it is loaded. */
export class QualityCap {
  #leavesOut = false;

  constructor(
    player: Pick<ShakaPlayer, 'addEventListener'>,
    { maxHeight }: Pick<ResolvedSource, 'maxHeight'>,
  ) {
    if (maxHeight === undefined) return;

    // Shaka tells it before it knows what the browser can play, if restrictions leave something out.
    player.addEventListener('trackschanged', () => {
      this.#leavesOut = true;
    });
  }

  /**
   * A failed load by its own name, where the cap leaves nothing that can be played: Shaka says then, too, that the browser
   * cannot play the content. Every other failure is as it was.
   */
  name(error: unknown): unknown {
    const isNothingLeft = isShakaError(error) && error.code === CONTENT_UNSUPPORTED && this.#leavesOut;

    return isNothingLeft ? new PlaybackError('no-allowed-quality', { engineCode: error.code }) : error;
  }
}
