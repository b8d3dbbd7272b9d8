import type { CatalogTitle } from '@secure-player/protocol';
import type { Download } from '@secure-player/react/offline';
import { lazy, Suspense, useState } from 'react';

import { useSession } from '../account/site-services.js';
import { ChunkBoundary } from '../layout/chunk-boundary.js';
import { Link } from '../navigation/link.js';
import { plansPath, signInPath, watchPath } from '../routes.js';
import { useDownloadsReading } from './use-downloads-reading.js';
import { whyNotKept, type KeepingObstacle } from './why-not-kept.js';

import './offline.css';

const KeepButton = lazy(async () => {
  const { KeepButton: button } = await import('./keep-button.js');
  return { default: button };
});

/** The way of a title onto this device; where there is none, why. */
export function KeepTitle({ title }: { title: CatalogTitle }) {
  const account = useSession()?.account ?? null;
  const reading = useDownloadsReading();
  const [now] = useState(Date.now);
  const downloads = reading.status === 'ready' ? reading.state.downloads : [];
  const download = downloads.find(({ id }) => id === title.id) ?? null;
  const obstacle = download ? null : whyNotKept(title, account, now);

  return (
    <section className="keep-title" aria-label="Watch offline">
      {obstacle === null ? (
        <Offer title={title} download={download} />
      ) : (
        <Obstacle obstacle={obstacle} id={title.id} />
      )}
    </section>
  );
}

function Offer({ title, download }: { title: CatalogTitle; download: Download | null }) {
  const { status } = useDownloadsReading();
  if (status === 'unavailable') return <p className="keep-note">This browser keeps no downloads.</p>;
  if (status === 'loading') return <Placeholder />;

  return (
    <ChunkBoundary>
      <Suspense fallback={<Placeholder />}>
        <KeepButton title={title} download={download} />
      </Suspense>
    </ChunkBoundary>
  );
}

/** As tall as the button, so that nothing jumps. */
function Placeholder() {
  return <div className="keep-placeholder" aria-hidden="true" />;
}

function Obstacle({ obstacle, id }: { obstacle: KeepingObstacle; id: string }) {
  const here = watchPath(id);
  switch (obstacle) {
    case 'not-offered':
      return <p className="keep-note">This title streams only: it is not offered for downloading.</p>;
    case 'signed-out':
      return (
        <p className="keep-note">
          <Link to={signInPath(here)}>Sign in</Link> to keep this title on your device.
        </p>
      );
    case 'subscription-ended':
      return (
        <p className="keep-note">
          Keeping this title takes a subscription. <Link to={plansPath(here)}>See plans</Link>
        </p>
      );
    default:
      return obstacle satisfies never;
  }
}
