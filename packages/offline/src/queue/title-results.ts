import type { PlaybackErrorDocument } from '@secure-player/core';

import { nextGeneration } from '../downloads/wishes.js';
import type { TitleRow } from '../titles/title-row.js';
import type { RunTools } from './run-title.js';

/** Writes into the index what has come of the work on a title. One that is another version by now is left alone. */
export class TitleResults {
  readonly #tools: Pick<RunTools, 'shelf' | 'service'>;

  constructor(tools: Pick<RunTools, 'shelf' | 'service'>) {
    this.#tools = tools;
  }

  /** All of it is here. */
  async complete(row: TitleRow): Promise<void> {
    const bytes = await this.#measure(row);
    await this.#update(row, (current) => ({
      ...current,
      // A pause that came too late is none.
      intent: current.intent === 'pause' ? 'download' : current.intent,
      isComplete: true,
      wasComplete: true,
      receivedBytes: bytes,
      lastPack: null,
      lastProtection: null,
      plan: current.plan && { ...current.plan, totalBytes: bytes },
    }));
  }

  /** It has stopped. Resolves with how many bytes are here. */
  async count(row: TitleRow): Promise<number> {
    const bytes = await this.#measure(row);
    await this.#update(row, (current) =>
      current.receivedBytes === bytes ? undefined : { ...current, receivedBytes: bytes },
    );
    return bytes;
  }

  /** The server has another version. */
  renew(row: TitleRow): Promise<void> {
    return this.#update(row, nextGeneration);
  }

  /** It does not go on by itself. */
  fail(row: TitleRow, error: PlaybackErrorDocument): Promise<void> {
    return this.#update(row, (current) => ({ ...current, error }));
  }

  async #update({ id, pack }: TitleRow, change: (current: TitleRow) => TitleRow | undefined): Promise<void> {
    await this.#tools.shelf.update(id, (current) => (current?.pack === pack ? change(current) : undefined));
  }

  async #measure({ pack, receivedBytes }: TitleRow): Promise<number> {
    const outcome = await this.#tools.service.measure(pack);
    return outcome.status === 'done' ? outcome.value.bytes : receivedBytes;
  }
}
