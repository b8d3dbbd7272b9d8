import { shallowEqual, type Clock } from '@secure-player/core';

import type { TrustedClock } from '../clock/trusted-clock.js';
import type { LicenseRecord } from './license-record.js';
import type { LicenseChange, LicenseStore } from './license-store.js';
import type { OfflineLicense } from './offline-license.js';
import { endOf, toOfflineLicense } from './to-offline-license.js';

/** How often the clock is looked at while nothing ends, and the time is kept. In milliseconds. */
const TICK_MS = 5 * 60_000;

/** What other tabs are told. */
export type LicenseNews =
  | { readonly about: 'title'; readonly titleId: string }
  | { readonly about: 'time'; readonly serverTime: number };

/** Tells other tabs of the origin, and hears of them. */
export interface LicenseNewsPort {
  post(news: LicenseNews): void;
  listen(listener: (news: LicenseNews) => void): () => void;
}

/** What a {@link LicenseBook} is made of. */
export interface LicenseBookOptions {
  readonly store: LicenseStore;
  readonly time: TrustedClock;
  readonly clock: Clock;
  readonly news: LicenseNewsPort;
  /** Takes what fails where nobody waits for it. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * The records of all licenses, and what viewers see of them. A change is stored before it is seen; what comes of the time alone
 * is seen at that moment.
 */
export class LicenseBook {
  readonly #options: LicenseBookOptions;
  readonly #records = new Map<string, LicenseRecord>();
  readonly #seen = new Map<string, OfflineLicense>();
  readonly #listeners = new Set<(titleId: string) => void>();
  #isClosed = false;
  #stopTimer = () => {};
  #stopListening = () => {};

  constructor(options: LicenseBookOptions) {
    this.#options = options;
  }

  /** @throws PlaybackError of the store. */
  async open(): Promise<void> {
    const { store, time, news } = this.#options;
    await time.start();
    for (const record of await store.records()) this.#records.set(record.titleId, record);
    this.#stopListening = news.listen((item) => void this.#takeNews(item));
    this.#look();
  }

  close(): void {
    this.#isClosed = true;
    this.#stopTimer();
    this.#stopListening();
    this.#listeners.clear();
  }

  get(titleId: string): OfflineLicense | null {
    return this.#seen.get(titleId) ?? null;
  }

  subscribe(listener: (titleId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get records(): readonly LicenseRecord[] {
    return [...this.#records.values()];
  }

  /** What is stored now, by whichever tab. @throws PlaybackError of the store. */
  async read(titleId: string): Promise<LicenseRecord | null> {
    const record = await this.#options.store.record(titleId);
    this.#put(titleId, record);

    return record;
  }

  /** A record at this moment. */
  judge(record: LicenseRecord): OfflineLicense {
    const { time } = this.#options;
    return toOfflineLicense(record, { now: time.now(), isBehind: time.isBehind });
  }

  /** @throws PlaybackError of the store; nothing has changed then. */
  async commit(change: LicenseChange): Promise<void> {
    await this.#options.store.commit(change);
    const titleId = change.keep?.titleId ?? change.forget;
    if (titleId === undefined) return;

    this.#put(titleId, change.keep ?? null);
    this.#options.news.post({ about: 'title', titleId });
  }

  /** Takes the time of a server. */
  noteServerTime(serverTime: number): void {
    const { time, news } = this.#options;
    if (!time.noteServerTime(serverTime)) return;

    news.post({ about: 'time', serverTime });
    this.saveTime();
    this.#look();
  }

  /** Keeps the time for the next start. */
  saveTime(): void {
    this.#options.time.save().catch(this.#options.onFailure);
  }

  async #takeNews(news: LicenseNews): Promise<void> {
    if (news.about === 'title') {
      await this.read(news.titleId).catch(this.#options.onFailure);
    } else if (this.#options.time.noteServerTime(news.serverTime)) this.#look();
  }

  #put(titleId: string, record: LicenseRecord | null): void {
    if (record) this.#records.set(titleId, record);
    else this.#records.delete(titleId);
    this.#look();
  }

  /** Judges all anew, tells of what has changed, and looks again when the next one ends. */
  #look(): void {
    const gone = [...this.#seen.keys()].filter((titleId) => !this.#records.has(titleId));
    for (const titleId of gone) this.#seen.delete(titleId);
    const changed = this.records.filter((record) => this.#see(record)).map(({ titleId }) => titleId);
    this.#watch();

    for (const titleId of [...gone, ...changed]) {
      for (const listener of [...this.#listeners]) this.#tell(listener, titleId);
    }
  }

  #see(record: LicenseRecord): boolean {
    const now = this.judge(record);
    if (shallowEqual(this.#seen.get(record.titleId), now)) return false;

    this.#seen.set(record.titleId, now);
    return true;
  }

  /** A listener that throws is its owner's to mend: the others are told. */
  #tell(listener: (titleId: string) => void, titleId: string): void {
    try {
      listener(titleId);
    } catch (error) {
      this.#options.onFailure(error);
    }
  }

  #watch(): void {
    const { clock, time } = this.#options;
    this.#stopTimer();
    // What was under way may still store something.
    if (this.#isClosed) return;

    const now = time.now();
    const ends = this.records.flatMap((record) => endOf(record) ?? []).filter((end) => end > now);
    const wait = Math.min(TICK_MS, ...ends.map((end) => end - now));
    this.#stopTimer = clock.schedule(() => {
      this.saveTime();
      this.#look();
    }, wait);
  }
}
