import { PlaybackError } from '@secure-player/core';

import type { WrappedKey } from '../licenses/license-record.js';
import type { OfflineLicense } from '../licenses/offline-license.js';
import type { LicensedTitle, OfflineLicenses } from '../licenses/offline-licenses.js';

const NONE: OfflineLicense = Object.freeze({
  mode: 'none',
  status: 'usable',
  keySystem: null,
  expiresAt: null,
  playWithinSeconds: null,
  firstPlayedAt: null,
  renewable: false,
});

/** Licenses of titles that need none. */
export class FakeLicenses implements OfflineLicenses {
  /** Called before a license is there; what it throws is what the server says. */
  beforeAcquire: (title: LicensedTitle) => void | Promise<void> = () => {};
  /** Called before a license is forgotten. */
  beforeRemove: () => void | Promise<void> = () => {};
  readonly acquired: LicensedTitle[] = [];
  readonly removed: string[] = [];
  contacts = 0;
  readonly #licenses = new Map<string, OfflineLicense>();
  readonly #listeners = new Set<(id: string) => void>();

  async start(): Promise<void> {}

  get(id: string): OfflineLicense | null {
    return this.#licenses.get(id) ?? null;
  }

  async refresh(): Promise<void> {}

  subscribe(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  async acquire(title: LicensedTitle): Promise<void> {
    await this.beforeAcquire(title);
    this.acquired.push(title);
    if (this.#licenses.has(title.id)) return;
    this.#licenses.set(title.id, NONE);
    for (const listener of this.#listeners) listener(title.id);
  }

  async renew(title: LicensedTitle): Promise<void> {
    this.acquired.push(title);
  }

  /** Something becomes of a license. */
  set(id: string, change: Partial<OfflineLicense>): void {
    this.#licenses.set(id, Object.freeze({ ...NONE, ...change }));
    for (const listener of this.#listeners) listener(id);
  }

  async open(id: string): Promise<{ readonly mode: 'none' }> {
    if (this.get(id)?.status !== 'usable') throw new PlaybackError('stored-license-missing');
    return { mode: 'none' };
  }

  async readKey(): Promise<Uint8Array<ArrayBuffer> | null> {
    return null;
  }

  async sealKeys(_: string, keys: Readonly<Record<string, string>>): Promise<WrappedKey[]> {
    // Not as they are, and no better.
    const seal = (key: string) => new TextEncoder().encode(key).map((byte) => byte ^ 0xff);
    return Object.entries(keys).map(([name, key]) => ({ name, iv: new Uint8Array(12), bytes: seal(key) }));
  }

  async openKeys(_: string, sealed: readonly WrappedKey[]): Promise<Record<string, string>> {
    const open = (bytes: Uint8Array) => new TextDecoder().decode(bytes.map((byte) => byte ^ 0xff));
    return Object.fromEntries(sealed.map(({ name, bytes }) => [name, open(bytes)]));
  }

  async notePlayed(): Promise<void> {}

  async remove(id: string): Promise<void> {
    await this.beforeRemove();
    this.removed.push(id);
    this.#licenses.delete(id);
  }

  async contact(): Promise<void> {
    this.contacts += 1;
  }

  destroy(): void {
    this.#listeners.clear();
  }
}
