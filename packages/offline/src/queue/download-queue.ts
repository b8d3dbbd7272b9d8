import { PlaybackError, type PlaybackErrorDocument } from '@secure-player/core';

import { packName } from '../packs/pack-name.js';
import type { TitleRow } from '../titles/title-row.js';
import type { Outcome } from '../worker/outcome.js';
import type { LiveStage } from './live-stage.js';
import type { NetworkMonitor } from './network-monitor.js';
import { retryDelay } from './retry-delay.js';
import { runTitle, type RunTools } from './run-title.js';

/** What a {@link DownloadQueue} works with. */
export interface QueueTools extends RunTools {
  readonly network: NetworkMonitor;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  /** Titles at a time. */
  readonly concurrency: number;
  readonly isMeteredAllowed: () => boolean;
  /** What is done with a title now; `null` where nothing is. */
  readonly onLive: (id: string, stage: LiveStage | null) => void;
}

interface Run {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

interface Wait {
  readonly attempt: number;
  /** Epoch milliseconds. */
  readonly until: number;
  readonly error: PlaybackErrorDocument;
  cancel(): void;
}

/** A title that changes on the server this often while it is downloaded is given up. */
const MAX_CHANGES = 3;

/**
 * Makes what is wanted of titles so: in the tab that works, and in no other. What is wanted is in the index; this looks at it
 * whenever something has changed, and starts, stops and removes.
 */
export class DownloadQueue {
  readonly #tools: QueueTools;
  readonly #runs = new Map<string, Run>();
  readonly #removals = new Map<string, Promise<void>>();
  readonly #waits = new Map<string, Wait>();
  readonly #changes = new Map<string, number>();
  #unsubscribe = () => {};
  #isOver = false;

  constructor(tools: QueueTools) {
    this.#tools = tools;
  }

  begin(): void {
    this.#unsubscribe = this.#tools.network.subscribe(() => {
      // Whatever it waited for may be there.
      if (this.#tools.network.isOnline()) this.#endWaits();
      this.look();
    });
    this.look();
  }

  /** Stops all work, and resolves when it has stopped. What is here stays. */
  async end(): Promise<void> {
    this.#isOver = true;
    this.#unsubscribe();
    this.#endWaits();
    for (const { controller } of this.#runs.values()) controller.abort();
    await Promise.all([...this.#runs.values()].map(({ ended }) => ended));
    await Promise.all(this.#removals.values());
  }

  /** The viewer wants another attempt now. */
  forgetWait(id: string): void {
    this.#waits.get(id)?.cancel();
    this.#waits.delete(id);
    this.#changes.delete(id);
  }

  /** Looks what there is to do. */
  look(): void {
    if (this.#isOver) return;

    const rows = this.#tools.shelf.list();
    for (const [id, { controller }] of this.#runs) {
      const row = this.#tools.shelf.get(id);
      if (!row || !isWanted(row) || this.#obstacle() !== null) controller.abort();
    }
    for (const row of rows) if (row.intent === 'remove') this.#remove(row);

    const wanted = rows.filter((row) => isWanted(row) && !this.#runs.has(row.id));
    for (const row of wanted.sort((a, b) => b.priority - a.priority || a.addedAt - b.addedAt))
      this.#place(row);
    for (const row of rows) {
      const isIdle = !isWanted(row) && row.intent !== 'remove' && !this.#runs.has(row.id);
      if (isIdle) this.#tools.onLive(row.id, null);
    }
  }

  #place(row: TitleRow): void {
    const { onLive, clock, concurrency } = this.#tools;
    const obstacle = this.#obstacle();
    const wait = this.#waits.get(row.id);
    if (obstacle !== null) {
      onLive(row.id, { status: 'waiting', waitingFor: obstacle, retryAt: null, error: null });
    } else if (wait && wait.until > clock.now()) {
      onLive(row.id, { status: 'waiting', waitingFor: 'retry', retryAt: wait.until, error: wait.error });
    } else if (this.#runs.size >= concurrency) {
      onLive(row.id, { status: 'queued' });
    } else {
      this.#start(row);
    }
  }

  #obstacle(): 'network' | 'unmetered-network' | null {
    const { network, isMeteredAllowed } = this.#tools;
    if (!network.isOnline()) return 'network';
    return network.isMetered() && !isMeteredAllowed() ? 'unmetered-network' : null;
  }

  #start(row: TitleRow): void {
    const controller = new AbortController();
    const { onLive } = this.#tools;
    const ended = runTitle(row, this.#tools, {
      signal: controller.signal,
      onLive: (stage) => {
        if (!controller.signal.aborted) onLive(row.id, stage);
      },
    })
      .then((outcome) => this.#settle(row, outcome))
      // The index cannot be written: there is nowhere to tell it but to the viewer, who may try again.
      .catch(() => this.#wait(row.id, new PlaybackError('storage-failed').toJSON()))
      .finally(() => {
        this.#runs.delete(row.id);
        this.look();
      });
    this.#runs.set(row.id, { controller, ended });
  }

  async #settle(row: TitleRow, outcome: Outcome<null>): Promise<void> {
    switch (outcome.status) {
      case 'done':
        return this.#complete(row);
      case 'stopped':
        return this.#count(row);
      case 'changed':
        return this.#renew(row);
      case 'failed':
        await this.#count(row);
        if (outcome.isTransient) return this.#wait(row.id, outcome.error);
        return this.#fail(row, outcome.error);
      default:
        outcome satisfies never;
    }
  }

  async #complete(row: TitleRow): Promise<void> {
    const { shelf, service } = this.#tools;
    const bytes = await this.#measure(row);
    const now = await shelf.update(row.id, (current) =>
      current?.pack === row.pack
        ? {
            ...current,
            isComplete: true,
            wasComplete: true,
            receivedBytes: bytes,
            lastPack: null,
            plan: current.plan && { ...current.plan, totalBytes: bytes },
          }
        : undefined,
    );
    this.forgetWait(row.id);
    if (row.lastPack !== null && now?.lastPack === null) await service.remove(row.lastPack);
  }

  async #count(row: TitleRow): Promise<void> {
    const bytes = await this.#measure(row);
    await this.#tools.shelf.update(row.id, (current) =>
      current?.pack === row.pack && current.receivedBytes !== bytes
        ? { ...current, receivedBytes: bytes }
        : undefined,
    );
  }

  async #measure({ pack, receivedBytes }: TitleRow): Promise<number> {
    const outcome = await this.#tools.service.measure(pack);
    return outcome.status === 'done' ? outcome.value.bytes : receivedBytes;
  }

  /** Begins anew with what the server has now. A version that was whole stays until this one is. */
  async #renew(row: TitleRow): Promise<void> {
    const changes = (this.#changes.get(row.id) ?? 0) + 1;
    this.#changes.set(row.id, changes);
    if (changes > MAX_CHANGES) return this.#fail(row, new PlaybackError('download-changed').toJSON());

    const generation = row.generation + 1;
    const pack = await packName(row.id, generation);
    await this.#tools.shelf.update(row.id, (current) =>
      current?.pack === row.pack
        ? {
            ...current,
            generation,
            pack,
            lastPack: row.wasComplete ? row.pack : row.lastPack,
            isComplete: false,
            wasComplete: false,
            receivedBytes: 0,
            plan: null,
          }
        : undefined,
    );
    if (!row.wasComplete) await this.#tools.service.remove(row.pack);
  }

  async #fail(row: TitleRow, error: PlaybackErrorDocument): Promise<void> {
    await this.#tools.shelf.update(row.id, (current) => current && { ...current, error });
  }

  #wait(id: string, error: PlaybackErrorDocument): void {
    const { clock, random } = this.#tools;
    const attempt = (this.#waits.get(id)?.attempt ?? 0) + 1;
    this.#waits.get(id)?.cancel();
    const milliseconds = retryDelay(attempt, random());
    const cancel = clock.schedule(() => this.look(), milliseconds);
    this.#waits.set(id, { attempt, until: clock.now() + milliseconds, error, cancel });
  }

  #endWaits(): void {
    for (const [id, wait] of this.#waits) {
      wait.cancel();
      this.#waits.set(id, { ...wait, until: 0 });
    }
  }

  #remove(row: TitleRow): void {
    if (this.#removals.has(row.id)) return;

    this.#tools.onLive(row.id, { status: 'removing' });
    const done = this.#free(row)
      .catch(() => {})
      .finally(() => this.#removals.delete(row.id));
    this.#removals.set(row.id, done);
  }

  /** License first: without its row nobody would know of it. What is cut short begins again at the next start. */
  async #free(row: TitleRow): Promise<void> {
    const { shelf, service, licenses, onLive } = this.#tools;
    await this.#runs.get(row.id)?.ended;
    await licenses.remove(row.id);
    await service.remove(row.pack);
    if (row.lastPack !== null) await service.remove(row.lastPack);
    this.forgetWait(row.id);
    onLive(row.id, null);
    await shelf.update(row.id, (current) => (current?.intent === 'remove' ? null : undefined));
  }
}

function isWanted({ intent, isComplete, error }: TitleRow): boolean {
  return intent === 'download' && !isComplete && error === null;
}
