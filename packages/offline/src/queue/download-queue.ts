import { PlaybackError, toPlaybackError } from '@secure-player/core';

import type { TitleRow } from '../titles/title-row.js';
import { errorOf, type Outcome } from '../worker/outcome.js';
import type { LiveStage } from './live-stage.js';
import type { NetworkMonitor } from './network-monitor.js';
import { OldPacks } from './old-packs.js';
import { RetryWaits } from './retry-waits.js';
import { runTitle, type RunTools } from './run-title.js';
import { TitleResults } from './title-results.js';

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
  readonly pack: string;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
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
  readonly #clearings = new Set<Promise<void>>();
  readonly #oldPacks = new OldPacks();
  readonly #waits: RetryWaits;
  /** Apart from those: what waits to be fetched does not wait to be removed. */
  readonly #removalWaits: RetryWaits;
  readonly #results: TitleResults;
  readonly #changes = new Map<string, number>();
  #unsubscribe = () => {};
  #isRunning = false;

  constructor(tools: QueueTools) {
    this.#tools = tools;
    const { clock, random } = tools;
    this.#results = new TitleResults(tools);
    const waits = { clock, random, onOver: () => this.look() };
    this.#waits = new RetryWaits(waits);
    this.#removalWaits = new RetryWaits(waits);
  }

  begin(): void {
    this.#isRunning = true;
    this.#unsubscribe = this.#tools.network.subscribe(() => {
      // Whatever it waited for may be there.
      if (this.#tools.network.isOnline()) this.#endWaits();
      this.look();
    });
    this.look();
  }

  /** Stops all work, and resolves when it has stopped. What is here stays. */
  async end(): Promise<void> {
    this.#isRunning = false;
    this.#unsubscribe();
    this.#endWaits();
    for (const { controller } of this.#runs.values()) controller.abort();
    await Promise.all([...this.#runs.values()].map(({ ended }) => ended));
    await Promise.all([...this.#removals.values(), ...this.#clearings]);
  }

  /** The viewer wants another attempt now. */
  forgetWait(id: string): void {
    this.#waits.forget(id);
    this.#removalWaits.forget(id);
    this.#changes.delete(id);
  }

  /** Looks what there is to do. Nothing is, before `begin` and after `end`. */
  look(): void {
    if (!this.#isRunning) return;

    const rows = this.#tools.shelf.list();
    for (const [id, { controller, pack }] of this.#runs) {
      const row = this.#tools.shelf.get(id);
      if (row?.pack !== pack || !isWanted(row) || this.#obstacle() !== null) controller.abort();
    }
    for (const row of rows) for (const pack of this.#oldPacks.leftBy(row)) this.#clear(row.id, pack);
    for (const row of rows) if (row.intent === 'remove') this.#remove(row);

    const isBusy = ({ id }: TitleRow) => this.#runs.has(id) || this.#removals.has(id);
    const wanted = rows.filter((row) => isWanted(row) && !isBusy(row));
    for (const row of wanted.sort((a, b) => b.priority - a.priority || a.addedAt - b.addedAt))
      this.#place(row);
    for (const row of rows) {
      const isIdle = !isWanted(row) && row.intent !== 'remove' && !isBusy(row);
      if (isIdle) this.#tools.onLive(row.id, null);
    }
  }

  #endWaits(): void {
    this.#waits.endAll();
    this.#removalWaits.endAll();
  }

  #place(row: TitleRow): void {
    const { onLive, concurrency } = this.#tools;
    const obstacle = this.#obstacle();
    const wait = this.#waits.get(row.id);
    if (obstacle !== null) {
      onLive(row.id, { status: 'waiting', waitingFor: obstacle, retryAt: null, error: null });
    } else if (wait !== null) {
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
      .catch(() => this.#waits.begin(row.id, new PlaybackError('storage-failed').toJSON()))
      .finally(() => {
        this.#runs.delete(row.id);
        this.look();
      });
    this.#runs.set(row.id, { pack: row.pack, controller, ended });
  }

  async #settle(row: TitleRow, outcome: Outcome<null>): Promise<void> {
    switch (outcome.status) {
      case 'done':
        return this.#complete(row);
      case 'stopped':
        await this.#results.count(row);
        return;
      case 'changed':
        return this.#renew(row);
      case 'failed': {
        const bytes = await this.#results.count(row);
        if (!outcome.isTransient) return this.#results.fail(row, outcome.error);
        // What goes on, if with interruptions, need not wait longer each time.
        if (bytes > row.receivedBytes) this.#waits.forget(row.id);
        return this.#waits.begin(row.id, outcome.error);
      }
      default:
        outcome satisfies never;
    }
  }

  async #complete(row: TitleRow): Promise<void> {
    await this.#results.complete(row);
    this.forgetWait(row.id);
  }

  /** Begins anew with what the server has now. A version that was whole stays until this one is. */
  async #renew(row: TitleRow): Promise<void> {
    const changes = (this.#changes.get(row.id) ?? 0) + 1;
    this.#changes.set(row.id, changes);
    if (changes > MAX_CHANGES) {
      return this.#results.fail(row, new PlaybackError('download-changed').toJSON());
    }

    await this.#results.renew(row);
  }

  /** Frees a pack that no title names any more. What goes wrong is put right at the next start. */
  #clear(id: string, pack: string): void {
    const work = async () => {
      await this.#runs.get(id)?.ended;
      await this.#tools.service.remove(pack);
    };
    const done = work()
      .catch(() => {})
      .finally(() => this.#clearings.delete(done));
    this.#clearings.add(done);
  }

  #remove(row: TitleRow): void {
    if (this.#removals.has(row.id) || this.#removalWaits.get(row.id) !== null) return;

    this.#tools.onLive(row.id, { status: 'removing' });
    const done = this.#free(row)
      .catch((error: unknown) => {
        // The next start sees to it.
        if (!this.#isRunning) return;
        this.#removalWaits.begin(row.id, toPlaybackError(error, 'storage-failed').toJSON());
      })
      .finally(() => {
        this.#removals.delete(row.id);
        // It may be wanted anew by now.
        this.look();
      });
    this.#removals.set(row.id, done);
  }

  /** License first, and only when that is known to be given back: without its row nobody would know of it. What is cut short begins again at the next start. */
  async #free(row: TitleRow): Promise<void> {
    const { shelf, licenses, onLive } = this.#tools;
    await this.#runs.get(row.id)?.ended;
    await licenses.remove(row.id);
    await this.#removePack(row.pack);
    if (row.lastPack !== null) await this.#removePack(row.lastPack);
    this.forgetWait(row.id);
    onLive(row.id, null);
    await shelf.update(row.id, (current) => (current?.intent === 'remove' ? null : undefined));
    if (!shelf.get(row.id)) this.#oldPacks.forget(row.id);
  }

  async #removePack(pack: string): Promise<void> {
    const outcome = await this.#tools.service.remove(pack);
    if (outcome.status === 'failed') throw errorOf(outcome.error);
  }
}

function isWanted({ intent, isComplete, error }: TitleRow): boolean {
  return intent === 'download' && !isComplete && error === null;
}
