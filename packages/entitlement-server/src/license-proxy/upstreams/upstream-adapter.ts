import type { SystemName } from '../../catalog/system-name.js';
import type { UpstreamAnswer, UpstreamRequest } from '../license-upstream.js';

/** How a grant is said to one vendor's license server. */
export interface UpstreamAdapter {
  /** The key systems that the server can be asked for. */
  readonly systems: readonly SystemName[];
  /** Whether it says whose the title is: without that, two tenants must not share the ids of titles and keys. */
  readonly tellsTenant: boolean;
  /**
   * What one attempt sends. Asked again for a second attempt, because what it gives may have been used up by the first.
   *
   * @throws ProblemError `license-upstream-refused` for rights that cannot be said to this server without giving more.
   */
  prepare(request: UpstreamRequest): Promise<PreparedRequest>;
  /**
   * The CDM's bytes of an answer that has them wrapped. Whatever it throws is told to nobody: the answer was none.
   * @default the answer as it came
   */
  unwrap?(answer: UpstreamAnswer, request: UpstreamRequest): UpstreamAnswer;
}

/** One attempt, without what every attempt has. */
export interface PreparedRequest {
  /** Printable ASCII. Those of the message, such as `Content-Type`, come by themselves. */
  readonly headers: Readonly<Record<string, string>>;
  /** @default the message as it came */
  readonly message?: WrappedMessage | undefined;
}

/** A CDM's message in the form that a server wants. */
export interface WrappedMessage {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}
