import type { StreamFormat } from './playback-session.js';
import type { SourceDocument } from './source-document.js';

/** The body of `POST /v1/offline-licenses`. */
export interface OfflineLicenseRequest {
  readonly contentId: string;
  /** @default 'dash' */
  readonly format?: StreamFormat | undefined;
  /**
   * Tells this device from others of the account: random, kept by the device, and no secret. Without it the sign-in stands
   * for the device, so that it counts as another one after the next sign-in.
   *
   * @default the sign-in
   */
  readonly deviceId?: string | undefined;
}

/**
 * What has become of an offline license. `expired` can become `active` again by renewing; `revoked`, by the account's owner,
 * and `released`, by its device, are for good.
 */
export type OfflineLicenseStatus = 'active' | 'expired' | 'revoked' | 'released';

/** How long an offline license lasts. Times are epoch milliseconds of the server's clock. */
export interface OfflineLicenseTerms {
  /**
   * When it ends, whatever was played: the earliest of the offline term, the subscription's, the rental's and the title's end,
   * and of a play window that began. Null without an end.
   */
  readonly expiresAt: number | null;
  /** By when the first play must have begun, as that of a rental; null without such a bound, or once it began. */
  readonly startBy: number | null;
  /** How long it may be played from the first play on; null without a bound, or once that began and counts in `expiresAt`. */
  readonly playWithinSeconds: number | null;
}

/** The answer to `POST /v1/offline-licenses` and `POST /v1/offline-licenses/:id/renew`. */
export interface OfflineLicenseResponse extends OfflineLicenseTerms {
  /** A secret of the device: who knows it gets the title's licenses, and gives them back, without signing in. */
  readonly id: string;
  /** Names it in lists and lets nobody use it. */
  readonly handle: string;
  readonly contentId: string;
  /** What to download. Its license URLs carry the id; it has no `session`, as nothing is reported while offline. */
  readonly source: SourceDocument;
  /** Whether renewing can bring a later end. */
  readonly renewable: boolean;
  /** The server's clock as it answered, in epoch milliseconds: earlier than this it never is again. */
  readonly serverTime: number;
}

/** The answer to `GET /v1/offline-licenses/:id` and `POST …/:id/plays`: what the device that holds it has to know. */
export interface OfflineLicenseStatusResponse extends OfflineLicenseTerms {
  readonly handle: string;
  readonly contentId: string;
  readonly status: OfflineLicenseStatus;
  /** Times are epoch milliseconds. */
  readonly createdAt: number;
  /** Null as long as it was not. */
  readonly renewedAt: number | null;
  /** The first play since it was made or renewed, as the device reported it; null before. */
  readonly firstPlayedAt: number | null;
  /** When it was revoked or released; null while it is neither. */
  readonly endedAt: number | null;
  /** Whether renewing can bring a later end. */
  readonly renewable: boolean;
  /** As in {@link OfflineLicenseResponse}. */
  readonly serverTime: number;
}

/** One offline license of an account, as its owner may see it. Times are epoch milliseconds. */
export interface AccountOfflineLicense {
  /** What `DELETE /v1/offline-licenses/:handle` takes. It is not the id, which is a secret of the device. */
  readonly handle: string;
  readonly contentId: string;
  /** The title's name; null where it is not in the catalog any more. */
  readonly title: string | null;
  /** What holds it, in words such as `Firefox on Windows`. */
  readonly device: string;
  readonly deviceId: string;
  readonly createdAt: number;
  /** Null as long as it was not. */
  readonly renewedAt: number | null;
  /** Null without an end. */
  readonly expiresAt: number | null;
  readonly status: OfflineLicenseStatus;
}

/** The answer to `GET /v1/offline-licenses`, newest first. */
export interface OfflineLicensesResponse {
  readonly licenses: readonly AccountOfflineLicense[];
  readonly serverTime: number;
}

/** The optional body of `POST /v1/offline-licenses/:id/plays`. */
export interface OfflinePlayRequest {
  /** When the first play began, in epoch milliseconds. @default now */
  readonly startedAt?: number | undefined;
}
