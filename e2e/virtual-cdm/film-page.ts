import {
  writeClearKeyLicense,
  writeKeyIdsInitData,
  type KeyId,
  type LicensePolicy,
} from '@secure-player/protocol';
import { expect, type Frame, type Page } from '@playwright/test';

import { expectPicture } from '../support/expect-picture.js';
import type { Site } from '../support/site.js';
import { playFilm, type FilmOptions } from './film-in-page.js';

const PREVIEW = 'first-light-preview';
/** Four seconds each. */
const SEGMENTS = 16;
/** The height of the rendition that is played. */
const HEIGHT = 360;

/** How a film is played, where it matters. */
export interface PlayOptions {
  readonly keySystem: string;
  readonly encryptionScheme?: FilmOptions['encryptionScheme'];
  readonly policy?: LicensePolicy;
  readonly place?: Page | Frame;
}

/** An empty page of the site, and the site's film in it by MSE and EME alone: no player is in between. */
export class FilmPage {
  readonly #page: Page;
  readonly #site: Site;

  constructor(page: Page, site: Site) {
    this.#page = page;
    this.#site = site;
  }

  /** A page of the site without a script of its own; a blank popup of a page with routes loads nothing. */
  get url(): string {
    return `${this.#site.url}/harness/film.html`;
  }

  async open(): Promise<void> {
    await this.#page.goto(this.url);
  }

  /** Plays the free film under a key system that speaks Clear Key's JSON, and returns the id of its one key. */
  async play({ keySystem, encryptionScheme = 'cenc', policy, place }: PlayOptions): Promise<KeyId> {
    const { keyId, key } = await this.#site.contentKey(PREVIEW, 'SD');
    const license = {
      ...JSON.parse(decode(writeClearKeyLicense({ keys: [{ keyId, key: Uint8Array.from(key) }] }))),
      policy,
    };
    await (place ?? this.#page).evaluate(playFilm, {
      keySystem,
      encryptionScheme,
      folder: this.folder(encryptionScheme),
      segments: SEGMENTS,
      license: JSON.stringify(license),
      initData: decode(writeKeyIdsInitData([keyId])),
    });
    return keyId;
  }

  /** Where the segments of the film lie, from the page's point of view. */
  folder(encryptionScheme: FilmOptions['encryptionScheme']): string {
    const title = this.#site.titles.find(({ id }) => id === PREVIEW);
    return `${this.#site.url}/media/${title?.directory}/${encryptionScheme === 'cenc' ? 'dash' : 'hls'}/video-${HEIGHT}`;
  }

  /** Waits until decrypted frames are on screen and advance. */
  async expectPicture(): Promise<void> {
    await expectPicture(this.#page, HEIGHT);
  }

  /** Waits until the picture stands still, because the browser waits for a key. */
  async expectWaitingForKey(place: Page | Frame = this.#page): Promise<void> {
    await expect.poll(() => place.evaluate(() => film.events.includes('waitingforkey'))).toBe(true);
    // Frames that are decoded already are still shown; then there is none for the next moment.
    await expect
      .poll(() => place.evaluate(() => film.video.readyState <= HTMLMediaElement.HAVE_CURRENT_DATA))
      .toBe(true);
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
