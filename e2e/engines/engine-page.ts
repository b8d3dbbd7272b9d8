import type { StreamFormat } from '@secure-player/protocol';
import type { Page } from '@playwright/test';

import { expectPicture } from '../support/expect-picture.js';
import { readPicture } from '../support/picture.js';
import type { Site } from '../support/site.js';
import type { EngineKeySystem, EngineName, PlayRequest } from './engine.js';

/** The part of a license server's address that names the key system. */
const LICENSE_PATHS: Readonly<Record<EngineKeySystem, string>> = {
  'com.widevine.alpha': 'widevine',
  'com.microsoft.playready': 'playready',
  'com.microsoft.playready.recommendation': 'playready',
  'com.apple.fps': 'fairplay',
  'org.w3.clearkey': 'clearkey',
};

/** Generous: on a busy machine an engine of hundreds of modules takes its time to start. */
const PICTURE_TIMEOUT = 60_000;

/** A page with one engine, and what a test asks of it. */
export class EnginePage {
  readonly #page: Page;
  readonly #site: Site;

  constructor(page: Page, site: Site) {
    this.#page = page;
    this.#site = site;
  }

  /** Opens the page of an engine, and waits until its code has run. */
  async open(engine: EngineName): Promise<void> {
    await this.#page.goto(`${this.#site.url}/engines/index.html?engine=${engine}`);
    await this.#page.evaluate(async () => void (await window.engine));
  }

  /** Has the engine play the site's film for the premium account; see {@link playRequest}. */
  async play(format: StreamFormat, keySystem: EngineKeySystem): Promise<void> {
    const token = await this.#site.logIn('premium');
    const { source, id } = await this.#site.openPlaybackSession({ token, format });
    const system = LICENSE_PATHS[keySystem];

    await this.playRequest({
      src: source.src,
      keySystem,
      licenseUrl: `/license/${system}?session=${encodeURIComponent(id)}`,
      ...(keySystem === 'com.apple.fps' && { certificateUrl: `/certificate/${system}` }),
    });
  }

  /** Comes back at once: an engine that cannot play need not say so. */
  async playRequest(request: PlayRequest): Promise<void> {
    await this.#page.evaluate(async (given) => {
      const engine = await window.engine;
      void engine.play(given).catch((error: unknown) => engine.failures.push(String(error)));
    }, request);
  }

  /** Jumps to a time in seconds, and waits until the browser has jumped. */
  async seek(seconds: number): Promise<void> {
    await this.#page.locator('video').evaluate(
      (video: HTMLVideoElement, wanted) =>
        new Promise<void>((resolve) => {
          video.addEventListener('seeked', () => resolve(), { once: true });
          video.currentTime = wanted;
        }),
      seconds,
    );
  }

  /** Waits until decrypted frames are on screen and advance, by their pixels. */
  expectPicture(): Promise<number> {
    return expectPicture(this.#page, { atMost: 720 }, PICTURE_TIMEOUT);
  }

  /** What is on the screen at this moment; `unreadable` with a reason where it is no frame of the film. */
  readPicture(): ReturnType<typeof readPicture> {
    return readPicture(this.#page);
  }

  /** How many frames the browser has decoded. */
  decodedFrames(): Promise<number> {
    return this.#page
      .locator('video')
      .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
  }

  /** What the engine said went wrong. */
  failures(): Promise<readonly string[]> {
    return this.#page.evaluate(async () => (await window.engine).failures);
  }

  /** Every key system that a page asked the browser for in vain, once {@link recordRefusals} is in the page. */
  refusals(): Promise<readonly string[]> {
    return this.#page.evaluate(() => window.refusals ?? []);
  }
}

declare global {
  interface Window {
    refusals?: string[];
  }
}

/** Notes in the page which key systems the browser refuses, and leaves the answers as they are. */
export async function recordRefusals(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const refusals: string[] = [];
    window.refusals = refusals;
    const request = navigator.requestMediaKeySystemAccess.bind(navigator);
    navigator.requestMediaKeySystemAccess = (keySystem, configurations) => {
      const answer = request(keySystem, configurations);
      answer.catch(() => refusals.push(keySystem));
      return answer;
    };

    const { mediaCapabilities } = navigator;
    const decodingInfo = mediaCapabilities.decodingInfo.bind(mediaCapabilities);
    mediaCapabilities.decodingInfo = async (configuration) => {
      const answer = await decodingInfo(configuration);
      const { keySystemConfiguration } = configuration as { keySystemConfiguration?: { keySystem: string } };
      if (keySystemConfiguration && !answer.supported) refusals.push(keySystemConfiguration.keySystem);
      return answer;
    };
  });
}
