import { statSync } from 'node:fs';
import fs from 'node:fs/promises';

import { EntitlementServerError } from '../../entitlement-server-error.js';
import { toStoreFailure } from '../../sql/store-failure.js';

/** A folder that is ours until it is released, this process is gone, or was stopped for so long that another one took it. */
export interface FolderLock {
  /** Whether another process is known to have taken the folder. That is for good. */
  readonly isLost: boolean;
  /** Rejects with `store-in-use` when another process has taken the folder: nothing may be written there any more. */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

/** What a {@link HeldFolder} works with. */
export interface HeldFolderOptions {
  readonly file: string;
  /** What we wrote there. */
  readonly text: string;
  readonly clock: () => number;
  /** When we did, or before. */
  readonly lockedAt: number;
}

/** How often the holder of a lock shows that it lives. */
export const HEARTBEAT_MS = 2_000;
/** Without a beat for so long, another process may soon be about to take the folder. */
const STALE_MS = 3 * HEARTBEAT_MS;

/** Keeps a lock by its heartbeat, and notices when it was taken. */
export class HeldFolder implements FolderLock {
  readonly #options: HeldFolderOptions;
  readonly #timer: NodeJS.Timeout;
  #beatAt: number;
  #isLost = false;

  constructor(options: HeldFolderOptions) {
    this.#options = options;
    this.#beatAt = options.lockedAt;
    // One that fails is made good by the next, or by whoever asks.
    this.#timer = setInterval(() => void this.#beat().catch(() => {}), HEARTBEAT_MS);
    this.#timer.unref();
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  async confirm(): Promise<void> {
    const { file, clock } = this.#options;
    // A process that was stopped comes here before its timer rings.
    if (clock() - this.#beatAt > STALE_MS) await this.#beat();
    // A machine that was stopped does not see it by its clock. Whoever takes the folder removes the file before anything else.
    if (!this.#isLost && isGone(file)) this.#lose();
    if (!this.#isLost) return;

    throw new EntitlementServerError(
      'store-in-use',
      'Another process has taken the folder of the store, as this one was silent for too long. ' +
        'Nothing is written any more: end this process.',
    );
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    const { file } = this.#options;
    // Renamed and not removed: the numbers must not begin again.
    if (!this.#isLost) await fs.rename(file, `${file}.free`).catch(() => {});
  }

  async #beat(): Promise<void> {
    const { file, text, clock } = this.#options;
    const beatAt = clock();
    const now = new Date();
    try {
      // In a folder that was emptied the numbers begin again, and the file may be that of another.
      if ((await fs.readFile(file, 'utf8')) !== text) return this.#lose();
      await fs.utimes(file, now, now);
      this.#beatAt = beatAt;
    } catch (cause) {
      if (isGone(file)) return this.#lose();
      throw toStoreFailure(cause);
    }
  }

  #lose(): void {
    this.#isLost = true;
    clearInterval(this.#timer);
  }
}

/** Throws where that cannot be told, as on a network that is down. */
function isGone(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) === undefined;
}
