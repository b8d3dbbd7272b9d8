import type { PlaybackErrorDocument } from '@secure-player/core';
import {
  ENGLISH_MESSAGES,
  PlaybackError,
  toSource,
  type PlaybackErrorCode,
  type PlayerStatus,
  type Source,
} from '@secure-player/react';
import { expect, test as base, type Page } from '@playwright/test';

import type { Harness, HarnessOptions } from '../harness/main.js';
import { expectPicture } from './expect-picture.js';
import { readPicture } from './picture.js';
import { openSite, type SessionOptions, type Site } from './site.js';

/** The harness page and what a test asks of it. */
class PlayerPage {
  readonly #page: Page;
  readonly #site: Site;
  readonly #harnessPage: string;

  constructor(page: Page, site: Site, harnessPage: string) {
    this.#page = page;
    this.#site = site;
    this.#harnessPage = harnessPage;
  }

  async open(): Promise<void> {
    await this.#page.goto(`${this.#site.url}/harness/${this.#harnessPage}`);
  }

  show(source: Source | null, options: HarnessOptions = {}): Promise<void> {
    return this.#page.evaluate(([given, how]) => window.harness.show(given, how), [source, options] as const);
  }

  /** Opens a playback session as an account and plays what it answers with. */
  async play(account: Account, options: PlayOptions = {}): Promise<void> {
    const token = await this.#site.logIn(account);
    const { source } = await this.#site.openPlaybackSession({ token, ...options.session });
    await this.show(options.change ? options.change(toSource(source)) : toSource(source), {
      tokens: [token],
      autoPlay: options.autoPlay,
    });
  }

  state(): Promise<ReturnType<Harness['state']>> {
    return this.#page.evaluate(() => window.harness.state());
  }

  /**
   * When the license ends, in epoch milliseconds, as soon as the player knows: Shaka looks once a second. Whoever moves the clock
   * before makes it a license of what is left then.
   */
  async licenseEnd(): Promise<number> {
    await expect.poll(async () => (await this.state()).drm.expiresAt).not.toBeNull();
    return (await this.state()).drm.expiresAt ?? 0;
  }

  statuses(): Promise<PlayerStatus[]> {
    return this.#page.evaluate(() => window.harness.statuses as PlayerStatus[]);
  }

  authorizations(): Promise<Harness['authorizations']> {
    return this.#page.evaluate(() => window.harness.authorizations);
  }

  /** Waits until the player says so on its root element. */
  async expectStatus(status: PlayerStatus, timeout = 20_000): Promise<void> {
    await expect(this.root).toHaveAttribute('data-status', status, { timeout });
  }

  /** Waits for the error state, and checks its code on the root element, and its words and its button on the surface. */
  async expectErrorCode(code: string, timeout = 20_000): Promise<void> {
    await expect(this.root).toHaveAttribute('data-error-code', code, { timeout });
    await this.expectStatus('error');

    const { title, text } = ENGLISH_MESSAGES.errors[code as PlaybackErrorCode];
    const surface = this.root.getByRole('alert', { name: title });
    await expect(surface).toContainText(text);
    await expect(surface.locator('code')).toHaveText(code);
    const { retryable, recovery } = new PlaybackError(code as PlaybackErrorCode);
    const builtIn = recovery === 'renew-license' ? recovery : 'retry';
    await expect(surface.locator(`[data-recovery="${builtIn}"]`)).toHaveCount(retryable ? 1 : 0);
  }

  /** The same on the harness page, whose player's state is at hand; returns the error. */
  async expectError(code: string, timeout?: number): Promise<PlaybackErrorDocument> {
    await this.expectErrorCode(code, timeout);
    const { error } = await this.state();
    const { recovery, retryable } = new PlaybackError(code as PlaybackErrorCode);
    expect(error).toMatchObject({ code, recovery, retryable });

    return error as PlaybackErrorDocument;
  }

  /** Waits until decrypted frames of a rendition are on screen and advance, by their pixels. */
  expectPicture(height: number | { atMost: number }, timeout?: number): Promise<number> {
    return expectPicture(this.#page, height, timeout);
  }

  /** Checks that the rendition on screen, by its pixels, is the one that the player says it plays. */
  async expectQualityOnScreen(): Promise<number> {
    let height = 0;
    // The first frame of a rendition is on screen just before the media element reports its size.
    await expect
      .poll(async () => {
        const [reading, { quality }] = [await readPicture(this.#page), await this.state()];
        height = 'height' in reading ? reading.height : 0;
        return height > 0 && quality?.height === height;
      })
      .toBe(true);

    return height;
  }

  /** Keeps to one rendition, once the player lists it; a busy machine's adaptation would not. */
  async keepTo(height: number): Promise<void> {
    await expect
      .poll(async () => (await this.state()).qualities.map((quality) => quality.height))
      .toContain(height);
    await this.#page.evaluate((wanted) => {
      const { qualities } = window.harness.state();
      window.harness
        .player()
        .selectQuality(qualities.find((quality) => quality.height === wanted)?.id ?? null);
    }, height);
  }

  /** The last frame of a film, which does not advance any more. */
  async expectPictureAtRest({ atMost }: { atMost: number }): Promise<void> {
    const reading = await readPicture(this.#page);
    expect(reading).toMatchObject({ height: expect.any(Number) });
    if ('height' in reading) expect(reading.height).toBeLessThanOrEqual(atMost);
  }

  /** Starts a film on a page of which the test has no hold but the media element. */
  async pressPlay(): Promise<void> {
    await this.#page.locator('video').evaluate((video: HTMLVideoElement) => {
      video.muted = true;
      return video.play();
    });
  }

  async retry(): Promise<void> {
    await this.#page.getByRole('button', { name: /^(Try again|Renew)$/ }).click();
  }

  get root() {
    return this.#page.locator('[data-secure-player]');
  }
}

type Account = Parameters<Site['logIn']>[0];

export interface PlayOptions {
  readonly session?: Omit<SessionOptions, 'token'>;
  readonly autoPlay?: boolean | undefined;
  /** What the page makes of the source that the server gave. */
  readonly change?: (source: Source) => Source;
}

export interface TestFixtures {
  /** The page of the harness on which `player` is; one that offers what its first page does, and more. */
  harnessPage: string;
  player: PlayerPage;
  /** Forgets what a test wanted of the worker's site, and what became of it, before the next test. */
  freshSite: void;
  /** Fails the test when the page threw or broke its content security policy. */
  cleanConsole: void;
}

export const test = base.extend<TestFixtures, { site: Site }>({
  site: [
    // Playwright wants the first argument destructured, also where nothing is taken from it.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const site = await openSite();
      await provide(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  harnessPage: ['index.html', { option: true }],
  player: async ({ page, site, harnessPage }, provide) => {
    const player = new PlayerPage(page, site, harnessPage);
    await player.open();
    await provide(player);
  },
  freshSite: [
    async ({ site }, provide) => {
      await provide();
      site.faults.clear();
      site.licenses.length = 0;
      site.policies.clear();
    },
    { auto: true },
  ],
  cleanConsole: [
    async ({ page }, provide) => {
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (/content security policy|unhandled/i.test(message.text())) problems.push(message.text());
      });
      await provide();
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
