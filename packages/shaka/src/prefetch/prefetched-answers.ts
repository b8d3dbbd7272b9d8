import { systemClock, type Clock } from '@secure-player/core';

import type { ReadyAnswer } from '../ready-answers.js';

/** What an answer was asked with. It is for no request that carries anything else. */
export interface PrefetchedRequest {
  readonly url: string;
  /** The credentials, as they were sent. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Entry extends PrefetchedRequest {
  readonly answer: Promise<ReadyAnswer | null>;
  remove(): void;
}

/** From a pointer on a title to the click, and not much longer: what is then fetched may be new. */
const KEPT_MS = 30_000;
/** A page may fetch ahead for a row of titles, and most of them are never played. */
const MAX_ENTRIES = 8;

/**
 * Answers that were fetched ahead, each for one later request.
 *
 * One that waits for an answer on its way shares it. One that has other credentials, such as of an account that has signed
 * in since, gets none: a manifest may be made for one account.
 */
export class PrefetchedAnswers {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps an answer that is on its way; null, or a rejection, is that there is none. Gives back what takes it away again. */
  keep(request: PrefetchedRequest, answer: Promise<ReadyAnswer | null>): () => void {
    let cancelTimer = (): void => {};
    const isKept = (): boolean => this.#entries.get(request.url) === entry;
    const remove = (): void => {
      cancelTimer();
      if (isKept()) this.#entries.delete(request.url);
    };
    const entry: Entry = { ...request, answer: answer.catch(() => null), remove };

    this.#entries.get(request.url)?.remove();
    this.#entries.set(request.url, entry);
    const [oldest] = this.#entries.values();
    if (this.#entries.size > MAX_ENTRIES) oldest?.remove();

    void entry.answer.then((kept) => {
      if (!isKept()) return;
      if (kept === null) remove();
      else cancelTimer = this.#clock.schedule(remove, KEPT_MS);
    });

    return remove;
  }

  /** The answer for a request, once; null where there is none, or `signal` is aborted before it comes. */
  async take({ url, headers }: PrefetchedRequest, signal: AbortSignal): Promise<ReadyAnswer | null> {
    const entry = this.#entries.get(url);
    if (!entry || !isSameSet(entry.headers, headers)) return null;

    entry.remove();
    return Promise.race([entry.answer, aborted(signal)]);
  }

  /** Whether there is, or soon will be, an answer to exactly this request. */
  has({ url, headers }: PrefetchedRequest): boolean {
    const entry = this.#entries.get(url);
    return entry !== undefined && isSameSet(entry.headers, headers);
  }
}

/** What has been fetched ahead in this page, for whichever engine plays it. */
export const pageAnswers: PrefetchedAnswers = new PrefetchedAnswers(systemClock);

/** A relative URL starts where `fetch` lets it start. */
export function toAbsolute(url: string): string {
  const base = globalThis.document?.baseURI;
  return URL.canParse(url, base) ? new URL(url, base).href : url;
}

/** Names are compared as HTTP does. */
function isSameSet(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const [first, second] = [toMap(a), toMap(b)];
  return first.size === second.size && [...first].every(([name, value]) => second.get(name) === value);
}

function toMap(headers: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
