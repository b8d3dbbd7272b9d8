import {
  systemClock,
  type Authorizer,
  type Clock,
  type LicenseClient,
  type Source,
} from '@secure-player/core';

import { TrustedClock } from '../clock/trusted-clock.js';
import { markCustomKeySystems } from '../downloads/mark-custom-key-systems.js';
import { IndexedDbLicenseStore } from '../licenses/indexed-db-license-store.js';
import { KeyVault } from '../licenses/key-vault.js';
import { LicenseBook, type LicenseNewsPort } from '../licenses/license-book.js';
import type { LicenseStore } from '../licenses/license-store.js';
import { ManagedLicenses } from '../licenses/managed-licenses.js';
import type { OfflineLicenses } from '../licenses/offline-licenses.js';
import { offlineRightsOf, type OfflineRightsBackend } from '../licenses/offline-rights-of-backend.js';
import type { OfflineRights } from '../licenses/offline-rights.js';
import { TitleLocks, type LocksPort } from '../licenses/title-locks.js';
import { PersistentModule } from './licenses/persistent-module.js';
import type { RequestAccess } from './licenses/request-persistent-access.js';
import { createTabNews } from './licenses/tab-news.js';

/** Options of {@link createOfflineLicenses}. What has a default is the browser's own. */
export interface OfflineLicensesOptions {
  readonly licenseClient: LicenseClient;
  /** For AES-128 keys and server certificates. */
  readonly authorizer: Authorizer;
  /** Who says which titles may be kept, for how long. @default nobody: the license server's answer is all there is */
  readonly rights?: OfflineRights | OfflineRightsBackend | undefined;
  /**
   * What this browser calls itself to the backend of `rights`. Where a page names it for playback sessions, too, what streams
   * and what keeps titles counts as one device. @default made once and kept
   */
  readonly deviceId?: string | undefined;
  /**
   * Gives a source that was kept, or came from a server, what neither can hold: functions, headers, certificates.
   *
   * @default the source as it is
   */
  readonly completeSource?: ((source: Source) => Source) | undefined;
  readonly requestMediaKeySystemAccess?: RequestAccess | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** @default navigator.onLine */
  readonly isOnline?: (() => boolean) | undefined;
  readonly clock?: Clock | undefined;
  /** Milliseconds that never go back. @default performance.now */
  readonly monotonicNow?: (() => number) | undefined;
  readonly crypto?: Crypto | undefined;
  /** @default IndexedDB, in a database of its own */
  readonly store?: LicenseStore | undefined;
  readonly locks?: LocksPort | undefined;
  /** @default a BroadcastChannel */
  readonly news?: LicenseNewsPort | undefined;
  /** Takes what fails where nobody waits for it. @default it is dropped */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

/** Licenses that end with the page that made them; what is kept stays. */
export interface OwnedOfflineLicenses extends OfflineLicenses {
  /** Ends all work. May be called again. */
  destroy(): void;
}

/** Makes what keeps the licenses of downloads in this browser. Nothing happens before `start`. */
export function createOfflineLicenses(options: OfflineLicensesOptions): OwnedOfflineLicenses {
  const { licenseClient, authorizer, clock = systemClock, onFailure = () => {} } = options;
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const crypto = options.crypto ?? globalThis.crypto;
  const { completeSource = (source: Source) => source } = options;
  const monotonicNow = options.monotonicNow ?? (() => performance.now());
  const store = options.store ?? new IndexedDbLicenseStore({ clock });
  const channel = options.news ? null : createTabNews();
  const news = options.news ?? channel ?? createTabNews();
  const time = new TrustedClock({ clock, monotonicNow, store });
  const book = new LicenseBook({ store, time, clock, news, onFailure });
  const controller = new AbortController();

  const licenses = new ManagedLicenses({
    clock,
    now: () => time.now(),
    fetch,
    isOnline: options.isOnline ?? (() => globalThis.navigator?.onLine ?? true),
    licenseClient,
    authorizer,
    rights: toRights(options, store, crypto),
    completeSource: (source) => completeSource(markCustomKeySystems(source)),
    module: new PersistentModule({
      requestAccess: options.requestMediaKeySystemAccess ?? browserAccess(),
      licenseClient,
      authorizer,
      fetch,
      clock,
    }),
    store,
    book,
    vault: new KeyVault(store, crypto),
    locks: new TitleLocks({ clock, locks: options.locks ?? globalThis.navigator?.locks }),
    signal: controller.signal,
  });
  const destroy = () => {
    controller.abort();
    book.close();
    channel?.close();
    store.close();
  };

  return Object.assign(licenses, { destroy });
}

function toRights(
  { rights, deviceId }: OfflineLicensesOptions,
  store: LicenseStore,
  crypto: Crypto,
): OfflineRights | null {
  if (!rights) return null;
  if ('open' in rights) return rights;

  const randomId = () => crypto.randomUUID();
  return offlineRightsOf(rights, { randomId, deviceId: async () => deviceId ?? store.deviceId(randomId) });
}

/** Read when it is called: a page may put another in place of it. */
function browserAccess(): RequestAccess | null {
  if (typeof globalThis.navigator?.requestMediaKeySystemAccess !== 'function') return null;

  return (name, configurations) => navigator.requestMediaKeySystemAccess(name, configurations);
}
