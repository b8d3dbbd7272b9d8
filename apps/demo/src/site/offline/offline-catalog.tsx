import type { Download } from '@secure-player/react/offline';

import { ProblemView } from '../layout/problem-view.js';
import { Link } from '../navigation/link.js';
import { Page, SITE_NAME } from '../navigation/page.js';
import { watchPath } from '../routes.js';

import './offline.css';

/** In place of the catalog, where it cannot be had: what is here. */
export function OfflineCatalog({ downloads, retry }: { downloads: readonly Download[]; retry: () => void }) {
  const playable = downloads.filter(({ isPlayable, status }) => isPlayable && status !== 'removing');
  if (playable.length === 0) return <Nothing retry={retry} />;

  return (
    <Page title={SITE_NAME} className="offline-catalog">
      <header className="downloads-header">
        <div>
          <h1>On this device</h1>
          <p>The catalog needs a network. What you have downloaded does not.</p>
        </div>
        <button className="button" type="button" onClick={retry}>
          Try the catalog again
        </button>
      </header>
      <ul className="kept-cards">
        {playable.map((download) => (
          <KeptCard key={download.id} download={download} />
        ))}
      </ul>
    </Page>
  );
}

function KeptCard({ download: { id, title, source, status } }: { download: Download }) {
  return (
    <li className="kept-card">
      <div className="kept-card-picture">
        {source.poster !== undefined && <img src={source.poster} alt="" />}
      </div>
      <h2 className="kept-card-name">
        <Link to={watchPath(id)}>{title ?? id}</Link>
      </h2>
      <p>{status === 'complete' ? 'On this device' : 'Part of it is on this device'}</p>
    </li>
  );
}

function Nothing({ retry }: { retry: () => void }) {
  return (
    <Page title={SITE_NAME} className="problem-page">
      <ProblemView
        title="You are offline"
        text="The films need a network, and none is on this device yet. Once you are online again, download one to watch it anywhere."
      >
        <button className="button" data-primary="" type="button" onClick={retry}>
          Try again
        </button>
      </ProblemView>
    </Page>
  );
}
