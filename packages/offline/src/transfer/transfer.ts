import { isSameBytes, PlaybackError } from '@secure-player/core';

import type { AnswerRow } from '../answers/answer-row.js';
import type { PlannedResource } from '../plan/planned-title.js';
import type { IncomingAnswer, PackLog } from '../packs/pack-log.js';
import { BodyBuffers } from './body-buffers.js';
import { fetchAnswer, type Network } from './fetch-answer.js';
import { missingParts, type MissingPart } from './missing-parts.js';
import { SizeEstimate } from './size-estimate.js';
import { TitleChanged, TransferFailure } from './transfer-failure.js';

/** What is transferred, and where to. */
export interface TransferOptions {
  /** In the order in which they are wanted. */
  readonly resources: readonly PlannedResource[];
  /** What is here already. */
  readonly rows: readonly AnswerRow[];
  readonly log: PackLog;
  readonly network: Network;
  /** Bytes, the second an estimate. */
  readonly onProgress: (receivedBytes: number, totalBytes: number) => void;
}

/** Requests at a time. A browser lets six of them through to a server of HTTP/1.1, and all to one of HTTP/2. */
const CONCURRENCY = 24;
/** Bytes that may be under way; a single answer may be larger. It bounds the memory that a download takes. */
const BYTES_UNDER_WAY = 8 * 1024 * 1024;

/** Fetches what is missing of a title. What has come is kept, whatever becomes of the rest. */
export class Transfer {
  readonly #options: TransferOptions;
  readonly #rows = new Map<string, AnswerRow[]>();
  readonly #size: SizeEstimate;
  readonly #buffers = new BodyBuffers();
  #queue: MissingPart[];
  #bytesUnderWay = 0;

  constructor(options: TransferOptions) {
    this.#options = options;
    for (const row of options.rows) this.#rowsOf(row.url).push(row);
    this.#queue = this.#missing();
    this.#size = new SizeEstimate(this.#queue, bytesOf(options.rows));
  }

  /**
   * Resolves when all is here.
   *
   * @throws TransferFailure, TitleChanged, what the disk says, or the signal's reason after an abort.
   */
  async run(signal: AbortSignal): Promise<void> {
    const controller = new AbortController();
    const parts = AbortSignal.any([signal, controller.signal]);
    const underWay = new Set<Promise<void>>();
    this.#report();

    try {
      while (this.#queue.length > 0 || underWay.size > 0) {
        signal.throwIfAborted();
        while (this.#mayStart(underWay.size)) {
          const part = this.#queue.shift();
          if (part === undefined) break;
          const done = this.#fetch(part, parts).finally(() => underWay.delete(done));
          underWay.add(done);
        }
        await Promise.race(underWay);
        if (this.#queue.length === 0 && underWay.size === 0) this.#lookAgain();
      }
    } catch (error) {
      controller.abort(error);
      // Whatever has arrived is written before the pack is closed.
      await Promise.allSettled(underWay);
      throw error;
    } finally {
      this.#buffers.clear();
    }
  }

  /** Bytes that are here, and about how many it will be. */
  get progress(): { readonly receivedBytes: number; readonly totalBytes: number } {
    return { receivedBytes: this.#size.receivedBytes, totalBytes: this.#size.totalBytes };
  }

  #missing(): MissingPart[] {
    return this.#options.resources.flatMap((resource) => missingParts(resource, this.#rowsOf(resource.url)));
  }

  /** A server may answer with less than it was asked for (RFC 9110, section 15.3.7): what is left is asked for then. */
  #lookAgain(): void {
    this.#queue = this.#missing();
    for (const part of this.#queue) this.#size.expectMore(part);
  }

  #mayStart(underWay: number): boolean {
    const [next] = this.#queue;
    if (next === undefined || underWay >= CONCURRENCY) return false;
    return underWay === 0 || this.#bytesUnderWay + this.#size.expect(next) <= BYTES_UNDER_WAY;
  }

  async #fetch(part: MissingPart, signal: AbortSignal): Promise<void> {
    const expected = this.#size.expect(part);
    this.#bytesUnderWay += expected;
    try {
      const { url, address = url } = part.resource;
      const { network, log } = this.#options;
      const question = {
        url: address,
        range: part.range,
        purpose: 'segment',
        buffers: this.#buffers,
      } as const;
      const answer = { ...(await fetchAnswer(question, network, signal)), url };
      requireLength(part, answer);
      this.#requireSame(answer);
      await log.add(answer);
      this.#take(part, answer);
      this.#buffers.give(answer.data.buffer);
    } finally {
      this.#bytesUnderWay -= expected;
    }
  }

  /** Parts of two versions of a file make none; and what was damaged must come back as it was. */
  #requireSame(answer: IncomingAnswer): void {
    for (const row of this.#rowsOf(answer.url)) {
      const isSamePlace = row.start === answer.start && row.end === answer.end;
      // Servers behind one name may call the same bytes by different tags.
      if (isSamePlace && isSameBytes(new Uint8Array(row.sha256), new Uint8Array(answer.sha256))) continue;
      const isOther =
        (row.fileBytes !== null && answer.fileBytes !== null && row.fileBytes !== answer.fileBytes) ||
        (row.etag !== null && answer.etag !== null && row.etag !== answer.etag);
      if (isOther || (row.isDamaged && isSamePlace)) throw new TitleChanged();
    }
  }

  #take(part: MissingPart, answer: IncomingAnswer): void {
    const { data, ...facts } = answer;
    const rows = this.#rowsOf(answer.url);
    const isFirst = rows.every(({ isDamaged }) => isDamaged);
    const replaced = rows.findIndex(({ start }) => start === answer.start);
    // Where it lies is the log's business; here it counts that it is here.
    const row = { ...facts, pack: '', offset: 0, length: data.byteLength, isDamaged: false };
    rows.splice(replaced < 0 ? rows.length : replaced, replaced < 0 ? 0 : 1, row);

    this.#size.take(part, { length: data.byteLength, fileBytes: answer.fileBytes });
    if (isFirst && part.resource.kind === 'file') this.#queue.unshift(...missingParts(part.resource, rows));
    this.#report();
  }

  #report(): void {
    this.#options.onProgress(this.#size.receivedBytes, this.#size.totalBytes);
  }

  #rowsOf(url: string): AnswerRow[] {
    const rows = this.#rows.get(url) ?? [];
    this.#rows.set(url, rows);
    return rows;
  }
}

/** The end of a file that is fetched in parts is known by its length alone. */
function requireLength({ resource }: MissingPart, { fileBytes }: IncomingAnswer): void {
  if (resource.kind !== 'file' || fileBytes !== null) return;
  const message = 'The server does not say how long a file is, of which it sends a range.';
  throw new TransferFailure(new PlaybackError('segment-unavailable', { message }), { isTransient: false });
}

function bytesOf(rows: readonly AnswerRow[]): number {
  return rows.reduce((bytes, { isDamaged, length }) => bytes + (isDamaged ? 0 : length), 0);
}
