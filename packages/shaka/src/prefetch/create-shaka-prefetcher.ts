import {
  chooseKeySystem,
  systemClock,
  type AuthorizePurpose,
  type Clock,
  type Prefetcher,
  type PrefetchRequest,
  type StreamType,
} from '@secure-player/core';
import { probeKeySystem } from '@secure-player/core/dom';

import { loadShaka } from '../load-shaka.js';
import type { ReadyAnswer } from '../ready-answers.js';
import { isLiveManifest } from './is-live-manifest.js';
import { pageAnswers, toAbsolute, type PrefetchedAnswers } from './prefetched-answers.js';

/** Options of {@link createShakaPrefetcher}. */
export interface ShakaPrefetcherOptions {
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch | undefined;
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
  /** Where answers are kept for the engines. @default what the engines of this page read */
  readonly answers?: PrefetchedAnswers | undefined;
  /** Loads the streaming engine's code. @default Shaka's build for the format */
  readonly loadEngine?: ((type: 'dash' | 'hls') => Promise<unknown>) | undefined;
}

const TIMEOUT_MS = 10_000;
/** Manifests of long films are a few hundred kilobytes; anything near this bound is something else. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Makes a prefetcher for engines that play by Shaka Player: it loads the build for the format, and fetches the manifest with the
 * page's credentials; on demand it also chooses the key system and fetches its certificate. The next load of the same title
 * with the same credentials, within 30 seconds, is answered from memory. A live manifest is not kept: it would be old. Of a title
 * that is on this device only the engine's code is fetched.
 */
export function createShakaPrefetcher({
  fetch: send = (input, init) => globalThis.fetch(input, init),
  clock = systemClock,
  answers = pageAnswers,
  loadEngine = loadShaka,
}: ShakaPrefetcherOptions = {}): Prefetcher {
  return async (request) => {
    const { source, keySystem = false, signal } = request;
    const fetchAhead = (purpose: AuthorizePurpose, url: string) =>
      prefetch({ ...request, purpose, url, send, clock, answers });
    // What is here and cannot be played now, the player does not play from the network either.
    const kept = await typeOfKept(request).catch(() => source.type);
    if (signal.aborted) return;

    await Promise.allSettled([
      loadEngine(kept ?? source.type),
      !kept && fetchAhead('manifest', source.src),
      !kept && keySystem && fetchCertificateAhead(request, (url) => fetchAhead('certificate', url)),
    ]);
  };
}

/** The format of what this device keeps of a source; undefined where that is nothing. */
async function typeOfKept({
  source,
  offlineTitles,
  signal,
}: PrefetchRequest): Promise<StreamType | undefined> {
  const title = source.id === undefined ? null : await offlineTitles?.open(source, { signal });
  title?.close();
  return title?.type;
}

interface OneFetch extends PrefetchRequest {
  readonly purpose: AuthorizePurpose;
  readonly url: string;
  readonly send: typeof fetch;
  readonly clock: Clock;
  readonly answers: PrefetchedAnswers;
}

async function prefetch(options: OneFetch): Promise<void> {
  const { purpose, source, authorizer, signal, answers } = options;
  const url = toAbsolute(options.url);
  const credentials = await authorizer.headersFor({
    purpose,
    url: options.url,
    source: source.source,
    reason: 'initial',
    signal,
  });
  signal.throwIfAborted();
  const request = { url, headers: credentials };
  if (answers.has(request)) return;

  const answer = fetchBounded(options, request);
  const remove = answers.keep(request, answer);
  signal.addEventListener('abort', remove, { once: true });
  await answer;
}

async function fetchBounded(
  { purpose, send, clock, signal }: OneFetch,
  { url, headers }: { url: string; headers: Readonly<Record<string, string>> },
): Promise<ReadyAnswer | null> {
  const deadline = new AbortController();
  const cancelTimer = clock.schedule(() => deadline.abort(), TIMEOUT_MS);

  try {
    const response = await send(url, { headers, signal: AbortSignal.any([signal, deadline.signal]) });
    if (!response.ok || Number(response.headers.get('content-length')) > MAX_ANSWER_BYTES) return null;

    const data = await response.arrayBuffer();
    if (data.byteLength > MAX_ANSWER_BYTES || (purpose === 'manifest' && isLiveManifest(data))) return null;

    return {
      url: response.url === '' ? url : response.url,
      headers: Object.fromEntries(response.headers.entries()),
      data,
    };
  } finally {
    cancelTimer();
  }
}

/** Of the key system that the engine will choose; one alone is not asked for. */
async function fetchCertificateAhead(
  { source }: PrefetchRequest,
  fetchAhead: (url: string) => Promise<void>,
): Promise<void> {
  const chosen = await chooseKeySystem(source.keySystems, probeKeySystem);
  const url = chosen?.configuration.serverCertificateUrl;
  if (url !== undefined) await fetchAhead(url);
}
