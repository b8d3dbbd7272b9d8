import { PlaybackError } from '@secure-player/core';

import type { DueRelease } from '../due-release.js';
import type { LicenseRecord } from '../license-record.js';
import type { LicenseChange, LicenseStore } from '../license-store.js';

/** A store that lives as long as its object. Tests let it fail, and look into it. */
export class MemoryLicenseStore implements LicenseStore {
  readonly licenses = new Map<string, LicenseRecord>();
  readonly releases = new Map<string, DueRelease>();
  time: number | null = null;
  /** Called before each commit; one that throws is a crash at that moment. */
  onCommit: (change: LicenseChange) => void = () => {};
  /** Fails whatever is asked. */
  isBroken = false;
  #key: CryptoKey | null = null;
  #device: string | null = null;

  async records(): Promise<readonly LicenseRecord[]> {
    this.#check();
    return structuredClone([...this.licenses.values()]);
  }

  async record(titleId: string): Promise<LicenseRecord | null> {
    this.#check();
    return structuredClone(this.licenses.get(titleId) ?? null);
  }

  async dueReleases(): Promise<readonly DueRelease[]> {
    this.#check();
    return structuredClone([...this.releases.values()]);
  }

  async commit(change: LicenseChange): Promise<void> {
    this.#check();
    this.onCommit(change);
    const { keep, forget, owe = [], settle = [] } = structuredClone(change);
    if (forget !== undefined) this.licenses.delete(forget);
    if (keep) this.licenses.set(keep.titleId, keep);
    for (const release of owe) this.releases.set(release.id, release);
    for (const id of settle) this.releases.delete(id);
  }

  async wrappingKey(make: () => Promise<CryptoKey>): Promise<CryptoKey> {
    this.#check();
    return (this.#key ??= await make());
  }

  async readTime(): Promise<number | null> {
    this.#check();
    return this.time;
  }

  async writeTime(time: number, { isProven }: { readonly isProven: boolean }): Promise<void> {
    this.#check();
    if (isProven || this.time === null || time > this.time) this.time = time;
  }

  async deviceId(make: () => string): Promise<string> {
    this.#check();
    return (this.#device ??= make());
  }

  close(): void {}

  /** As a browser that has cleared what wraps keys. */
  loseWrappingKey(): void {
    this.#key = null;
  }

  #check(): void {
    if (this.isBroken) throw new PlaybackError('storage-failed');
  }
}
