import { rejection } from '../abort/rejection.js';
import type { Authorizer, AuthorizeReason } from '../authorize/authorizer.js';
import { systemClock, type Clock } from '../clock/clock.js';
import { isPlaybackError, PlaybackError, toPlaybackError } from '../error/playback-error.js';
import type { OpenStep } from '../timeline/drm-timeline.js';
import type { TimelineDetail } from '../timeline/timeline-detail.js';
import type {
  KeySystemConfiguration,
  LicenseMessageType,
  LicenseRequest,
  LicenseResponse,
  Source,
} from '../source/source.js';
import { readAnswer } from './read-answer.js';
import { checkLicense } from './check-license.js';
import { unwrapLicense } from './unwrap-license.js';

/** How long one attempt may take until the answer has arrived whole, in milliseconds. */
export const LICENSE_TIMEOUT_MS = 10_000;

/** Pause before the second attempt, in milliseconds, before jitter. */
const RETRY_DELAY_MS = 400;

/** A message of the content decryption module that wants an answer. */
export interface LicenseExchange {
  readonly url: string;
  readonly message: Uint8Array;
  readonly messageType: LicenseMessageType;
  readonly keySystem: string;
  readonly configuration: KeySystemConfiguration;
  readonly source: Source | undefined;
  readonly sessionId: string;
  readonly initDataType: string | null;
  readonly initData: Uint8Array | null;
  readonly keyIds: readonly string[];
  /** Headers that the key system itself asks for, such as PlayReady's SOAPAction. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
  /** Told when an attempt begins; what it returns, when that has ended, and how. */
  readonly onAttempt?: ((detail: TimelineDetail) => OpenStep) | undefined;
}

/** What an attempt finds out on its way. */
interface AttemptNotes {
  authorizeMs?: number;
  httpStatus?: number;
}

/** What a {@link LicenseClient} is made of. */
export interface LicenseClientOptions {
  readonly authorizer: Authorizer;
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch | undefined;
  /** @default the clock of the machine */
  readonly clock?: Clock | undefined;
  /** A number from 0 to 1, for jitter. @default Math.random */
  readonly random?: (() => number) | undefined;
  /** @default 10,000 */
  readonly timeoutMs?: number | undefined;
}

/**
 * The one place that talks to license servers: it builds the request, authorizes, sends, unwraps and judges the answer.
 *
 * It ends in a license or in a {@link PlaybackError} within a bounded time: one attempt, one more where the server failed
 * or could not be reached, and one more with fresh credentials after a 401, each under a timeout.
 */
export class LicenseClient {
  readonly #authorizer: Authorizer;
  readonly #fetch: typeof fetch;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #timeoutMs: number;

  constructor(options: LicenseClientOptions) {
    this.#authorizer = options.authorizer;
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#timeoutMs = options.timeoutMs ?? LICENSE_TIMEOUT_MS;
  }

  /**
   * Gets the license for one message.
   *
   * @throws PlaybackError with a code of the `license-…` family, or the one that the server's problem document names.
   * @throws the signal's reason when `exchange.signal` is aborted.
   */
  async acquire(exchange: LicenseExchange): Promise<Uint8Array> {
    let reason: AuthorizeReason = 'initial';
    let mayAskAgain = this.#authorizer.isConfigured();
    let mayRetry = true;

    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(exchange, attempt, reason);
      } catch (error) {
        exchange.signal.throwIfAborted();
        reason = 'initial';

        if (isPlaybackError(error) && error.httpStatus === 401 && mayAskAgain) {
          mayAskAgain = false;
          reason = 'unauthorized';
        } else if (isTransient(error) && mayRetry) {
          mayRetry = false;
          await this.#pause(exchange.signal);
        } else {
          throw toPlaybackError(error);
        }
      }
    }
  }

  async #attempt(exchange: LicenseExchange, attempt: number, reason: AuthorizeReason): Promise<Uint8Array> {
    const deadline = new AbortController();
    const cancelTimer = this.#clock.schedule(
      () => deadline.abort(new PlaybackError('license-timeout')),
      this.#timeoutMs,
    );
    const signal = AbortSignal.any([exchange.signal, deadline.signal]);
    const { messageType, message, onAttempt } = exchange;
    const step = onAttempt?.({ attempt, messageType, requestBytes: message.byteLength });
    const notes: AttemptNotes = {};

    try {
      // Callbacks of the page may ignore the signal, so the deadline also races them.
      const license = await Promise.race([
        this.#exchange(exchange, attempt, reason, signal, notes),
        rejection(signal),
      ]);
      step?.end('ok', { ...notes, responseBytes: license.byteLength });
      return license;
    } catch (error) {
      step?.end('failed', { ...notes, ...(isPlaybackError(error) && { errorCode: error.code }) });
      throw error;
    } finally {
      cancelTimer();
    }
  }

  async #exchange(
    exchange: LicenseExchange,
    attempt: number,
    reason: AuthorizeReason,
    signal: AbortSignal,
    notes: AttemptNotes,
  ): Promise<Uint8Array> {
    const request = await this.#prepare(exchange, attempt, reason, signal, notes);
    const response = await this.#send(request, notes);
    const license = await unwrapLicense(exchange.configuration, response, exchange.keySystem);

    checkLicense(license, response, exchange);
    return license;
  }

  async #prepare(
    exchange: LicenseExchange,
    attempt: number,
    reason: AuthorizeReason,
    signal: AbortSignal,
    notes: AttemptNotes,
  ): Promise<LicenseRequest> {
    const { url, keySystem, configuration, source } = exchange;
    const askedAt = this.#clock.now();
    const credentials = await this.#authorizer.headersFor({
      purpose: 'license',
      url,
      source,
      keySystem,
      reason,
      signal,
    });
    notes.authorizeMs = this.#clock.now() - askedAt;
    const request: LicenseRequest = {
      url,
      method: 'POST',
      headers: mergeHeaders(
        { 'content-type': 'application/octet-stream' },
        exchange.headers,
        this.#fixedHeaders(exchange),
        credentials,
      ),
      body: exchange.message as Uint8Array<ArrayBuffer>,
      keySystem,
      messageType: exchange.messageType,
      sessionId: exchange.sessionId,
      initDataType: exchange.initDataType,
      initData: exchange.initData,
      keyIds: exchange.keyIds,
      attempt,
      signal,
    };

    return prepareByPage(configuration, request);
  }

  /** A manifest may name any license server: what is meant for the page's own goes only where credentials may go. */
  #fixedHeaders({ url, configuration, source }: LicenseExchange): KeySystemConfiguration['headers'] {
    const isOwnChoice = configuration.licenseUrl !== undefined;
    return isOwnChoice || this.#authorizer.isAllowed(url, source) ? configuration.headers : undefined;
  }

  async #send(request: LicenseRequest, notes: AttemptNotes): Promise<LicenseResponse> {
    let answer: Response;
    try {
      answer = await this.#fetch(request.url, {
        method: request.method,
        headers: request.headers,
        body: request.body,
        signal: request.signal,
        cache: 'no-store',
        // A redirect would carry the message and all headers but Authorization to an origin that nobody has allowed.
        redirect: 'error',
      });
    } catch (cause) {
      request.signal.throwIfAborted();
      throw new PlaybackError('license-unreachable', { cause });
    }

    notes.httpStatus = answer.status;
    return readAnswer(answer, request);
  }

  #pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.schedule(
        () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
        RETRY_DELAY_MS * (0.5 + this.#random()),
      );
      const onAbort = () => {
        cancel();
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}

async function prepareByPage(
  configuration: KeySystemConfiguration,
  request: LicenseRequest,
): Promise<LicenseRequest> {
  if (!configuration.prepareRequest) return request;

  try {
    return await configuration.prepareRequest(request);
  } catch (cause) {
    request.signal.throwIfAborted();
    if (isPlaybackError(cause)) throw cause;

    const message = '`prepareRequest` threw or rejected; see `cause`.';
    throw new PlaybackError('license-request-failed', { message, cause });
  }
}

/** Later records win. Names are compared as HTTP does: `fetch` would join two spellings of one into a single value. */
function mergeHeaders(
  ...records: readonly (Readonly<Record<string, string>> | undefined)[]
): Record<string, string> {
  return Object.fromEntries(
    records.flatMap((record) =>
      Object.entries(record ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const),
    ),
  );
}

function isTransient(error: unknown): boolean {
  return (
    isPlaybackError(error) && (error.code === 'license-server-error' || error.code === 'license-unreachable')
  );
}
