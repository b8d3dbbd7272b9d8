import type { CatalogTitle } from '@secure-player/protocol';
import { useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { SecurePlayer, type PlayerHandle, type RecoveryHandlers, type Source } from '@secure-player/react';

import type { RequestState } from '../api/use-request.js';
import { useCatalog } from '../catalog/use-catalog.js';
import { formatDuration } from '../catalog/format-duration.js';
import { NotFoundPage } from '../layout/not-found-page.js';
import { ProblemView } from '../layout/problem-view.js';
import { navigate } from '../navigation/navigation.js';
import { Page } from '../navigation/page.js';
import { plansPath, signInPath, watchPath, type WatchChoices } from '../routes.js';
import { DiagnosticsPanel } from './diagnostics-panel.js';
import { DevicePanel } from './device-panel.js';
import { FormatSwitch } from './format-switch.js';
import { KEY_SYSTEMS } from './key-systems.js';
import { LanguagePanel } from './language-panel.js';
import { ProtectionPanel } from './protection-panel.js';
import { QualityPanel } from './quality-panel.js';
import { SystemSwitch } from './system-switch.js';
import { usePlayback } from './use-playback.js';
import { useSimulatedDevice, type Device } from './use-simulated-device.js';

import '@secure-player/react/styles.css';
import './watch.css';

/** Which title to show, and how. */
export interface WatchPageProps {
  contentId: string;
  choices: WatchChoices;
}

/** One title: the player, and what is being played. */
export function WatchPage({ contentId, choices }: WatchPageProps) {
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
  return title ? <Screening title={title} choices={choices} /> : <NotFoundPage />;
}

function Screening({ title, choices }: { title: CatalogTitle; choices: WatchChoices }) {
  const [playback, reopen] = usePlayback(title, choices.format);
  const device = useSimulatedDevice(choices);
  const [panels, setPanels] = useState<HTMLElement | null>(null);
  const source = useSourceFor(playback, choices.system);

  return (
    <Page title={title.title} className="watch-page">
      <div className="screen">
        <img className="screen-backdrop" src={title.poster} alt="" aria-hidden="true" />
        <Screen {...{ title, choices, playback, device, source, reopen }}>
          {panels &&
            createPortal(
              <Panels
                contentId={title.id}
                choices={choices}
                device={device}
                maxHeight={source?.caps?.maxHeight}
              />,
              panels,
            )}
        </Screen>
      </div>
      <div className="watch-details">
        <TitleDetails title={title} choices={choices} />
        <div ref={setPanels} className="panels" />
      </div>
    </Page>
  );
}

interface ScreenProps {
  title: CatalogTitle;
  choices: WatchChoices;
  playback: RequestState<Source>;
  device: Device;
  source: Source | null;
  reopen: () => void;
  children: ReactNode;
}

function Screen({ title, choices, playback, device, source, reopen, children }: ScreenProps) {
  const player = useRef<PlayerHandle>(null);
  const onRecovery = useRecovery(watchPath(title.id, choices), player, reopen);
  const problem = findProblem(playback, device, reopen);
  const isReady = device.status === 'browser' || device.status === 'simulated';

  if (problem) {
    return (
      <div className="screen-frame">
        <ProblemView title={problem.title} text={problem.text}>
          <button className="button" data-primary="" type="button" onClick={problem.retry}>
            Try again
          </button>
        </ProblemView>
      </div>
    );
  }

  return (
    <div className="screen-frame" data-opening={!(source && isReady) || undefined}>
      <SecurePlayer
        // Another key system is no reason for a player to load again: with another device it is another player.
        key={choices.system}
        ref={player}
        controls
        source={isReady ? source : null}
        videoProps={{ poster: title.poster, 'aria-label': title.title }}
        onRecovery={onRecovery}
      >
        {children}
      </SecurePlayer>
    </div>
  );
}

/** What was opened, with the key system that was chosen in the first place. */
function useSourceFor(playback: RequestState<Source>, system: WatchChoices['system']): Source | null {
  const opened = playback.status === 'ready' ? playback.value : null;

  return useMemo(() => opened && { ...opened, preferredKeySystems: [KEY_SYSTEMS[system]] }, [opened, system]);
}

function findProblem(playback: RequestState<Source>, device: Device, reopen: () => void) {
  if (playback.status === 'failed') {
    return { title: 'The film did not start', text: playback.error.message, retry: reopen };
  }
  if (device.status === 'failed') {
    return {
      title: 'The simulated device did not start',
      text: 'Its code did not arrive, or this page has another one already.',
      retry: () => location.reload(),
    };
  }

  return null;
}

function TitleDetails({ title, choices }: { title: CatalogTitle; choices: WatchChoices }) {
  return (
    <div className="title-details">
      <p className="title-facts">
        <span className="badge">{title.access === 'free' ? 'Free' : 'Subscription'}</span>
        {formatDuration(title.durationSeconds)}
      </p>
      <h1>{title.title}</h1>
      <p className="title-synopsis">{title.synopsis}</p>
      <FormatSwitch contentId={title.id} choices={choices} />
      <SystemSwitch contentId={title.id} choices={choices} />
    </div>
  );
}

interface PanelsProps {
  contentId: string;
  choices: WatchChoices;
  device: Device;
  maxHeight: number | undefined;
}

/** They lie beside the player and read its state: as its children in React, and elsewhere in the document. */
function Panels({ contentId, choices, device, maxHeight }: PanelsProps) {
  return (
    <>
      <QualityPanel maxHeight={maxHeight} />
      <LanguagePanel />
      <ProtectionPanel {...choices} />
      {device.status === 'simulated' && (
        <DevicePanel contentId={contentId} choices={choices} handle={device.handle} />
      )}
      <DiagnosticsPanel />
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
