import { isPlaybackError, PlaybackError } from '@secure-player/core';

import { askRights } from './ask-rights.js';
import { releasesOf } from './due-release.js';
import type { LicenseDesk } from './license-desk.js';
import type { LicenseRecord } from './license-record.js';
import type { LicenseReleaser } from './license-releaser.js';
import { toTerms } from './license-terms.js';
import type { OfflineRightsCheck } from './offline-rights.js';
import { within } from './within.js';

/** How long all of a contact may take, in milliseconds. What is not done then waits for the next one. */
const TIMEOUT_MS = 120_000;

/** Contacts with the server: what has been waiting for one, and what has changed there. */
export class LicenseContact {
  readonly #desk: LicenseDesk;
  readonly #releaser: LicenseReleaser;
  #flight: { readonly end: Promise<void>; readonly controller: AbortController; callers: number } | null =
    null;

  constructor(desk: LicenseDesk, releaser: LicenseReleaser) {
    this.#desk = desk;
    this.#releaser = releaser;
  }

  /** Makes contact, or joins the one under way, which ends when all have left it. Never rejects. */
  async make(signal: AbortSignal): Promise<void> {
    if (signal.aborted || !this.#desk.isOnline()) return;

    const flight = (this.#flight ??= this.#take());
    flight.callers += 1;
    await new Promise<void>((resolve) => {
      const leave = () => {
        flight.callers -= 1;
        if (flight.callers === 0) flight.controller.abort(signal.reason);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      void flight.end.then(() => {
        signal.removeEventListener('abort', leave);
        resolve();
      });
    });
  }

  /** Tells the server of first playbacks that it does not know of. Never rejects. */
  async reportPlays(signal: AbortSignal = this.#desk.signal): Promise<void> {
    if (!this.#desk.isOnline()) return;

    for (const { titleId, firstPlay, rightsId } of this.#desk.book.records) {
      if (firstPlay && !firstPlay.isReported && rightsId !== null) {
        await this.#attempt(titleId, signal, (record) => this.#reportPlay(record, signal));
      }
    }
  }

  #take() {
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, this.#desk.signal]);
    const late = () => new PlaybackError('aborted');
    const { clock } = this.#desk;
    const end = within((bounded) => this.#run(bounded), { clock, milliseconds: TIMEOUT_MS, signal, late })
      .catch(() => {})
      .finally(() => {
        this.#flight = null;
      });

    return { end, controller, callers: 0 };
  }

  async #run(signal: AbortSignal): Promise<void> {
    await this.reportPlays(signal);
    for (const { titleId, rightsId } of this.#desk.book.records) {
      if (rightsId !== null) await this.#attempt(titleId, signal, (record) => this.#check(record, signal));
    }

    const due = await this.#desk.store.dueReleases();
    for (const titleId of new Set(due.map((release) => release.titleId))) {
      signal.throwIfAborted();
      await this.#desk.locks.run(titleId, signal, () => this.#releaser.settle(titleId, signal));
    }
  }

  /** Works on one title, whose failure is not that of the others. */
  async #attempt(
    titleId: string,
    signal: AbortSignal,
    work: (record: LicenseRecord & { readonly rightsId: string }) => Promise<void>,
  ): Promise<void> {
    const { book, locks } = this.#desk;
    try {
      await locks.run(titleId, signal, async () => {
        const record = await book.read(titleId);
        if (record && record.rightsId !== null) await work({ ...record, rightsId: record.rightsId });
      });
    } catch {
      // The next contact tries again.
    }
  }

  async #reportPlay(
    record: LicenseRecord & { readonly rightsId: string },
    signal: AbortSignal,
  ): Promise<void> {
    const { rights, clock, book } = this.#desk;
    const { firstPlay, rightsId } = record;
    if (!rights || !firstPlay || firstPlay.isReported) return;

    await askRights((options) => rights.reportFirstPlay(rightsId, firstPlay.at, options), { clock, signal });
    await book.commit({ keep: { ...record, firstPlay: { ...firstPlay, isReported: true } } });
  }

  async #check(record: LicenseRecord & { readonly rightsId: string }, signal: AbortSignal): Promise<void> {
    const { rights, clock, book } = this.#desk;
    if (!rights || record.standing === 'revoked') return;

    let check: OfflineRightsCheck;
    try {
      check = await askRights((options) => rights.check(record.rightsId, options), { clock, signal });
    } catch (error) {
      const standing = standingAfter(error);
      if (standing) return this.#takeBack(record, standing);
      throw error;
    }

    book.noteServerTime(check.serverTime);
    if (check.status === 'revoked') return this.#takeBack(record, 'revoked');
    if (check.status === 'released') return this.#takeBack(record, 'pending');
    await book.commit({ keep: { ...record, terms: toTerms(check) } });
  }

  /** Deletes what the license has brought, and keeps that it was taken back. */
  async #takeBack(record: LicenseRecord, standing: 'revoked' | 'pending'): Promise<void> {
    const { holder } = record;
    const emptied =
      holder.mode === 'persistent'
        ? { ...holder, sessions: [] }
        : holder.mode === 'vault'
          ? { ...holder, keys: [] }
          : holder;

    await this.#desk.book.commit({
      keep: { ...record, standing, holder: emptied, urlKeys: [] },
      // The server knows already: only a module has to be told.
      owe: releasesOf(record).filter(({ kind }) => kind === 'session'),
    });
  }
}

/** What a refusal says of a license; `null` where it says nothing. */
function standingAfter(error: unknown): 'revoked' | 'pending' | null {
  if (!isPlaybackError(error)) return null;
  if (error.code === 'offline-license-revoked') return 'revoked';

  return error.code === 'stored-license-missing' ? 'pending' : null;
}
