import type {
  AccountOfflineLicense,
  OfflineLicenseRequest,
  OfflineLicenseResponse,
  OfflineLicensesResponse,
  OfflineLicenseStatusResponse,
} from '@secure-player/protocol';

import type { Source } from '../source/source.js';
import type { BackendRequestOptions } from './entitlement-backend.js';

/** What a device may keep of one title, and for how long. Its id is a secret of the device: keep it beside the download alone. */
export interface OfflineLicenseGrant extends Omit<OfflineLicenseResponse, 'source'> {
  /** What to download; URLs in it start from the server and not from the page. */
  readonly source: Source;
}

/** How an offline license is as the server sees it now. */
export type OfflineLicenseCheck = OfflineLicenseStatusResponse;

/** What an account keeps offline, newest first, and the server's clock as it answered. */
export interface OfflineLicenseList extends OfflineLicensesResponse {
  readonly licenses: readonly AccountOfflineLicense[];
}

/** How an offline license is opened. */
export interface OpenOfflineLicenseOptions extends BackendRequestOptions {
  /** The same key again, from the same sign-in, finds the same license: for an answer that was lost on its way. */
  readonly idempotencyKey?: string | undefined;
}

/**
 * What a page asks about titles that are kept for watching offline. `createHttpOfflineBackend` speaks to this project's server;
 * a service of your own implements these members. It is apart from `EntitlementBackend`, so that a page without downloads
 * loads none of it.
 *
 * `openOfflineLicense`, `listOfflineLicenses` and `revokeOfflineLicense` take a sign-in; the others act by the license's id
 * alone. `checkOfflineLicense` and `reportFirstPlay` have to answer the same whoever is signed in: downloads are the device's, and
 * what is not known any more is deleted from it. All reject with a `PlaybackError`, or with the signal's reason.
 */
export interface OfflineBackend {
  /** Whose answers these are, as in `EntitlementBackend`. */
  readonly account: string | null;
  /** Lets this device keep a title. Rejects with `download-unsupported` for a title that may not be kept. */
  openOfflineLicense(
    request: OfflineLicenseRequest,
    options?: OpenOfflineLicenseOptions,
  ): Promise<OfflineLicenseGrant>;
  /**
   * Begins another term; then a license has to be fetched from the new source, as the one on the device ends when it did.
   * Rejects with `offline-license-revoked` where the account's owner revoked it, with a code about rights where they are gone.
   */
  renewOfflineLicense(id: string, options?: BackendRequestOptions): Promise<OfflineLicenseGrant>;
  /**
   * What has become of it. A license that was revoked is no failure here: `status` says so. Rejects with
   * `stored-license-missing` where the server does not know it, or forgot it long after its end.
   */
  checkOfflineLicense(id: string, options?: BackendRequestOptions): Promise<OfflineLicenseCheck>;
  listOfflineLicenses(options?: BackendRequestOptions): Promise<OfflineLicenseList>;
  /** Revokes one of the account's, on whatever device, by the handle of its list. */
  revokeOfflineLicense(handle: string, options?: BackendRequestOptions): Promise<void>;
  /**
   * Says when the first play since opening or renewing began: epoch milliseconds, now by default. Only the first report of a
   * term counts. It can bring the end of the license, and of a rental, nearer, and never puts it off.
   */
  reportFirstPlay(
    id: string,
    startedAt?: number,
    options?: BackendRequestOptions,
  ): Promise<OfflineLicenseCheck>;
}
