import type { Download } from '@secure-player/react/offline';
import { lazy, Suspense, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { SecurePlayer, type PlayerHandle } from '@secure-player/react';

import { ChunkBoundary } from '../layout/chunk-boundary.js';
import { Page } from '../navigation/page.js';
import { watchPath, type WatchChoices } from '../routes.js';
import { Panels } from './panels.js';
import { useRecovery } from './use-recovery.js';

const KeptDetails = lazy(async () => {
  const { KeptDetails: details } = await import('./kept-details.js');
  return { default: details };
});

/** A title that is played from this device: no playback session, no stream, and no request where there is no network. */
export function KeptScreening({ download }: { download: Download }) {
  const { id, source } = download;
  const player = useRef<PlayerHandle>(null);
  const [panels, setPanels] = useState<HTMLElement | null>(null);
  const onRecovery = useRecovery(watchPath(id), player, () => player.current?.retry());
  const name = download.title ?? id;

  return (
    <Page title={name} className="watch-page">
      <div className="screen">
        {source.poster !== undefined && (
          <img className="screen-backdrop" src={source.poster} alt="" aria-hidden="true" />
        )}
        <div className="screen-frame">
          <SecurePlayer
            ref={player}
            controls
            source={source}
            videoProps={{ poster: source.poster, 'aria-label': name }}
            onRecovery={onRecovery}
          >
            {panels &&
              createPortal(
                <Panels
                  contentId={id}
                  choices={choicesOf(download)}
                  device={{ status: 'browser' }}
                  maxHeight={undefined}
                />,
                panels,
              )}
          </SecurePlayer>
        </div>
      </div>
      <div className="watch-details">
        <div className="title-details">
          <p className="title-facts">
            <span className="badge" data-kept="">
              On this device
            </span>
          </p>
          <h1>{name}</h1>
          <ChunkBoundary>
            <Suspense fallback={<div className="keep-placeholder" />}>
              <KeptDetails id={id} />
            </Suspense>
          </ChunkBoundary>
        </div>
        <div ref={setPanels} className="panels" />
      </div>
    </Page>
  );
}

/** What the panels say of it. */
function choicesOf({ source }: Download): WatchChoices {
  return { format: source.type === 'hls' ? 'hls' : 'dash', system: 'clearkey', hdcp: '2.2' };
}
