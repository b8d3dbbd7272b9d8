import { isKeyId } from '@secure-player/protocol';
import * as v from 'valibot';

import { SYSTEM_NAMES, type SystemName } from '../../catalog/system-name.js';
import { ProblemError } from '../../http/problem-error.js';
import type { LicenseUpstream, MessageDemand, UpstreamAnswer, UpstreamRequest } from '../license-upstream.js';
import { builtInAdapter, type MintToken } from './adapters/built-in.js';
import type { BreakerState } from './circuit-breaker.js';
import type { GuardedExchange } from './guarded-exchange.js';
import { HttpLicenseServer } from './http-license-server.js';
import type { MonitoredUpstream } from './monitored-upstream.js';
import type { UpstreamCounts } from './upstream-counts.js';

type InspectedMessage = Parameters<NonNullable<LicenseUpstream['inspect']>>[0];

/** What the license server of this package is reached with. */
export interface RemoteLicenseServerOptions {
  /** Its root, with a slash at the end. */
  readonly root: string;
  readonly mintToken: MintToken;
  readonly exchange: GuardedExchange;
}

const fieldName = v.pipe(v.string(), v.regex(/^[\w.[\]]{1,64}$/));

const demandSchema = v.object({
  purpose: v.picklist(['license', 'release', 'service']),
  keyIds: v.pipe(
    v.array(
      v.pipe(
        v.string(),
        v.check((keyId) => isKeyId(keyId)),
      ),
    ),
    v.maxLength(1024),
  ),
  contentId: v.optional(v.string()),
  sessionType: v.picklist(['temporary', 'persistent-license', 'persistent-usage-record']),
  fields: v.object({ keyIds: fieldName, sessionType: fieldName }),
});

/**
 * The license server of this package in a process of its own. Besides licenses it says what a message asks for, which needs no
 * token, and gives its certificates. The proxy's own requests are not a player's: they end by the time limit alone.
 */
export class RemoteLicenseServer implements MonitoredUpstream {
  readonly kind = 'license-server';
  readonly systems = SYSTEM_NAMES;
  readonly #root: string;
  readonly #exchange: GuardedExchange;
  readonly #licenses: HttpLicenseServer;

  constructor({ root, mintToken, exchange }: RemoteLicenseServerOptions) {
    this.#root = root;
    this.#exchange = exchange;
    this.#licenses = new HttpLicenseServer({
      kind: this.kind,
      urls: Object.fromEntries(SYSTEM_NAMES.map((system) => [system, this.#url(system)])),
      adapter: builtInAdapter(mintToken),
      exchange,
    });
  }

  get breaker(): BreakerState {
    return this.#exchange.breaker;
  }

  get counts(): UpstreamCounts {
    return this.#exchange.counts;
  }

  async send(request: UpstreamRequest): Promise<UpstreamAnswer> {
    return this.#licenses.send(request);
  }

  async inspect({ system, message, contentType }: InspectedMessage): Promise<MessageDemand> {
    const url = this.#url(`inspect/${system}`);
    const headers = contentType === null ? {} : { 'Content-Type': contentType };
    return this.#exchange.ask(
      {
        prepare: async () => ({ url, method: 'POST', headers, body: message }),
        read: ({ body }) => v.parse(demandSchema, JSON.parse(new TextDecoder().decode(body))),
      },
      null,
    );
  }

  /** Null where the license server has none. */
  async certificate(system: SystemName): Promise<Uint8Array<ArrayBuffer> | null> {
    const url = this.#url(`certificate/${system}`);
    try {
      return await this.#exchange.ask(
        { prepare: async () => ({ url, method: 'GET', headers: {} }), read: ({ body }) => body },
        null,
      );
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'key-system-unsupported') return null;
      throw error;
    }
  }

  #url(path: string): string {
    return new URL(path, this.#root).href;
  }
}
