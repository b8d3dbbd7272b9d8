import type { ClockStore } from '../clock/trusted-clock.js';
import type { DueRelease } from './due-release.js';
import type { LicenseRecord } from './license-record.js';

/** What changes at once, or not at all. */
export interface LicenseChange {
  readonly keep?: LicenseRecord | undefined;
  /** The title whose license is forgotten. */
  readonly forget?: string | undefined;
  /** What is to be given back from now on. */
  readonly owe?: readonly DueRelease[] | undefined;
  /** The ids of what is not, any more. */
  readonly settle?: readonly string[] | undefined;
}

/** Where licenses are kept across restarts. All reject with PlaybackError `storage-failed` or `storage-full`. */
export interface LicenseStore extends ClockStore {
  records(): Promise<readonly LicenseRecord[]>;
  record(titleId: string): Promise<LicenseRecord | null>;
  dueReleases(): Promise<readonly DueRelease[]>;
  /** Resolves when the change would survive the end of the browser. */
  commit(change: LicenseChange): Promise<void>;
  /** The key that wraps all others: the first that was made, in whichever tab. */
  wrappingKey(make: () => Promise<CryptoKey>): Promise<CryptoKey>;
  /** What this device calls itself: the first name that was made. */
  deviceId(make: () => string): Promise<string>;
  close(): void;
}
