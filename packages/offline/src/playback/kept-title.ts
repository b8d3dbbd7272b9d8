import {
  isSameBytes,
  PlaybackError,
  type OfflineAnswer,
  type OfflineRequest,
  type OfflineTitle,
  type OfflineTitleLicense,
} from '@secure-player/core';

import type { AnswerIndex } from '../answers/answer-index.js';
import type { AnswerRow, NarrowedManifest } from '../answers/answer-row.js';
import { joinBytes } from '../bytes/join-bytes.js';
import { coverRange, type Slice } from '../answers/cover-range.js';
import type { OfflineLicenses } from '../licenses/offline-licenses.js';
import type { Packs } from '../packs/packs.js';

export interface KeptTitleOptions {
  readonly id: string;
  readonly manifest: NarrowedManifest;
  readonly license: OfflineTitleLicense;
  readonly index: AnswerIndex;
  readonly packs: Packs;
  readonly licenses: Pick<OfflineLicenses, 'get' | 'notePlayed' | 'readKey'>;
  /** Told of each answer that is not what was stored, once it is known. */
  readonly onDamage: (row: AnswerRow) => Promise<void>;
  /** Whether what is damaged can come from the network instead. */
  readonly isOnline: () => boolean;
}

/** A title on this device, as a player reads it. */
export class KeptTitle implements OfflineTitle {
  readonly #options: KeptTitleOptions;
  /** Answers whose bytes were compared with their digest; once is enough while a title plays. */
  readonly #verified = new Set<string>();
  readonly #closed = new AbortController();

  constructor(options: KeptTitleOptions) {
    this.#options = options;
  }

  get manifestUrl(): string {
    return this.#options.manifest.url;
  }

  get type(): 'dash' | 'hls' {
    return this.#options.manifest.type;
  }

  get license(): OfflineTitleLicense {
    return this.#options.license;
  }

  expiresAt(): number | null {
    return this.#options.licenses.get(this.#options.id)?.expiresAt ?? null;
  }

  async notePlayed(): Promise<void> {
    await this.#options.licenses.notePlayed(this.#options.id);
  }

  close(): void {
    this.#closed.abort();
  }

  async read({ url, range, signal }: OfflineRequest): Promise<OfflineAnswer | null> {
    const { id, manifest, index, licenses } = this.#options;
    const address = withoutFragment(url);
    if (address === manifest.url || address === manifest.finalUrl) return toAnswer(manifest);

    const [key, rows] = await Promise.all([
      licenses.readKey(id, address),
      rejectAs('storage-failed', index.find(manifest.pack, address)),
    ]);
    signal.throwIfAborted();
    if (key) return { url: address, contentType: null, data: key.slice().buffer };

    const slices = slicesOf(rows, range);
    const [first] = slices ?? [];
    if (!slices || !first) return null;

    const parts = await Promise.all(slices.map((slice) => this.#readSlice(slice)));
    signal.throwIfAborted();
    if (!isWhole(parts)) {
      if (this.#options.isOnline()) return null;
      throw new PlaybackError('download-damaged');
    }
    const { finalUrl, contentType } = first.stretch;
    return { url: finalUrl, contentType, data: join(parts) };
  }

  /** `null` where it is not what was stored. */
  async #readSlice({ stretch: row, from, to }: Slice<AnswerRow>): Promise<Uint8Array<ArrayBuffer> | null> {
    const { packs, onDamage } = this.#options;
    const name = `${row.offset}+${row.length}`;
    if (this.#verified.has(name)) {
      const slice = await rejectAs('storage-failed', packs.read(row.pack, row.offset + from, to - from));
      if (slice?.byteLength === to - from) return slice;
    }

    const data = await rejectAs('storage-failed', packs.read(row.pack, row.offset, row.length));
    if (data?.byteLength !== row.length || !(await isSame(data, row.sha256))) {
      await onDamage(row).catch(() => {});
      return null;
    }
    this.#verified.add(name);
    return data.subarray(from, to);
  }
}

function isWhole<T>(parts: readonly (T | null)[]): parts is readonly T[] {
  return parts.every((part) => part !== null);
}

/** The rows that make up a request; `null` where a byte is missing. */
function slicesOf(rows: readonly AnswerRow[], range: OfflineRequest['range']): Slice<AnswerRow>[] | null {
  const intact = rows.filter(({ isDamaged }) => !isDamaged);
  const fileBytes = intact.find((row) => row.fileBytes !== null)?.fileBytes ?? null;
  const [first] = intact;
  if (first?.length === 0 && first.isWhole) return [{ stretch: first, from: 0, to: 0 }];
  if (range === null) return fileBytes === null ? null : coverRange({ start: 0, end: fileBytes - 1 }, intact);

  // A range may reach past the end of its file (RFC 9110, section 14.1.2).
  const end = fileBytes === null ? range.end : Math.min(range.end, fileBytes - 1);
  return coverRange({ start: range.start, end }, intact);
}

function toAnswer({ finalUrl, contentType, text }: NarrowedManifest): OfflineAnswer {
  return { url: finalUrl, contentType, data: new TextEncoder().encode(text).buffer };
}

async function isSame(data: Uint8Array<ArrayBuffer>, sha256: ArrayBuffer): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return isSameBytes(digest, new Uint8Array(sha256));
}

async function rejectAs<T>(code: 'storage-failed', work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new PlaybackError(code, { cause });
  }
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

function join(parts: readonly Uint8Array<ArrayBuffer>[]): ArrayBuffer {
  const [only] = parts;
  if (parts.length === 1 && only && only.byteLength === only.buffer.byteLength) return only.buffer;

  return joinBytes(parts).buffer;
}
