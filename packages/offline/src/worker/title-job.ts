import { isSameBytes, type Source } from '@secure-player/core';
import type { KeyId } from '@secure-player/protocol';

import type { AnswerIndex } from '../answers/answer-index.js';
import type { AnswerRow } from '../answers/answer-row.js';
import type { DownloadTrack } from '../downloads/download.js';
import type { DownloadPreferences } from '../downloads/downloads.js';
import { fetchExtras, type ExtraAddresses } from '../plan/extras.js';
import { initDataOf, keyIdsOf, type InitDataOfTitle } from '../plan/init-data-of.js';
import { movedPlan } from '../plan/moved-plan.js';
import { nameOf } from '../plan/order-resources.js';
import { planTitle, type ReadText } from '../plan/plan-title.js';
import type { PlannedResource, TitlePlan } from '../plan/planned-title.js';
import { PackLog, type IncomingAnswer } from '../packs/pack-log.js';
import type { WritablePacks } from '../packs/packs.js';
import { fetchAnswer, type Network } from '../transfer/fetch-answer.js';
import { PART_BYTES } from '../transfer/missing-parts.js';
import { Transfer } from '../transfer/transfer.js';
import { TitleChanged } from '../transfer/transfer-failure.js';

/** A title that is to be downloaded. Its addresses are absolute. */
export interface JobRequest {
  readonly pack: string;
  readonly source: Pick<Source, 'src' | 'type'> & ExtraAddresses;
  readonly preferences: DownloadPreferences;
}

/** What is known of a title once its manifest and its init segments are here. */
export interface PreparedTitle {
  readonly tracks: readonly DownloadTrack[];
  /** An estimate. */
  readonly totalBytes: number;
  readonly receivedBytes: number;
  readonly initData: readonly InitDataOfTitle[];
  readonly keyIds: readonly KeyId[];
  readonly keyUrls: readonly string[];
}

export interface JobTools {
  readonly packs: WritablePacks;
  readonly index: AnswerIndex;
  readonly network: Network;
}

/** Bytes, the second an estimate. */
export type OnProgress = (receivedBytes: number, totalBytes: number) => void;

/** One title, on its way into its pack. First `prepare`, then `transfer`, at last `close`. */
export class TitleJob {
  readonly #request: JobRequest;
  readonly #tools: JobTools;
  readonly #log: PackLog;
  #rows: AnswerRow[];
  #plan: TitlePlan | null = null;

  private constructor(request: JobRequest, tools: JobTools, opened: { log: PackLog; rows: AnswerRow[] }) {
    this.#request = request;
    this.#tools = tools;
    this.#log = opened.log;
    this.#rows = opened.rows;
  }

  /** Opens the pack, which nobody else may have open. */
  static async open(request: JobRequest, tools: JobTools): Promise<TitleJob> {
    return new TitleJob(request, tools, await PackLog.open(request.pack, tools));
  }

  /**
   * Reads the manifest, and fetches what a license is asked for by.
   *
   * @throws TitleChanged where what is here is of another version; as `Transfer.run` and `planTitle` do.
   */
  async prepare(signal: AbortSignal): Promise<PreparedTitle> {
    const { source, preferences } = this.#request;
    const kept = await this.#keptPlan();
    const present = await planTitle(source, preferences, (url) => this.#fetchText(url, signal));
    const plan = kept === null ? present : await this.#goOn(kept, present, signal);

    await this.#keep(plan);
    this.#plan = plan;
    await fetchExtras(this.#extras(), signal);
    await this.#run(beginningsOf(plan), signal, () => {});

    const initSegments = await this.#initSegments(plan);
    return {
      tracks: plan.chosen.map(toDownloadTrack),
      ...this.#transferOf(plan.resources, () => {}).progress,
      initData: initDataOf(initSegments),
      keyIds: [...new Set([...plan.keyIds, ...keyIdsOf(initSegments)])],
      keyUrls: plan.keyUrls,
    };
  }

  /** Fetches all that is missing. @throws as `Transfer.run` does */
  async transfer(signal: AbortSignal, onProgress: OnProgress): Promise<void> {
    if (this.#plan === null) throw new Error('A title is prepared before it is transferred.');
    await this.#run(this.#plan.resources, signal, onProgress);
  }

  /** Keeps what is under way, and lets go of the pack. */
  async close(): Promise<void> {
    await this.#log.close();
  }

  async #run(resources: TitlePlan['resources'], signal: AbortSignal, onProgress: OnProgress): Promise<void> {
    try {
      await this.#transferOf(resources, onProgress).run(signal);
    } finally {
      this.#rows = await this.#tools.index.list(this.#request.pack);
    }
  }

  #transferOf(resources: TitlePlan['resources'], onProgress: OnProgress): Transfer {
    const { network } = this.#tools;
    return new Transfer({ resources, rows: this.#rows, log: this.#log, network, onProgress });
  }

  /** The plan by what is here; `null` where the pack is new, or what is here makes none. */
  async #keptPlan(): Promise<TitlePlan | null> {
    const { source, preferences, pack } = this.#request;
    if (this.#rows.length === 0) return null;
    // A page may name the same title by another address by now, such as a signed one.
    const { url: src } = (await this.#tools.index.manifest(pack)) ?? { url: source.src };
    const read: ReadText = async (url) => {
      const answer = await this.#readKept(url);
      if (answer === null) throw new Error('It is not here.');
      return answer;
    };
    return planTitle({ ...source, src }, preferences, read).catch(() => null);
  }

  async #readKept(url: string): Promise<IncomingAnswer | null> {
    const row = this.#rows.find(
      (candidate) => candidate.url === url && candidate.isWhole && !candidate.isDamaged,
    );
    const data = row && (await this.#tools.packs.read(row.pack, row.offset, row.length));
    return row && data ? { ...row, data } : null;
  }

  /** What is to be done of a title of which something is here. @throws TitleChanged */
  async #goOn(kept: TitlePlan, present: TitlePlan, signal: AbortSignal): Promise<TitlePlan> {
    if (isSameList(kept, present)) return present;

    const plan = movedPlan(kept, present);
    if (plan === null) throw new TitleChanged();
    await this.#requireSame(plan, signal);
    return plan;
  }

  /** At other addresses may be other bytes: of each track, what came last is fetched again, and compared. */
  async #requireSame({ chosen, resources }: TitlePlan, signal: AbortSignal): Promise<void> {
    const latestFirst = this.#rows
      .filter(({ isDamaged }) => !isDamaged)
      .sort((one, other) => other.offset - one.offset);
    for (const track of chosen) {
      const names = new Set(track.resources.map(({ url }) => url));
      const row = latestFirst.find(({ url }) => names.has(url));
      const resource = row && resources.find(({ url }) => url === row.url);
      if (!row || !resource) continue;

      const range = row.isWhole ? null : { start: row.start, end: row.end };
      const question = { url: resource.address ?? resource.url, range, purpose: 'segment' } as const;
      const { sha256 } = await fetchAnswer(question, this.#tools.network, signal);
      if (!isSameBytes(new Uint8Array(row.sha256), new Uint8Array(sha256))) throw new TitleChanged();
    }
  }

  #fetchText(url: string, signal: AbortSignal): Promise<IncomingAnswer> {
    return fetchAnswer({ url, range: null, purpose: 'manifest' }, this.#tools.network, signal);
  }

  async #keep(plan: TitlePlan): Promise<void> {
    const { index } = this.#tools;
    const { pack } = this.#request;
    const isHere = ({ url, sha256 }: IncomingAnswer) =>
      this.#rows.some(
        (row) =>
          row.url === url &&
          !row.isDamaged &&
          isSameBytes(new Uint8Array(row.sha256), new Uint8Array(sha256)),
      );
    await Promise.all(
      plan.answers.filter((answer) => !isHere(answer)).map((answer) => this.#log.add(answer)),
    );
    await index.putManifest({ ...plan.manifest, pack });
    this.#rows = await index.list(pack);
  }

  #extras() {
    const { source } = this.#request;
    const here = new Set(this.#rows.filter(({ isDamaged }) => !isDamaged).map(({ url }) => url));
    return {
      addresses: source,
      isHere: (url: string) => here.has(url),
      readKept: (url: string) => this.#readKept(url),
      log: this.#log,
      network: this.#tools.network,
    };
  }

  async #initSegments({ resources }: TitlePlan): Promise<Uint8Array<ArrayBuffer>[]> {
    const segments = beginningsOf({ resources }).map(async ({ url, range }) => {
      const row = this.#rows.find(
        (candidate) => candidate.url === url && candidate.start === (range?.start ?? 0),
      );
      return row ? this.#tools.packs.read(row.pack, row.offset, row.length) : null;
    });
    return (await Promise.all(segments)).filter((segment) => segment !== null);
  }
}

/** What tells how a title is protected: init segments, and where a track is one file, its first part. */
function beginningsOf({ resources }: Pick<TitlePlan, 'resources'>): PlannedResource[] {
  return resources.flatMap((resource) => {
    if (resource.kind === 'init') return [resource];
    if (resource.kind !== 'file') return [];
    return [{ ...resource, range: { start: 0, end: PART_BYTES - 1 } }];
  });
}

function isSameList(one: TitlePlan, other: TitlePlan): boolean {
  const list = ({ resources }: TitlePlan) => resources.map(nameOf).join('\n');
  return list(one) === list(other);
}

/** What a viewer sees of a track. */
export function toDownloadTrack(track: TitlePlan['chosen'][number]): DownloadTrack {
  const { id, kind, language, label, codecs, width, height, bandwidth } = track;
  return { id, kind, language, label, codecs, width, height, bandwidth };
}
