import type { SystemName } from '../../catalog/system-name.js';
import { ProblemError } from '../../http/problem-error.js';
import type { UpstreamAnswer, UpstreamRequest } from '../license-upstream.js';
import { answerMediaType } from './answer-media-type.js';
import type { OutgoingRequest } from './ask-once.js';
import type { BreakerState } from './circuit-breaker.js';
import type { GuardedExchange } from './guarded-exchange.js';
import type { MonitoredUpstream } from './monitored-upstream.js';
import type { UpstreamAdapter } from './upstream-adapter.js';
import type { UpstreamCounts } from './upstream-counts.js';

/** What a license server is reached with; checked. */
export interface HttpLicenseServerOptions {
  /** Its kind, for metrics. */
  readonly kind: string;
  /** Where each key system's messages go. A system that is missing has no licenses. */
  readonly urls: { readonly [System in SystemName]?: string | undefined };
  readonly adapter: UpstreamAdapter;
  readonly exchange: GuardedExchange;
}

/**
 * A license server at an address. When a second attempt is made, and that no token goes out twice: {@link GuardedExchange}.
 *
 * `send` rejects with the reason of `request.signal` when that aborts, and with a `ProblemError` otherwise.
 */
export class HttpLicenseServer implements MonitoredUpstream {
  readonly kind: string;
  readonly systems: readonly SystemName[];
  readonly #options: HttpLicenseServerOptions;

  constructor(options: HttpLicenseServerOptions) {
    this.kind = options.kind;
    this.systems = options.adapter.systems.filter((system) => options.urls[system] !== undefined);
    this.#options = options;
  }

  get tellsTenant(): boolean {
    return this.#options.adapter.tellsTenant;
  }

  get breaker(): BreakerState {
    return this.#options.exchange.breaker;
  }

  get counts(): UpstreamCounts {
    return this.#options.exchange.counts;
  }

  async send(request: UpstreamRequest): Promise<UpstreamAnswer> {
    const { adapter, exchange } = this.#options;
    const { system } = request.grant;
    const url = this.#urlFor(system);
    return exchange.ask(
      {
        prepare: async () => toOutgoing(url, request, adapter),
        read({ body, contentType }) {
          const answer = { body, contentType: answerMediaType(contentType, system) };
          return adapter.unwrap?.(answer, request) ?? answer;
        },
      },
      request.signal,
    );
  }

  #urlFor(system: SystemName): string {
    const url = this.systems.includes(system) ? this.#options.urls[system] : undefined;
    if (url === undefined) throw new ProblemError('key-system-unsupported');
    return url;
  }
}

async function toOutgoing(
  url: string,
  request: UpstreamRequest,
  adapter: UpstreamAdapter,
): Promise<OutgoingRequest> {
  const { headers, message } = await adapter.prepare(request);
  const contentType = message?.contentType ?? toHeader(request.contentType);
  const soapAction = toHeader(request.soapAction);
  return {
    url,
    method: 'POST',
    headers: {
      ...(contentType !== null && { 'Content-Type': contentType }),
      ...(soapAction !== null && { SOAPAction: soapAction }),
      ...headers,
    },
    body: message?.body ?? request.message,
  };
}

const HEADER_VALUE = /^[\x20-\x7e]{1,256}$/;

/** Players write these headers, so that one which cannot be sent is left out. */
function toHeader(value: string | null): string | null {
  return value !== null && HEADER_VALUE.test(value) ? value : null;
}
