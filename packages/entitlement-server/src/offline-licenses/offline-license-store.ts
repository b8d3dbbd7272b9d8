import type { StreamFormat } from '@secure-player/protocol';

/** How long an offline license lasts, as the server keeps it. All times are epoch milliseconds. */
export interface StoredTerms {
  /** When it ends, whatever was played; null without an end. */
  readonly expiresAt: number | null;
  /** By when the first play must have begun; null without such a bound. */
  readonly startBy: number | null;
  /** How long it may be played from the first play on, in milliseconds; null for as long as it lasts. */
  readonly playWithinMs: number | null;
}

/** One title that one device may keep for watching offline. The id that the device knows is not in it. */
export interface OfflineLicense extends StoredTerms {
  /** The digest of its id, which also is its handle in lists. */
  readonly key: string;
  readonly accountId: string;
  /** What the device calls itself; licenses of one take one place together. */
  readonly deviceId: string;
  /** In words for the account's owner. */
  readonly device: string;
  readonly contentId: string;
  readonly format: StreamFormat | undefined;
  readonly createdAt: number;
  /** Null as long as it was not. */
  readonly renewedAt: number | null;
  /** The first play of this term, as the device reported it; null before. */
  readonly firstPlayedAt: number | null;
  /** Why it is over for good; null while it is not. */
  readonly end: OfflineLicenseEnd | null;
}

/** Why an offline license is over for good, and since when. */
export interface OfflineLicenseEnd {
  /** `revoked` by the account's owner, `released` by the device that held it. */
  readonly reason: 'revoked' | 'released';
  readonly at: number;
}

/** An offline license that is to be opened. */
export type NewOfflineLicense = Omit<OfflineLicense, 'renewedAt' | 'firstPlayedAt' | 'end'>;

/** The place among an account's devices that a license takes. */
export interface DevicePlace {
  readonly now: number;
  /** On how many devices the account may hold licenses; null for as many as it likes. */
  readonly limit: number | null;
}

/** What became of an offline license that was to be opened. */
export type OpenOfflineOutcome =
  | { readonly status: 'granted'; readonly license: OfflineLicense }
  /** There is one of this key, opened before; it is given back as it is. */
  | { readonly status: 'exists'; readonly license: OfflineLicense }
  /** The account holds licenses on as many other devices as it may. Nothing was changed. */
  | { readonly status: 'refused' };

/** What became of a renewal. */
export type RenewOfflineOutcome =
  | { readonly status: 'granted'; readonly license: OfflineLicense }
  /** It had expired, and its place was taken by another device. Nothing was changed. */
  | { readonly status: 'refused' }
  /** It is over for good, or is not there. */
  | { readonly status: 'over'; readonly license: OfflineLicense | undefined };

/** How long a license stays findable after its end, so that its device learns why and not only that it is unknown. */
export const REMEMBERED_AFTER_END_MS = 90 * 86_400_000;

/** How many licenses of one account are kept; a further one pushes its oldest out. */
export const LICENSES_PER_ACCOUNT = 512;

/**
 * Where offline licenses are kept. A license holds a place for its device at `now` while it has no `end` and `expiresAt` is
 * null or later than `now`. Each call is one atomic step, whatever other processes do at the same time: of 50 devices that
 * ask at once for 2 places, 2 get one.
 */
export interface OfflineLicenseStore {
  open(license: NewOfflineLicense, place: DevicePlace): Promise<OpenOfflineOutcome>;
  find(key: string): Promise<OfflineLicense | undefined>;
  /** Begins another term: `renewedAt` is the place's `now`, and no play of it was reported yet. */
  renew(key: string, terms: StoredTerms, place: DevicePlace): Promise<RenewOfflineOutcome>;
  /**
   * Says when the first play of this term began, which can only bring its end nearer. The first call of a term counts, and a
   * time before the term is its beginning: a play of the last term may be reported while this one begins. Gives the license as
   * it is then.
   */
  begin(key: string, at: number): Promise<OfflineLicense | undefined>;
  /** Ends it for good; the first end counts. One that is not there is no error. */
  end(key: string, end: OfflineLicenseEnd): Promise<void>;
  /** Newest first, with those that ended a while ago. */
  listOf(accountId: string): Promise<readonly OfflineLicense[]>;
}
