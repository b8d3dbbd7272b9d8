import type { Authorizer, Clock, LicenseClient, Source } from '@secure-player/core';

import type { KeyVault } from './key-vault.js';
import type { LicenseBook } from './license-book.js';
import type { LicenseModule } from './license-module.js';
import type { LicenseStore } from './license-store.js';
import type { OfflineRights } from './offline-rights.js';
import type { TitleLocks } from './title-locks.js';

/** What all that deals with licenses works with. */
export interface LicenseDesk {
  readonly clock: Clock;
  /** Epoch milliseconds, not of the device's clock alone. */
  readonly now: () => number;
  readonly fetch: typeof fetch;
  /** False where it is certain that no server can be reached: then nothing is asked of one that nobody waits for. */
  readonly isOnline: () => boolean;
  readonly licenseClient: LicenseClient;
  readonly authorizer: Authorizer;
  /** `null` where no server keeps a list. */
  readonly rights: OfflineRights | null;
  /** Gives a source that was kept, or came from a server, its functions back. */
  readonly completeSource: (source: Source) => Source;
  readonly module: LicenseModule;
  readonly store: LicenseStore;
  readonly book: LicenseBook;
  readonly vault: KeyVault;
  readonly locks: TitleLocks;
  /** Aborted when there is to be no more work. */
  readonly signal: AbortSignal;
}
