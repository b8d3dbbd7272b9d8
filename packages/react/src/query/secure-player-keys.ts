import type { EntitlementBackend, EntitlementRequestOptions } from '@secure-player/core';

/** Which packaging of a title is asked for. */
export type EntitlementFormat = Pick<EntitlementRequestOptions, 'format'>;

/** Whose answers a key is for: a backend, or another account by its id. */
export type KeyOwner = Pick<EntitlementBackend, 'account'>;

type Account = KeyOwner['account'];

/** The key of an entitlement's query. */
export type EntitlementKey = readonly ['secure-player', Account, 'entitlement', string, ...string[]];

/** The key of the query for an account's streams. */
export type StreamsKey = readonly ['secure-player', Account, 'streams'];

/** The query keys of this package; see {@link securePlayerKeys}. */
export interface SecurePlayerKeys {
  readonly all: readonly ['secure-player'];
  readonly account: (owner: KeyOwner) => readonly ['secure-player', Account];
  readonly entitlements: (owner: KeyOwner) => readonly ['secure-player', Account, 'entitlement'];
  readonly entitlement: (owner: KeyOwner, contentId: string, options?: EntitlementFormat) => EntitlementKey;
  readonly streams: (owner: KeyOwner) => StreamsKey;
}

/**
 * The query keys of this package, for `invalidateQueries` and the like.
 *
 * All begin with `secure-player` and the account, so that one account's answers are never another's. The wide ones cover the
 * narrow ones: `securePlayerKeys.account(backend)` is whatever is known of an account.
 */
export const securePlayerKeys: SecurePlayerKeys = Object.freeze<SecurePlayerKeys>({
  all: ['secure-player'],
  account: ({ account }) => ['secure-player', account],
  entitlements: ({ account }) => ['secure-player', account, 'entitlement'],
  entitlement: ({ account }, contentId, { format } = {}) => [
    'secure-player',
    account,
    'entitlement',
    contentId,
    ...(format === undefined ? [] : [format]),
  ],
  streams: ({ account }) => ['secure-player', account, 'streams'],
});
