import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DownloadOriginOptions {
  readonly segments: number;
  readonly segmentBytes: number;
}

/** What stands in for an answer; it may `pass` to the real one, now or later. */
export type OriginFault = (response: ServerResponse, pass: () => void) => void;

/**
 * A server with one DASH title whose segments are bytes without meaning: what is tested with it is that they arrive, once,
 * and as they are.
 */
export class DownloadOrigin {
  readonly #options: DownloadOriginOptions;
  readonly #server = createServer((request, response) => this.#answer(request.url ?? '/', response));
  readonly #answers: string[] = [];
  #allowed = Number.POSITIVE_INFINITY;
  #onLast = () => {};
  #waiting: (() => void)[] = [];
  #faults: { readonly path: RegExp; readonly fault: OriginFault }[] = [];
  /** What the title is made of; another version has other segments, under other names. */
  version = 1;

  constructor(options: DownloadOriginOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  get manifestUrl(): string {
    return this.url('/film.mpd');
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** The paths of media that went out whole, in order, as often as they did. */
  get answers(): readonly string[] {
    return this.#answers;
  }

  /**
   * Answers so many requests for media from now on, those that wait first, and lets all others wait. Resolves when the last of
   * the answers is out.
   */
  async answerOnly(count: number): Promise<void> {
    const last = new Promise<void>((resolve) => {
      this.#onLast = resolve;
    });
    this.#allow(count);
    if (count > 0) await last;
  }

  /** Ends {@link answerOnly}. */
  answerAll(): void {
    this.#allow(Number.POSITIVE_INFINITY);
  }

  #allow(count: number): void {
    this.#allowed = count;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const answer of waiting) answer();
  }

  /** Until `clear`. */
  inject(path: RegExp, fault: OriginFault): void {
    this.#faults.push({ path, fault });
  }

  clear(): void {
    this.#faults = [];
  }

  /** Of a version of the title, in the order of playback. */
  paths(version = this.version): string[] {
    const segments = Array.from({ length: this.#options.segments }, (_, index) => `segment-${index + 1}.m4s`);
    return ['init.mp4', ...segments].map((name) => `/v${version}/${name}`);
  }

  digest(path: string): string {
    return createHash('sha256').update(this.#bytes(path)).digest('hex');
  }

  #answer(url: string, response: ServerResponse): void {
    const { pathname } = new URL(url, 'http://origin.invalid');
    response.setHeader('access-control-allow-origin', '*');
    const isManifest = pathname.endsWith('.mpd');
    const pass = () => {
      const body = isManifest ? this.#manifest() : this.#bytes(pathname);
      response.setHeader('content-type', isManifest ? 'application/dash+xml' : 'video/mp4');
      response.setHeader('content-length', body.byteLength);
      if (!isManifest) response.once('finish', () => this.#answers.push(pathname));
      response.end(body);
    };
    const found = this.#faults.find(({ path }) => path.test(pathname));
    if (found) return found.fault(response, pass);
    if (isManifest) return pass();

    this.#admit(response, pass);
  }

  #admit(response: ServerResponse, pass: () => void): void {
    // It belonged to a browser that is gone.
    if (response.destroyed) return;
    if (this.#allowed === 0) {
      this.#waiting.push(() => this.#admit(response, pass));
      return;
    }
    this.#allowed -= 1;
    if (this.#allowed === 0) response.once('finish', () => this.#onLast());
    pass();
  }

  #manifest(): Buffer {
    const { segments, segmentBytes } = this.#options;
    return Buffer.from(`<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT${segments * 4}S"
    profiles="urn:mpeg:dash:profile:isoff-live:2011">
  <Period>
    <AdaptationSet contentType="video" mimeType="video/mp4">
      <SegmentTemplate timescale="1" duration="4" startNumber="1" initialization="v${this.version}/init.mp4"
          media="v${this.version}/segment-$Number$.m4s"/>
      <Representation id="v" bandwidth="${segmentBytes * 2}" width="640" height="360" codecs="avc1.64001e"/>
    </AdaptationSet>
  </Period>
</MPD>`);
  }

  /** The same for the same path: the digest of its name, over and over. */
  #bytes(path: string): Buffer {
    const seed = createHash('sha256').update(path).digest();
    return Buffer.alloc(this.#options.segmentBytes, seed);
  }
}
