import { planTitle } from '../plan/plan-title.js';
import { expectedBytesOf } from '../plan/order-resources.js';
import type { DownloadTrack } from '../downloads/download.js';
import { fetchAnswer, type Network } from '../transfer/fetch-answer.js';
import { toOutcome, type Outcome } from './outcome.js';
import {
  TitleJob,
  toDownloadTrack,
  type JobRequest,
  type JobTools,
  type OnProgress,
  type PreparedTitle,
} from './title-job.js';

/** What a page can be asked by the worker. `null` where it has no credentials to give. */
export type AskPage = Network['authorize'];

/** What a title offers, and about how many bytes each track is. */
export interface Inspection {
  readonly tracks: readonly DownloadTrack[];
  readonly chosenTrackIds: readonly string[];
  readonly bytesByTrack: Readonly<Record<string, number>>;
}

/** A title to be read, under a name by which that is stopped. */
export type InspectRequest = Omit<JobRequest, 'pack'> & { readonly name: string };

interface OpenJob {
  readonly controller: AbortController;
  readonly job: Promise<TitleJob>;
  /** What it does at the moment; never rejects. */
  work: Promise<unknown>;
}

/** How often progress is told, at most, in milliseconds: more would wake the page for what nobody can see. */
const PROGRESS_MS = 200;

/**
 * The work of downloads: reading, fetching, writing, counting. It lives in a worker, and knows nothing of what a viewer
 * wants. Nothing here rejects; what becomes of a piece of work is its outcome.
 */
export class DownloadService {
  readonly #tools: Omit<JobTools, 'network'>;
  readonly #network: Omit<Network, 'authorize'>;
  readonly #jobs = new Map<string, OpenJob>();
  readonly #inspections = new Map<string, AbortController>();

  constructor(tools: Omit<JobTools, 'network'>, network: Omit<Network, 'authorize'>) {
    this.#tools = tools;
    this.#network = network;
  }

  /** Reads a title without keeping anything. */
  inspect({ name, source, preferences }: InspectRequest, ask: AskPage): Promise<Outcome<Inspection>> {
    const controller = new AbortController();
    const { signal } = controller;
    this.#inspections.set(name, controller);
    const network = { ...this.#network, authorize: ask };
    return toOutcome(async () => {
      const plan = await planTitle(source, preferences, (url) =>
        fetchAnswer({ url, range: null, purpose: 'manifest' }, network, signal),
      );
      return {
        tracks: plan.offered.map(toDownloadTrack),
        chosenTrackIds: plan.chosen.map(({ id }) => id),
        bytesByTrack: Object.fromEntries(plan.offered.map((track) => [track.id, expectedBytesOf(track)])),
      };
    }, signal).finally(() => this.#inspections.delete(name));
  }

  /** Opens the pack of a title and reads its manifest. What was opened before under this name is stopped. */
  prepare(request: JobRequest, ask: AskPage): Promise<Outcome<PreparedTitle>> {
    const isFree = this.stop(request.pack);
    const controller = new AbortController();
    const { signal } = controller;
    const tools = { ...this.#tools, network: { ...this.#network, authorize: ask } };
    const job = isFree.then(() => TitleJob.open(request, tools));
    const outcome = toOutcome(async () => (await job).prepare(signal), signal);
    this.#jobs.set(request.pack, { controller, job, work: outcome });
    return outcome;
  }

  /** Fetches all that is missing of a title that was prepared. */
  async transfer(pack: string, onProgress: OnProgress): Promise<Outcome<null>> {
    const open = this.#jobs.get(pack);
    if (!open) return { status: 'stopped' };

    const { signal } = open.controller;
    const outcome = toOutcome(async () => {
      await (await open.job).transfer(signal, this.#sparing(onProgress));
      return null;
    }, signal);
    open.work = outcome;
    return outcome;
  }

  /** Stops what is done to a pack, or under the name of an inspection. Resolves when its file is closed. */
  async stop(pack: string): Promise<void> {
    this.#inspections.get(pack)?.abort();
    const open = this.#jobs.get(pack);
    if (!open) return;

    open.controller.abort();
    await open.work;
    const job = await open.job.catch(() => null);
    await job?.close().catch(() => {});
    if (this.#jobs.get(pack) === open) this.#jobs.delete(pack);
  }

  /** Forgets a pack: its rows first, then its file. */
  remove(pack: string): Promise<Outcome<null>> {
    return toOutcome(async () => {
      await this.stop(pack);
      await this.#tools.index.forget(pack);
      await this.#tools.packs.remove(pack);
      return null;
    }, new AbortController().signal);
  }

  /** Frees every pack that no title names. Resolves with how many there were. */
  collect(named: readonly string[]): Promise<Outcome<number>> {
    const { index, packs } = this.#tools;
    return toOutcome(async () => {
      const found = new Set([...(await index.packs()), ...(await packs.list())]);
      const orphans = [...found].filter((pack) => !named.includes(pack));
      for (const pack of orphans) {
        await index.forget(pack);
        await packs.remove(pack);
      }
      return orphans.length;
    }, new AbortController().signal);
  }

  /** Bytes that are here of a pack, by its rows, and whether its file is as long as they say. */
  measure(pack: string): Promise<Outcome<{ readonly bytes: number; readonly isIntact: boolean }>> {
    const { index, packs } = this.#tools;
    return toOutcome(async () => {
      const rows = await index.list(pack);
      const end = rows.reduce((last, { offset, length }) => Math.max(last, offset + length), 0);
      const bytes = rows.reduce((sum, { isDamaged, length }) => sum + (isDamaged ? 0 : length), 0);
      const isThere = rows.length > 0 && (end === 0 || ((await packs.size(pack)) ?? 0) >= end);
      return { bytes, isIntact: isThere && rows.every(({ isDamaged }) => !isDamaged) };
    }, new AbortController().signal);
  }

  #sparing(onProgress: OnProgress): OnProgress {
    const { clock } = this.#network;
    let toldAt = Number.NEGATIVE_INFINITY;
    return (receivedBytes, totalBytes) => {
      const now = clock.now();
      if (now - toldAt < PROGRESS_MS && now >= toldAt && receivedBytes < totalBytes) return;
      toldAt = now;
      onProgress(receivedBytes, totalBytes);
    };
  }
}
