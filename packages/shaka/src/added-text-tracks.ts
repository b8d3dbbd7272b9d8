import { DEFAULT_KIND, type TextTrackSource } from '@secure-player/core';

import type { ShakaPlayer } from './shaka-namespace.js';

const WEBVTT = 'text/vtt';

/** The captions of a title that its manifest does not name. */
export class AddedTextTracks {
  readonly #player: Pick<ShakaPlayer, 'addTextTrackAsync'>;
  readonly #baseUrl: string;
  readonly #added = new Set<string>();

  constructor(player: Pick<ShakaPlayer, 'addTextTrackAsync'>, baseUrl: string) {
    this.#player = player;
    this.#baseUrl = baseUrl;
  }

  /** Adds those that are new. Shaka refuses what it cannot read, and all of it for a live stream: those are left out. */
  async add(tracks: readonly TextTrackSource[]): Promise<void> {
    await Promise.all(tracks.map((track) => this.#addOne(track)));
  }

  async #addOne(track: TextTrackSource): Promise<void> {
    const { src, srclang, label, kind = DEFAULT_KIND, type = WEBVTT } = track;
    const key = JSON.stringify([src, srclang, label, kind, type]);
    if (this.#added.has(key)) return;

    this.#added.add(key);
    try {
      // Shaka's CMCD takes the first part of a path for a host.
      const url = new URL(src, this.#baseUrl).href;
      await this.#player.addTextTrackAsync(url, srclang, kind, type, '', label ?? '');
    } catch {
      this.#added.delete(key);
    }
  }
}
