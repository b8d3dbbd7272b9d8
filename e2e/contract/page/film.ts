import type { ContentKey } from './clear-key.js';
import { within } from './expectations.js';
import { commonBox, concat, uint32 } from './initialization-data.js';

/** Where one rendition of a packaged film is, and its key. */
export interface FilmSource {
  readonly contentType: string;
  readonly initialization: string;
  /** Address of the segment with this number, counted from 1. */
  readonly segment: string;
  readonly segmentSeconds: number;
  readonly contentKey: ContentKey;
}

/** A film that is fed to a media element by hand, segment by segment. */
export class Film {
  readonly video: HTMLVideoElement;
  readonly encrypted: MediaEncryptedEvent[] = [];
  readonly #source: FilmSource;
  #buffer: SourceBuffer | null = null;
  #waits = 0;

  constructor(video: HTMLVideoElement, source: FilmSource) {
    this.video = video;
    this.#source = source;
    video.addEventListener('encrypted', (event) => this.encrypted.push(event));
    video.addEventListener('waitingforkey', () => {
      this.#waits += 1;
    });
  }

  /** How often the element has said that it waits for a key. */
  get waits(): number {
    return this.#waits;
  }

  /** Attaches the media source and appends the initialization segment, which is made to name its key for Clear Key. */
  async attach(): Promise<void> {
    const source = new MediaSource();
    const opened = new Promise((resolve) => source.addEventListener('sourceopen', resolve, { once: true }));
    this.video.src = URL.createObjectURL(source);
    await within(opened, 'sourceopen');
    URL.revokeObjectURL(this.video.src);

    this.#buffer = source.addSourceBuffer(this.#source.contentType);
    source.duration = this.#source.segmentSeconds * 4;
    const initialization = await download(this.#source.initialization);
    await this.#append(withCommonBox(initialization, this.#source.contentKey.keyId));
  }

  async append(...segments: readonly number[]): Promise<void> {
    for (const segment of segments) {
      await this.#append(await download(this.#source.segment.replace('{}', String(segment))));
    }
  }

  /** Waits until decrypted pictures have been shown up to this time. */
  async playsTo(seconds: number): Promise<void> {
    const { video } = this;
    await this.#until(
      ['timeupdate'],
      () => video.currentTime >= seconds && video.getVideoPlaybackQuality().totalVideoFrames > 0,
      `picture at ${seconds} s`,
    );
  }

  /** Moves to a place, and waits until the element has stopped for want of a picture to show there. */
  async stallsAt(seconds: number): Promise<void> {
    const stopped = this.#until(
      ['waiting'],
      () => this.video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA,
      'waiting',
    );
    this.video.currentTime = seconds;
    await stopped;
  }

  /** Waits until the element waits for a key for the `times`-th time. */
  async waitsForKey(times = 1): Promise<void> {
    await this.#until(['waitingforkey'], () => this.#waits >= times, 'waitingforkey');
  }

  /** Waits for the `encrypted` event. */
  async encryptedEvent(): Promise<MediaEncryptedEvent> {
    await this.#until(['encrypted'], () => this.encrypted.length > 0, 'encrypted');
    const [event] = this.encrypted;
    if (!event) throw new Error('No encrypted event.');
    return event;
  }

  async #append(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const buffer = this.#buffer;
    if (!buffer) throw new Error('The film is not attached.');
    const done = new Promise((resolve) => buffer.addEventListener('updateend', resolve, { once: true }));
    buffer.appendBuffer(bytes);
    await within(done, 'updateend');
  }

  async #until(events: readonly string[], isThere: () => boolean, what: string): Promise<void> {
    const { video } = this;
    const listening = new AbortController();
    const came = new Promise<void>((resolve, reject) => {
      const check = () => {
        if (video.error) reject(new Error(`${what}: the element failed with code ${video.error.code}`));
        if (isThere()) resolve();
      };
      for (const event of [...events, 'error']) {
        video.addEventListener(event, check, { signal: listening.signal });
      }
      check();
    });
    await within(came, what).finally(() => listening.abort());
  }
}

async function download(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`A segment was answered with ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
}

/**
 * An initialization segment with a `pssh` box of the common system put at the end of its `moov`: the packager writes the
 * boxes of the commercial systems alone.
 */
function withCommonBox(segment: Uint8Array<ArrayBuffer>, keyId: string): Uint8Array<ArrayBuffer> {
  const view = new DataView(segment.buffer);
  const box = commonBox([keyId]);

  for (let offset = 0; offset < segment.length; offset += view.getUint32(offset)) {
    const end = offset + view.getUint32(offset);
    const type = new TextDecoder().decode(segment.subarray(offset + 4, offset + 8));
    if (type !== 'moov') continue;

    return concat(
      segment.subarray(0, offset),
      uint32(end - offset + box.length),
      segment.subarray(offset + 4, end),
      box,
      segment.subarray(end),
    );
  }
  throw new Error('The initialization segment has no moov box.');
}
