import type { RecoveryHandlers } from '@secure-player/react';
import { DownloadList, DownloadSpaceBar, type Download } from '@secure-player/react/offline';

import { Link } from '../navigation/link.js';
import { navigate } from '../navigation/navigation.js';
import { DOWNLOADS_PATH, plansPath, signInPath, watchPath } from '../routes.js';

import '@secure-player/react/styles.css';

/** The list and the room it takes. A chunk of its own, with the components and their words. */
export function DownloadsView() {
  return (
    <div className="downloads-view">
      <DownloadList headingLevel={2} onPlay={play} onRecovery={RECOVERY} whenEmpty={<ToCatalog />} />
      <DownloadSpaceBar />
    </div>
  );
}

function ToCatalog() {
  return (
    <Link className="button" data-primary="" to="/">
      Find something to keep
    </Link>
  );
}

function play({ id }: Download): void {
  navigate(watchPath(id));
}

const RECOVERY: RecoveryHandlers = {
  'sign-in': () => navigate(signInPath(DOWNLOADS_PATH)),
  'upgrade-plan': () => navigate(plansPath(DOWNLOADS_PATH)),
};
