'use client';

import { SnapshotStore } from '@secure-player/core';
import { CAPABILITIES_PENDING, probeCapabilities, type DrmCapabilities } from '@secure-player/core/dom';
import { useEffect, useSyncExternalStore } from 'react';

/** One for the document: what a browser can do is the same for all who ask. */
const store: SnapshotStore<DrmCapabilities> = /* #__PURE__ */ new SnapshotStore<DrmCapabilities>({
  ...CAPABILITIES_PENDING,
});
let isAsked = false;

const getPending = () => CAPABILITIES_PENDING;

/**
 * Which key systems the browser has, at which levels, and whether they keep licenses. `pending` on a server, at hydration,
 * and until the browser has answered; it is asked once for the document, when the first component that wants to know is
 * mounted. Asking can start the download of a content decryption module.
 */
export function useDrmCapabilities(): DrmCapabilities {
  useEffect(ask, []);

  return useSyncExternalStore(store.subscribe, store.getState, getPending);
}

function ask(): void {
  if (isAsked) return;

  isAsked = true;
  void probeCapabilities().then((capabilities) => store.patch(capabilities));
}
