import { PlaybackError, type OfflineTitle, type ResolvedSource } from '@secure-player/core';

import type { AnswerIndex } from '../answers/answer-index.js';
import type { AnswerRow } from '../answers/answer-row.js';
import type { OfflineLicenses } from '../licenses/offline-licenses.js';
import type { Packs } from '../packs/packs.js';
import { KeptTitle } from '../playback/kept-title.js';
import { isWhole, playablePack } from '../titles/title-row.js';
import type { TitleShelf } from '../titles/title-shelf.js';
import { wantRepair } from './wishes.js';

export interface TitleOpenerTools {
  readonly shelf: TitleShelf;
  readonly index: AnswerIndex;
  readonly packs: () => Promise<Packs>;
  readonly licenses: OfflineLicenses;
  readonly isOnline: () => boolean;
}

/** Opens what is here for a player, and sees to it that what turns out to be damaged is fetched again. */
export class TitleOpener {
  readonly #tools: TitleOpenerTools;

  constructor(tools: TitleOpenerTools) {
    this.#tools = tools;
  }

  async open({ id }: ResolvedSource, signal: AbortSignal): Promise<OfflineTitle | null> {
    const { shelf, index, packs, licenses, isOnline } = this.#tools;
    const row = id === undefined ? undefined : shelf.get(id);
    if (!row || row.intent === 'remove') return null;
    // What has come of a title is for where there is no network. Elsewhere all of it streams, in every quality, by a license of
    // its own: what has become of the stored one is nothing to that.
    if (!isWhole(row) && (isOnline() || licenses.get(row.id)?.status !== 'usable')) return null;

    const pack = playablePack(row);
    const opened = Promise.all([licenses.open(row.id), packs()]);
    // It is told below, where there is anything to play.
    opened.catch(() => {});
    const manifest = await index.manifest(pack).catch(toStorageFailure);
    if (!manifest) return null;

    const [license, found] = await opened;
    signal.throwIfAborted();
    return new KeptTitle({
      id: row.id,
      manifest,
      license,
      index,
      packs: found,
      licenses,
      isOnline,
      onDamage: (answer) => this.#repair(row.id, answer),
    });
  }

  async #repair(id: string, answer: AnswerRow): Promise<void> {
    const { shelf, index } = this.#tools;
    await index.markDamaged(answer);
    await shelf.update(id, (row) => row && wantRepair(row, answer.pack, answer.length));
  }
}

function toStorageFailure(cause: unknown): never {
  throw new PlaybackError('storage-failed', { cause });
}
