import type { CatalogTitle } from '@secure-player/protocol';
import { useMemo, useRef, useState, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { SecurePlayer, type PlayerHandle, type RecoveryHandlers } from '@secure-player/react';

import { useCatalog } from '../catalog/use-catalog.js';
import { formatDuration } from '../catalog/format-duration.js';
import { NotFoundPage } from '../layout/not-found-page.js';
import { ProblemView } from '../layout/problem-view.js';
import { navigate } from '../navigation/navigation.js';
import { Page } from '../navigation/page.js';
import { plansPath, signInPath, watchPath, type WatchFormat } from '../routes.js';
import { FormatSwitch } from './format-switch.js';
import { LanguagePanel } from './language-panel.js';
import { ProtectionPanel } from './protection-panel.js';
import { QualityPanel } from './quality-panel.js';
import { usePlayback } from './use-playback.js';

import '@secure-player/react/styles.css';
import './watch.css';

/** Which title to show, and in which format. */
export interface WatchPageProps {
  contentId: string;
  format: WatchFormat;
}

/** One title: the player, and what is being played. */
export function WatchPage({ contentId, format }: WatchPageProps) {
  const [catalog, retry] = useCatalog();

  if (catalog.status === 'failed') {
    return (
      <Page title="Not available" className="problem-page">
        <ProblemView title="The film did not arrive" text={catalog.error.message}>
          <button className="button" data-primary="" type="button" onClick={retry}>
            Try again
          </button>
        </ProblemView>
      </Page>
    );
  }
  if (catalog.status === 'loading') {
    return (
      <Page title="Loading" className="watch-page">
        <div className="screen" aria-busy="true">
          <div className="screen-frame" data-opening="" />
        </div>
      </Page>
    );
  }

  const title = catalog.value.find(({ id }) => id === contentId);
  return title ? <Screening title={title} format={format} /> : <NotFoundPage />;
}

function Screening({ title, format }: { title: CatalogTitle; format: WatchFormat }) {
  const [playback, reopen] = usePlayback(title, format);
  const [panels, setPanels] = useState<HTMLElement | null>(null);
  const player = useRef<PlayerHandle>(null);
  const maxHeight = playback.status === 'ready' ? playback.value.caps?.maxHeight : undefined;
  const onRecovery = useRecovery(watchPath(title.id, format), player, reopen);

  return (
    <Page title={title.title} className="watch-page">
      <div className="screen">
        <img className="screen-backdrop" src={title.poster} alt="" aria-hidden="true" />
        <div className="screen-frame" data-opening={playback.status === 'loading' || undefined}>
          {playback.status === 'failed' ? (
            <ProblemView title="The film did not start" text={playback.error.message}>
              <button className="button" data-primary="" type="button" onClick={reopen}>
                Try again
              </button>
            </ProblemView>
          ) : (
            <SecurePlayer
              ref={player}
              controls
              source={playback.status === 'ready' ? playback.value : null}
              videoProps={{ poster: title.poster, 'aria-label': title.title }}
              onRecovery={onRecovery}
            >
              {panels && createPortal(<Panels format={format} maxHeight={maxHeight} />, panels)}
            </SecurePlayer>
          )}
        </div>
      </div>
      <div className="watch-details">
        <TitleDetails title={title} format={format} />
        <div ref={setPanels} className="panels" />
      </div>
    </Page>
  );
}

function TitleDetails({ title, format }: { title: CatalogTitle; format: WatchFormat }) {
  return (
    <div className="title-details">
      <p className="title-facts">
        <span className="badge">{title.access === 'free' ? 'Free' : 'Subscription'}</span>
        {formatDuration(title.durationSeconds)}
      </p>
      <h1>{title.title}</h1>
      <p className="title-synopsis">{title.synopsis}</p>
      <FormatSwitch contentId={title.id} format={format} />
    </div>
  );
}

/** They lie beside the player and read its state: as its children in React, and elsewhere in the document. */
function Panels({ format, maxHeight }: { format: WatchFormat; maxHeight: number | undefined }) {
  return (
    <>
      <QualityPanel maxHeight={maxHeight} />
      <LanguagePanel />
      <ProtectionPanel format={format} />
    </>
  );
}

/** Where the buttons of the player's error surface lead. */
function useRecovery(
  here: string,
  player: RefObject<PlayerHandle | null>,
  reopen: () => void,
): RecoveryHandlers {
  return useMemo(
    () => ({
      'sign-in': () => navigate(signInPath(here)),
      'upgrade-plan': () => navigate(plansPath(here)),
      retry: ({ code }) => {
        // A session that is over stays over: only a new one has a license URL that works.
        if (code === 'playback-session-ended') reopen();
        else player.current?.retry();
      },
    }),
    [here, player, reopen],
  );
}
