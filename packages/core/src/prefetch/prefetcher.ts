import type { Authorizer } from '../authorize/authorizer.js';
import type { OfflineTitles } from '../offline/offline-titles.js';
import type { ResolvedSource } from '../source/resolve-source.js';

/** How much of a title is fetched ahead. */
export interface PrefetchOptions {
  /**
   * Also asks the browser for the title's key system and fetches its server certificate. Asking can start the download of a
   * module, so this is for a title that is about to be played, such as one under the pointer.
   *
   * @default false
   */
  readonly keySystem?: boolean | undefined;
}

/** What a {@link Prefetcher} works with. */
export interface PrefetchRequest extends PrefetchOptions {
  readonly source: ResolvedSource;
  /** Credentials for manifests and certificates, as at the load itself. */
  readonly authorizer: Pick<Authorizer, 'headersFor'>;
  /** What is kept on this device: of a title that is here, nothing is fetched. */
  readonly offlineTitles?: OfflineTitles | undefined;
  /** Aborts what is under way, and takes back what has come and was not used. */
  readonly signal: AbortSignal;
}

/**
 * Fetches ahead what a later load of a source needs before its first frame: a port that `@secure-player/shaka` implements.
 *
 * It takes no lease and gets no license. It never rejects: what could not be had, the load asks for itself, and tells why it
 * failed.
 */
export type Prefetcher = (request: PrefetchRequest) => Promise<void>;
