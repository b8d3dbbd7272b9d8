import fs from 'node:fs';

import { EntitlementServerError } from '../../entitlement-server-error.js';
import { codeOf } from '../../sql/store-failure.js';

/** A folder that is ours until it is released, this process is gone, or was stopped for so long that another one took it. */
export interface FolderLock {
  /**
   * Throws `store-in-use` when another process has taken the folder: nothing may be written there any more. Costs a few
   * microseconds, and is not asynchronous so that nothing comes between it and what is written.
   */
  confirm(): void;
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
/** No file descriptor is left to this process, or to the system. */
const EXHAUSTED = new Set(['EMFILE', 'ENFILE']);

/** Keeps a lock by its heartbeat, and notices when it was taken. */
export class HeldFolder implements FolderLock {
  readonly #options: HeldFolderOptions;
  readonly #timer: NodeJS.Timeout;
  #beatAt: number;
  #isLost = false;

  constructor(options: HeldFolderOptions) {
    this.#options = options;
    this.#beatAt = options.lockedAt;
    this.#timer = setInterval(() => this.#beatQuietly(), HEARTBEAT_MS);
    this.#timer.unref();
  }

  confirm(): void {
    const { file, clock } = this.#options;
    // A process that was stopped comes here before its timer rings.
    if (clock() - this.#beatAt > STALE_MS) this.#beat();
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
    if (!this.#isLost) await fs.promises.rename(file, `${file}.free`).catch(() => {});
  }

  #beatQuietly(): void {
    try {
      this.#beat();
    } catch {
      // Made good by the next, or told to whoever writes.
    }
  }

  #beat(): void {
    const { file, text, clock } = this.#options;
    const beatAt = clock();
    const now = new Date();
    try {
      // In a folder that was emptied the numbers begin again, and the file may be that of another.
      if (isOther(file, text)) return this.#lose();
      fs.utimesSync(file, now, now);
      this.#beatAt = beatAt;
    } catch (cause) {
      if (!isGone(file)) throw cause;
      this.#lose();
    }
  }

  #lose(): void {
    this.#isLost = true;
    clearInterval(this.#timer);
  }
}

/** A process that has no file descriptor left cannot read, and may still be told by the file that it is there. */
function isOther(file: string, text: string): boolean {
  try {
    return fs.readFileSync(file, 'utf8') !== text;
  } catch (cause) {
    if (EXHAUSTED.has(codeOf(cause))) return false;
    throw cause;
  }
}

/** Throws where that cannot be told, as on a network that is down. */
function isGone(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false }) === undefined;
}
