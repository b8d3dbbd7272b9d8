import type { CatalogTitle } from '@secure-player/protocol';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { SecurePlayer, type PlayerHandle, type Source } from '@secure-player/react';

import type { RequestState } from '../api/use-request.js';
import { formatDuration } from '../catalog/format-duration.js';
import { ProblemView } from '../layout/problem-view.js';
import { Page } from '../navigation/page.js';
import { KeepTitle } from '../offline/keep-title.js';
import { watchPath, type WatchChoices } from '../routes.js';
import { FormatSwitch } from './format-switch.js';
import { KEY_SYSTEMS } from './key-systems.js';
import { Panels } from './panels.js';
import { SystemSwitch } from './system-switch.js';
import { usePlayback } from './use-playback.js';
import { useRecovery } from './use-recovery.js';
import { useSimulatedDevice, type Device } from './use-simulated-device.js';

/** A title that is streamed: its playback session is opened, and ended with the page. */
export function Screening({ title, choices }: { title: CatalogTitle; choices: WatchChoices }) {
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
      <KeepTitle title={title} />
      <FormatSwitch contentId={title.id} choices={choices} />
      <SystemSwitch contentId={title.id} choices={choices} />
    </div>
  );
}
