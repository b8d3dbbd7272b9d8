import { expect, waitFor } from 'storybook/test';

import type { PlayerStatus } from '@secure-player/core';

/** Ends what hangs: a busy machine may take its time, and no story is decided by it. */
const PATIENCE = { timeout: 30_000, interval: 50 };

/** The player of a story, as a viewer and a page see it. */
export class StoryPlayer {
  readonly #canvas: HTMLElement;

  constructor(canvas: HTMLElement) {
    this.#canvas = canvas;
  }

  get root(): HTMLElement {
    const root = this.#canvas.querySelector<HTMLElement>('[data-secure-player]');
    if (!root) throw new Error('The story shows no player.');

    return root;
  }

  get video(): HTMLVideoElement {
    const video = this.root.querySelector('video');
    if (!video) throw new Error('The player has no media element.');

    return video;
  }

  async expectStatus(status: PlayerStatus): Promise<void> {
    await waitFor(async () => expect(this.root.dataset['status']).toBe(status), PATIENCE);
  }

  async expectError(code: string): Promise<void> {
    await waitFor(async () => expect(this.root.dataset['errorCode']).toBe(code), PATIENCE);
  }

  /** Waits for what a viewer reads. */
  async expectText(text: string | RegExp): Promise<void> {
    await waitFor(async () => expect(this.root.textContent).toEqual(expect.stringMatching(text)), PATIENCE);
  }

  /** Plays as a viewer does, without a sound. Resolves when it plays, with pictures that were decrypted and decoded. */
  async play(): Promise<void> {
    await waitFor(
      async () => expect(this.root.dataset['status']).toMatch(/^(?:ready|paused|playing)$/),
      PATIENCE,
    );
    this.video.muted = true;
    void this.video.play();
    await this.expectStatus('playing');
    await this.expectFrames();
  }

  /** Frames that were not decrypted are not decoded either. */
  async expectFrames(): Promise<void> {
    const before = this.video.getVideoPlaybackQuality().totalVideoFrames;
    await waitFor(
      async () => expect(this.video.getVideoPlaybackQuality().totalVideoFrames).toBeGreaterThan(before),
      PATIENCE,
    );
  }
}

/** The player of a story's canvas. */
export function playerOf(canvas: HTMLElement): StoryPlayer {
  return new StoryPlayer(canvas);
}
