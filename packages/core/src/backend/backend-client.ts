import { rejection } from '../abort/rejection.js';
import { Authorizer, type AuthorizeReason } from '../authorize/authorizer.js';
import { systemClock, type Clock } from '../clock/clock.js';
import { isPlaybackError, PlaybackError, toPlaybackError } from '../error/playback-error.js';
import { errorFromAnswer } from '../error/problem-error.js';
import { parseJson, readBounded } from '../license/read-answer.js';
import type { HttpBackendOptions } from './create-http-backend.js';

const TIMEOUT_MS = 10_000;

/** One request to the entitlement server. */
export interface BackendCall<Answer> {
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | undefined;
  /** Behind the server's `baseUrl`. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Lets the request outlive the page. */
  readonly keepalive?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly read: Reader<Answer>;
  /** Makes an answer of an unsuccessful one where its body says more than an error holds. @default none */
  readonly readRefusal?: ((error: PlaybackError, body: unknown) => Answer | null) | undefined;
}

/** What is made of a parsed body, whose relative URLs start at `url`; null where it is something else. */
export type Reader<Answer> = (value: unknown, url: string) => Answer | null;

/** Sends a backend's requests: bounded in time, with credentials, and once more with fresh ones after a 401. */
export class BackendClient {
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

  /** @throws PlaybackError; the signal's reason after an abort. */
  async send<Answer>(call: BackendCall<Answer>): Promise<Answer> {
    const url = this.#resolve(call.path);
    const { signal = new AbortController().signal } = call;

    try {
      return await this.#attempt(url, call, 'initial', signal);
    } catch (error) {
      signal.throwIfAborted();
      const isRefused = isPlaybackError(error) && error.httpStatus === 401;
      if (!isRefused || !this.#authorizer.isConfigured()) throw toPlaybackError(error);
    }

    try {
      return await this.#attempt(url, call, 'unauthorized', signal);
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
    call: BackendCall<Answer>,
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
      return await Promise.race([this.#exchange(url, call, reason, signal), rejection(signal)]);
    } finally {
      cancelTimer();
    }
  }

  async #exchange<Answer>(
    url: string,
    call: BackendCall<Answer>,
    reason: AuthorizeReason,
    signal: AbortSignal,
  ): Promise<Answer> {
    const credentials = await this.#authorizer.headersFor({ purpose: 'entitlement', url, reason, signal });
    signal.throwIfAborted();
    const headers = { accept: 'application/json', ...call.headers, ...credentials };
    const response = await this.#fetchAnswer(url, call, headers, signal);
    const body = parseJson(await readBounded(response, signal));
    if (!response.ok) {
      const error = errorFromAnswer(response.status, body, 'entitlement');
      const refusal = call.readRefusal?.(error, body) ?? null;
      if (refusal === null) throw error;
      return refusal;
    }

    const answer = call.read(body, url);
    if (answer !== null) return answer;
    throw new PlaybackError('license-malformed', {
      httpStatus: response.status,
      message: 'The entitlement server answered with something else. Check `baseUrl`.',
    });
  }

  async #fetchAnswer(
    url: string,
    { method, body, keepalive }: BackendCall<unknown>,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Response> {
    try {
      return await this.#fetch(url, {
        signal,
        cache: 'no-store',
        // A redirect would carry all headers but Authorization to an origin that nobody has allowed.
        redirect: 'error',
        headers: body ? { 'content-type': 'application/json', ...headers } : headers,
        ...(method !== undefined && { method }),
        ...(keepalive !== undefined && { keepalive }),
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw new PlaybackError('entitlement-failed', {
        message: 'The entitlement server could not be reached: no network, a redirect, or CORS forbids it.',
        cause,
      });
    }
  }
}
