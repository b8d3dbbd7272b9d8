import { PlaybackError, type OfflineTitleLicense, type ResolvedKeySystem } from '@secure-player/core';
import { resolveKeySystems } from '@secure-player/core';
import {
  readClearKeyLicenseRequest,
  writeClearKeyLicense,
  type ClearKeyLicenseKey,
} from '@secure-player/protocol';

import { covers } from './covers.js';
import { releasesOf } from './due-release.js';
import { LicenseAcquirer } from './license-acquirer.js';
import { LicenseContact } from './license-contact.js';
import type { LicenseDesk } from './license-desk.js';
import type { LicenseRecord, WrappedKey } from './license-record.js';
import { LicenseReleaser } from './license-releaser.js';
import type { OfflineLicense } from './offline-license.js';
import type { LicensedTitle, OfflineLicenses } from './offline-licenses.js';
import { openKeys, sealKeys } from './sealed-keys.js';

/** {@link OfflineLicenses} over a store, a module, a vault and a server of rights. */
export class ManagedLicenses implements OfflineLicenses {
  readonly #desk: LicenseDesk;
  readonly #acquirer: LicenseAcquirer;
  readonly #releaser: LicenseReleaser;
  readonly #contact: LicenseContact;

  constructor(desk: LicenseDesk) {
    this.#desk = desk;
    this.#acquirer = new LicenseAcquirer(desk);
    this.#releaser = new LicenseReleaser(desk);
    this.#contact = new LicenseContact(desk, this.#releaser);
  }

  start(): Promise<void> {
    return this.#desk.book.open();
  }

  get(titleId: string): OfflineLicense | null {
    return this.#desk.book.get(titleId);
  }

  async refresh(titleId: string): Promise<void> {
    await this.#desk.book.read(titleId);
  }

  subscribe(listener: (titleId: string) => void): () => void {
    return this.#desk.book.subscribe(listener);
  }

  acquire(title: LicensedTitle, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    return this.#change(title.id, signal, async (kept) => {
      if (kept && (await this.#isGood(kept, title, signal))) return;
      await this.#acquirer.acquire(title, kept, signal);
    });
  }

  renew(title: LicensedTitle, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    return this.#change(title.id, signal, (kept) => this.#acquirer.acquire(title, kept, signal));
  }

  async open(titleId: string): Promise<OfflineTitleLicense> {
    const record = await this.#usable(titleId);
    const { holder } = record;
    switch (holder.mode) {
      case 'persistent':
        return {
          mode: 'persistent',
          keySystem: holder.keySystem,
          sessions: holder.sessions.map(({ sessionId, initDataType, initData }) => ({
            sessionId,
            initDataType,
            initData: initData.slice(),
          })),
        };
      case 'vault':
        // AES-128 keys are asked for one by one, by their addresses.
        if (holder.keySystem === null) return { mode: 'none' };
        return {
          mode: 'vault',
          keySystem: 'org.w3.clearkey',
          answer: (message) => this.#answer(titleId, message),
        };
      case 'none':
      case 'online-license':
        return { mode: holder.mode };
      default:
        return holder satisfies never;
    }
  }

  async readKey(titleId: string, url: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const known = await this.#desk.book.read(titleId);
    const key = known?.urlKeys.find(({ name }) => name === url);
    if (!known || !key) return null;

    this.#requireUsable(known);
    return this.#desk.vault.unwrap(titleId, key);
  }

  sealKeys(titleId: string, keys: Readonly<Record<string, string>>): Promise<readonly WrappedKey[]> {
    return sealKeys(this.#desk.vault, titleId, keys);
  }

  openKeys(titleId: string, sealed: readonly WrappedKey[]): Promise<Record<string, string>> {
    return openKeys(this.#desk.vault, titleId, sealed);
  }

  notePlayed(titleId: string): Promise<void> {
    const { book, now, signal } = this.#desk;

    return this.#locked(titleId, signal, async () => {
      const record = await book.read(titleId);
      if (!record || record.firstPlay) return;

      await book.commit({ keep: { ...record, firstPlay: { at: now(), isReported: false } } });
      book.saveTime();
    }).then(() => void this.#contact.reportPlays());
  }

  remove(titleId: string): Promise<void> {
    const { book, signal } = this.#desk;

    return this.#locked(titleId, signal, async () => {
      const record = await book.read(titleId);
      if (record) await book.commit({ forget: titleId, owe: releasesOf(record) });
      await this.#releaser.settle(titleId, signal);
    });
  }

  contact({ signal }: { readonly signal: AbortSignal }): Promise<void> {
    return this.#contact.make(signal);
  }

  /** Runs a change of a title's license, and then gives back what it has left behind. */
  async #change(
    titleId: string,
    signal: AbortSignal,
    change: (kept: LicenseRecord | null) => Promise<void>,
  ): Promise<void> {
    const scope = AbortSignal.any([signal, this.#desk.signal]);
    try {
      await this.#locked(titleId, scope, async () => change(await this.#desk.book.read(titleId)));
    } finally {
      this.#tidy(titleId);
    }
  }

  /** Nobody waits for it: what cannot be given back now stays due. */
  #tidy(titleId: string): void {
    const { signal } = this.#desk;
    this.#locked(titleId, signal, () => this.#releaser.settle(titleId, signal)).catch(() => {});
  }

  #locked<Result>(titleId: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    return this.#desk.locks.run(titleId, signal, work);
  }

  /** Whether there is nothing to get: usable, for all that is asked for, and still with the module. */
  async #isGood(record: LicenseRecord, title: LicensedTitle, signal: AbortSignal): Promise<boolean> {
    if (this.#desk.book.judge(record).status !== 'usable' || !covers(record, title)) return false;
    const { holder } = record;
    if (holder.mode !== 'persistent') return holder.mode !== 'online-license';

    const { source } = title;
    const keySystem = findKeySystem(title, holder.keySystem);
    if (!keySystem) return false;
    for (const { sessionId } of holder.sessions) {
      // One that cannot be looked at is being played.
      const isThere = await this.#desk.module
        .holds({ keySystem, source, sessionId, signal })
        .catch(() => true);
      if (!isThere) return false;
    }
    return true;
  }

  async #usable(titleId: string): Promise<LicenseRecord> {
    const record = await this.#desk.book.read(titleId);
    if (!record) throw new PlaybackError('stored-license-missing');

    this.#requireUsable(record);
    return record;
  }

  #requireUsable(record: LicenseRecord): void {
    const { status } = this.#desk.book.judge(record);
    switch (status) {
      case 'usable':
        return;
      case 'missing':
        throw new PlaybackError('stored-license-missing');
      case 'expired':
        throw new PlaybackError('offline-license-expired');
      case 'revoked':
        throw new PlaybackError('offline-license-revoked');
      case 'clock-behind':
        throw new PlaybackError('clock-behind');
      default:
        status satisfies never;
    }
  }

  /** Unwraps those keys that are asked for, and no others. */
  async #answer(titleId: string, message: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    const { holder } = await this.#usable(titleId);
    const wrapped = holder.mode === 'vault' ? holder.keys : [];
    const asked = new Set(readKids(message));
    const wanted = wrapped.filter(({ name }) => asked.has(name));
    const keys = await Promise.all(wanted.map((key) => this.#unwrap(titleId, key)));
    if (keys.length === 0) {
      throw new PlaybackError('key-missing', {
        message: `None of the ${asked.size} keys that the module asks for is kept.`,
      });
    }

    return writeClearKeyLicense({ keys, type: 'temporary' });
  }

  async #unwrap(titleId: string, key: WrappedKey): Promise<ClearKeyLicenseKey> {
    return { keyId: key.name, key: await this.#desk.vault.unwrap(titleId, key) };
  }
}

function readKids(message: Uint8Array): readonly string[] {
  try {
    return readClearKeyLicenseRequest(message).kids;
  } catch (cause) {
    throw new PlaybackError('license-request-failed', { cause });
  }
}

function findKeySystem({ source }: LicensedTitle, name: string): ResolvedKeySystem | null {
  const keySystems = resolveKeySystems(source.drm, source.preferredKeySystems, 'source.');
  return keySystems.find((keySystem) => keySystem.name === name) ?? null;
}
