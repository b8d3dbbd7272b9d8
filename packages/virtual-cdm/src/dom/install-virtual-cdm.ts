import { systemClock, type Clock } from '@secure-player/core';

import type { VirtualCdm, VirtualCdmOptions } from '../cdm/virtual-cdm.js';
import { createMemorySessionStore } from '../storage/memory-session-store.js';
import { createHandle, type VirtualCdmHandle } from '../handle/virtual-cdm-handle.js';
import type { SessionStore } from '../storage/session-store.js';
import { VirtualCdmError } from '../virtual-cdm-error.js';
import { checkInstallOptions } from './check-install-options.js';
import { IndexedDbSessionStore } from './indexed-db-session-store.js';
import { findNativeEme } from './native-eme.js';
import { PageCdm } from './page-cdm.js';

/** How a virtual CDM is put into a page. */
export interface InstallVirtualCdmOptions extends Omit<VirtualCdmOptions, 'environment'> {
  /** What licenses go by. @default the machine's */
  readonly clock?: Clock | undefined;
  /** Where persistent sessions and the device's keys are kept: for the whole origin, or for this document. @default 'indexeddb' */
  readonly storage?: 'indexeddb' | 'memory' | SessionStore | undefined;
  /**
   * Makes session ids the same in every run. Two documents with one seed have the same ids, so that persistent
   * sessions of the one can be in the way of the other's. @default random
   */
  readonly seed?: number | string | undefined;
}

/** Where the handle lies, for a test runner and for another copy of this package. */
const INSTALLED = Symbol.for('@secure-player/virtual-cdm');

/**
 * Puts a virtual CDM into this page, for its key systems; all others stay the browser's. It has to be there before anything
 * that keeps EME's functions for itself, such as a player's polyfills. It is a test double and no DRM, and says so on the
 * console.
 *
 * Where the page has no EME, as in a context that is not secure, nothing is changed.
 *
 * @throws VirtualCdmError `already-installed` while another one is in the page; `invalid-options`.
 */
export function installVirtualCdm(options: InstallVirtualCdmOptions): VirtualCdmHandle {
  if (findInstalled()) {
    throw new VirtualCdmError(
      'already-installed',
      'A virtual CDM is installed in this page: call the uninstall() of its handle first.',
    );
  }

  const { clock = systemClock, storage, seed, ...rest } = checkInstallOptions(options);
  const eme = findNativeEme();
  const page = new PageCdm({ ...rest, eme: eme ?? NO_EME, clock, store: toStore(storage), seed });
  if (eme) page.install();
  const handle = createPageHandle(page);
  Object.defineProperty(globalThis, INSTALLED, { value: handle, configurable: true });
  announce(page.cdm, eme !== null);

  return handle;
}

/** The handle of the virtual CDM in this page, of whatever copy of this package; null where there is none. */
export function findInstalled(): VirtualCdmHandle | null {
  return (Reflect.get(globalThis, INSTALLED) as VirtualCdmHandle | undefined) ?? null;
}

const NO_EME = Object.freeze({
  requestMediaKeySystemAccess: () =>
    Promise.reject(new VirtualCdmError('not-supported', 'This page has no EME.')),
  setMediaKeys: () => Promise.resolve(),
  mediaKeysOf: () => null,
});

function createPageHandle(page: PageCdm): VirtualCdmHandle {
  let ending: Promise<void> | null = null;
  const handle = createHandle(page.cdm, () => {
    if (findInstalled() === handle) Reflect.deleteProperty(globalThis, INSTALLED);
    ending ??= page.uninstall();
  });

  // The browser gives its keys up a moment later than the CDM.
  const settled = handle.settled.bind(handle);
  handle.settled = async () => {
    await ending;
    await settled();
  };
  return handle;
}

function toStore(storage: InstallVirtualCdmOptions['storage'] = 'indexeddb'): SessionStore {
  if (storage === 'indexeddb') return new IndexedDbSessionStore();
  return storage === 'memory' ? createMemorySessionStore() : storage;
}

function announce(cdm: VirtualCdm, hasEme: boolean): void {
  const names = cdm.systems.map(({ keySystem }) => keySystem).join(', ');
  const text = hasEme
    ? `The virtual CDM plays ${names} in this page. It is a test double, not DRM: the page can see every key.`
    : 'The virtual CDM, a test double and not DRM, finds no EME in this page: https and localhost have it.';
  // The one line by which anybody who looks can tell that this page has no real DRM.
  // oxlint-disable-next-line no-console
  console.info(text);
}
