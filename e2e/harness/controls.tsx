import '@secure-player/react/styles.css';

import {
  SecurePlayer,
  SecurePlayerProvider,
  type PlayerHandle,
  type SecurePlayerProps,
  type Source,
} from '@secure-player/react';
import { Profiler, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

/** What tests of the controls drive from outside: a player with its default layout. */
export interface ControlsHarness {
  show(source: Source, token: string | null, props?: TrackProps): void;
  player(): PlayerHandle;
  /** How often React has rendered anything of the page. */
  commits(): number;
}

/** What a page says of tracks. */
export type TrackProps = Pick<SecurePlayerProps, 'textTracks' | 'languages' | 'preferred' | 'playbackRate'>;

declare global {
  interface Window {
    controlsHarness: ControlsHarness;
  }
}

/** A machine without a GPU drops frames, for which Shaka would set renditions aside that a test waits for. */
const ENGINE_CONFIG = { shaka: { abr: { droppedFrames: false } } };

const container = document.getElementById('root');
if (!container) throw new Error('The harness page has no root element.');

const root = createRoot(container);
let handle: PlayerHandle | null = null;
let commits = 0;

window.controlsHarness = {
  show(source, token, props = {}) {
    root.render(
      <StrictMode>
        <Profiler id="page" onRender={() => (commits += 1)}>
          <SecurePlayerProvider authorize={() => token}>
            <SecurePlayer
              ref={(player) => {
                handle = player;
              }}
              source={source}
              controls
              muted
              {...props}
              engineConfig={ENGINE_CONFIG}
              videoProps={{ 'aria-label': 'Film' }}
            />
          </SecurePlayerProvider>
        </Profiler>
      </StrictMode>,
    );
  },
  player() {
    if (!handle) throw new Error('The player is not mounted.');
    return handle;
  },
  commits: () => commits,
};
