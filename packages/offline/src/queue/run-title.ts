import { PlaybackError, type Clock, type PlaybackErrorCode, type Source } from '@secure-player/core';

import { licensedSource } from '../downloads/licensed-source.js';
import type { OfflineLicenseStatus } from '../licenses/offline-license.js';
import type { OfflineLicenses } from '../licenses/offline-licenses.js';
import { TransferRate } from '../progress/transfer-rate.js';
import type { TitleRow } from '../titles/title-row.js';
import { wantedProtection } from '../titles/wanted-protection.js';
import type { TitleShelf } from '../titles/title-shelf.js';
import type { AskPage, DownloadService } from '../worker/download-service.js';
import { toOutcome, type Outcome } from '../worker/outcome.js';
import type { PreparedTitle } from '../worker/title-job.js';
import type { LiveStage } from './live-stage.js';

/** The worker's service, as a page reaches it. Its calls reject when the worker is gone. */
export type RemoteService = Pick<
  DownloadService,
  'inspect' | 'prepare' | 'transfer' | 'stop' | 'remove' | 'collect' | 'measure'
>;

/** What it takes to download a title. */
export interface RunTools {
  readonly shelf: TitleShelf;
  readonly service: RemoteService;
  readonly licenses: OfflineLicenses;
  readonly clock: Clock;
  /** Bytes that this site may still store; `null` where the browser does not tell. */
  readonly freeBytes: () => Promise<number | null>;
  /** With the functions and the headers of the page, which are not kept. */
  readonly completeSource: (source: Source) => Source;
  /** How the worker asks for credentials, until `signal` is aborted. */
  readonly askFor: (source: Source, signal: AbortSignal) => AskPage;
}

/** What is different at the next attempt, without anybody doing anything. */
const PASSING: ReadonlySet<PlaybackErrorCode> = new Set([
  'offline',
  'license-unreachable',
  'license-timeout',
  'license-server-error',
  'entitlement-failed',
]);

/** A license that plays, or will when a server has told the time. */
const HELD: ReadonlySet<OfflineLicenseStatus> = new Set(['usable', 'clock-behind']);

/** Downloads one title: manifest, license, bytes. What has come is kept, however it ends. Never rejects. */
export async function runTitle(
  row: TitleRow,
  tools: RunTools,
  { signal, onLive }: { readonly signal: AbortSignal; readonly onLive: (stage: LiveStage) => void },
): Promise<Outcome<null>> {
  const { service } = tools;
  const stop = () => void service.stop(row.pack).catch(() => {});
  signal.addEventListener('abort', stop, { once: true });

  try {
    onLive({ status: 'preparing' });
    const request = { pack: row.pack, source: row.source, preferences: row.preferences };
    const prepared = await service.prepare(request, tools.askFor(row.source, signal));
    if (prepared.status !== 'done') return prepared;

    await keepPlan(row, prepared.value, tools);
    // A license for what does not fit would take the place of another for nothing.
    await requireSpace(prepared.value, tools);
    const licensed = await getLicense(row, prepared.value, tools, signal);
    if (licensed.status !== 'done') return licensed;

    signal.throwIfAborted();
    return await transfer(row, tools, onLive);
  } catch (error) {
    const outcome = await toOutcome(() => Promise.reject(error as Error), signal);
    // The worker is gone, or the index was in the way: there may be another one the next time.
    const isLost = outcome.status === 'failed' && outcome.error.code !== 'storage-full';
    return isLost ? { ...outcome, isTransient: true } : outcome;
  } finally {
    signal.removeEventListener('abort', stop);
    await service.stop(row.pack).catch(() => {});
  }
}

async function keepPlan(
  { id, pack }: TitleRow,
  { tracks, totalBytes, receivedBytes, ...protection }: PreparedTitle,
  { shelf }: RunTools,
): Promise<void> {
  await shelf.update(id, (row) =>
    row?.pack === pack ? { ...row, plan: { tracks, totalBytes, protection }, receivedBytes } : undefined,
  );
}

async function getLicense(
  row: TitleRow,
  { initData, keyIds, keyUrls }: PreparedTitle,
  tools: RunTools,
  signal: AbortSignal,
): Promise<Outcome<null>> {
  const { licenses } = tools;
  const prepared = { initData, keyIds, keyUrls };
  // One license for both takes the place of that of the version that is whole, where that has one to lose.
  const isLastLicensed = HELD.has(licenses.get(row.id)?.status ?? 'missing');
  const protection = (isLastLicensed && wantedProtection(prepared, row)) || prepared;
  const outcome = await toOutcome(async () => {
    const source = await licensedSource(row, tools);
    await licenses.acquire({ id: row.id, source, ...protection }, { signal });
    return null;
  }, signal);
  return outcome.status === 'failed' ? { ...outcome, isTransient: PASSING.has(outcome.error.code) } : outcome;
}

async function requireSpace(
  { totalBytes, receivedBytes }: PreparedTitle,
  { freeBytes }: RunTools,
): Promise<void> {
  const free = await freeBytes();
  if (free !== null && totalBytes - receivedBytes > free) throw new PlaybackError('storage-full');
}

async function transfer(
  row: TitleRow,
  { service, clock }: RunTools,
  onLive: (stage: LiveStage) => void,
): Promise<Outcome<null>> {
  const rate = new TransferRate(clock.now());
  let last: number | null = null;
  return service.transfer(row.pack, (receivedBytes, totalBytes) => {
    if (last !== null) rate.add(receivedBytes - last, clock.now());
    last = receivedBytes;
    onLive({
      status: 'downloading',
      receivedBytes,
      totalBytes,
      bytesPerSecond: rate.bytesPerSecond,
      secondsLeft: rate.secondsFor(totalBytes - receivedBytes),
    });
  });
}
