import { useSyncExternalStore } from 'react';

import { hasInstallOffer, subscribeToInstallOffer, takeInstallOffer } from './install-offer.js';

/** Puts the site among the apps of the device, where the browser offers it. */
export function InstallButton() {
  const isOffered = useSyncExternalStore(subscribeToInstallOffer, hasInstallOffer);
  if (!isOffered) return null;

  return (
    <button className="button" type="button" onClick={() => void takeInstallOffer().catch(() => {})}>
      Install this site
    </button>
  );
}
