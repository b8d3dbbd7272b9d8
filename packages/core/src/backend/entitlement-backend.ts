import type {
  AccountStream,
  Entitlement as EntitlementDocument,
  StreamFormat,
} from '@secure-player/protocol';

import type { Source } from '../source/source.js';

/** What an account may do with a title, and what to play. It takes no lease, and knows no license. */
export interface Entitlement extends Omit<EntitlementDocument, 'source'> {
  /** It belongs to no playback session; URLs in it start from the server and not from the page. */
  readonly source: Source;
}

/** How one question to a backend is asked. */
export interface BackendRequestOptions {
  /** Aborts the request. */
  readonly signal?: AbortSignal | undefined;
}

/** How an entitlement is asked for. */
export interface EntitlementRequestOptions extends BackendRequestOptions {
  /** @default the server's own choice, DASH */
  readonly format?: StreamFormat | undefined;
}

/**
 * What a page asks about rights: the port behind `useEntitlement` and `useStreams`. `createHttpBackend` speaks to this
 * project's server; a service of your own implements these members.
 *
 * Every question may be asked as often as one likes: none opens a session, takes a lease or gets a license. All reject with
 * a `PlaybackError`, or with the signal's reason.
 */
export interface EntitlementBackend {
  /**
   * Whose answers these are: an id that is another one for each account, null for nobody. Answers are kept under it, so that
   * one account never sees another's. It is not a secret, and must not be a token.
   */
  readonly account: string | null;
  getEntitlement(contentId: string, options?: EntitlementRequestOptions): Promise<Entitlement>;
  /** What the account plays right now on all its devices, oldest first. */
  listStreams(options?: BackendRequestOptions): Promise<readonly AccountStream[]>;
}
