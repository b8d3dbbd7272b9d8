import { rejection } from '../abort/rejection.js';
import { Authorizer, type Authorize, type AuthorizeReason } from '../authorize/authorizer.js';
import { systemClock, type Clock } from '../clock/clock.js';
import { isPlaybackError, PlaybackError, toPlaybackError } from '../error/playback-error.js';
import { errorFromAnswer } from '../error/problem-error.js';
import { parseJson, readBounded } from '../license/read-answer.js';
import type { EntitlementBackend } from './entitlement-backend.js';
import { readEntitlement } from './read-entitlement.js';
import { readStreams } from './read-streams.js';

/** Options of {@link createHttpBackend}. */
export interface HttpBackendOptions {
  /** Where the server is: an absolute URL, or in a page also a path of its own such as `/`. `/v1/…` is put behind it. */
  readonly baseUrl: string;
  /** Gives requests their credentials, under the purpose `entitlement`; asked once more after a 401. */
  readonly authorize?: Authorize | undefined;
  /**
   * Who is signed in: any id that is another one for each account, never a token. Make another backend when it changes.
   *
   * @default null
   */
  readonly account?: string | null | undefined;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch | undefined;
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
  /** How long one attempt may take until the answer has arrived whole, in milliseconds. @default 10,000 */
  readonly timeoutMs?: number | undefined;
}

const TIMEOUT_MS = 10_000;

/**
 * A backend that speaks to the entitlement server by HTTP.
 *
 * Each question ends in an answer or a `PlaybackError` within a bounded time: one attempt, and one more with fresh
 * credentials after a 401. Whether to ask again after a failure is up to whoever asks; TanStack Query does, by the options
 * in `@secure-player/react/query`. Making a backend does nothing, so it may be made on a server too.
 */
export function createHttpBackend(options: HttpBackendOptions): EntitlementBackend {
  const client = new BackendClient(options);

  return Object.freeze<EntitlementBackend>({
    account: options.account ?? null,
    getEntitlement: (contentId, { format, signal } = {}) => {
      const query = format === undefined ? '' : `?format=${encodeURIComponent(format)}`;
      const path = `/v1/entitlements/${encodeURIComponent(contentId)}${query}`;
      return client.get(path, readEntitlement, signal);
    },
    listStreams: ({ signal } = {}) => client.get('/v1/streams', readStreams, signal),
  });
}

/** What is made of a parsed body, whose relative URLs start at `url`; null where it is something else. */
type Reader<Answer> = (value: unknown, url: string) => Answer | null;

class BackendClient {
  readonly #authorizer: Authorizer;
  readonly #baseUrl: string;
  readonly #fetch: typeof fetch;
  readonly #clock: Clock;
  readonly #timeoutMs: number;

  constructor(options: HttpBackendOptions) {
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.#authorizer = new Authorizer({
      authorize: () => options.authorize,
      authorizedOrigins: () => [options.baseUrl],
      pageUrl: () => globalThis.location?.href,
      pageOrigin: () => globalThis.location?.origin,
    });
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.#clock = options.clock ?? systemClock;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  }

  async get<Answer>(
    path: string,
    read: Reader<Answer>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Answer> {
    const url = this.#resolve(path);

    try {
      return await this.#attempt(url, read, 'initial', signal);
    } catch (error) {
      signal.throwIfAborted();
      const isRefused = isPlaybackError(error) && error.httpStatus === 401;
      if (!isRefused || !this.#authorizer.isConfigured()) throw toPlaybackError(error);
    }

    try {
      return await this.#attempt(url, read, 'unauthorized', signal);
    } catch (error) {
      signal.throwIfAborted();
      throw toPlaybackError(error);
    }
  }

  /** Once, so that what is asked for a credential and what is fetched are the same place. */
  #resolve(path: string): string {
    const pageUrl = globalThis.location?.href;
    const url = `${this.#baseUrl}${path}`;
    if (URL.canParse(url, pageUrl)) return new URL(url, pageUrl).href;

    throw new PlaybackError('entitlement-failed', {
      message: '`baseUrl` must be an absolute URL outside of a page, such as on a server.',
    });
  }

  async #attempt<Answer>(
    url: string,
    read: Reader<Answer>,
    reason: AuthorizeReason,
    caller: AbortSignal,
  ): Promise<Answer> {
    const deadline = new AbortController();
    const signal = AbortSignal.any([caller, deadline.signal]);
    const late = new PlaybackError('entitlement-failed', {
      message: 'The entitlement server did not answer in time.',
    });
    const cancelTimer = this.#clock.schedule(() => deadline.abort(late), this.#timeoutMs);

    try {
      // `authorize` may ignore the signal, so the deadline also races it.
      return await Promise.race([this.#exchange(url, read, reason, signal), rejection(signal)]);
    } finally {
      cancelTimer();
    }
  }

  async #exchange<Answer>(
    url: string,
    read: Reader<Answer>,
    reason: AuthorizeReason,
    signal: AbortSignal,
  ): Promise<Answer> {
    const credentials = await this.#authorizer.headersFor({ purpose: 'entitlement', url, reason, signal });
    signal.throwIfAborted();
    const response = await this.#send(url, { accept: 'application/json', ...credentials }, signal);
    const body = parseJson(await readBounded(response, signal));
    if (!response.ok) throw errorFromAnswer(response.status, body, 'entitlement');

    const answer = read(body, url);
    if (answer !== null) return answer;
    throw new PlaybackError('license-malformed', {
      httpStatus: response.status,
      message: 'The entitlement server answered with something else. Check `baseUrl`.',
    });
  }

  async #send(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    try {
      // A redirect would carry all headers but Authorization to an origin that nobody has allowed.
      return await this.#fetch(url, { headers, signal, cache: 'no-store', redirect: 'error' });
    } catch (cause) {
      signal.throwIfAborted();
      throw new PlaybackError('entitlement-failed', {
        message: 'The entitlement server could not be reached: no network, a redirect, or CORS forbids it.',
        cause,
      });
    }
  }
}
