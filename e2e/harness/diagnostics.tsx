import '@secure-player/react/styles.css';

import {
  SecurePlayer,
  SecurePlayerProvider,
  useDrmTimeline,
  type DrmTimelineReading,
  type PlayerHandle,
  type Source,
} from '@secure-player/react';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';

/** What tests of the diagnostics drive from outside: one player, under StrictMode. */
export interface DiagnosticsHarness {
  show(source: Source, token: string): void;
  player(): PlayerHandle;
  timeline(): DrmTimelineReading;
}

declare global {
  interface Window {
    diagnostics: DiagnosticsHarness;
  }
}

const container = document.getElementById('root');
if (!container) throw new Error('The harness page has no root element.');

const root = createRoot(container);
let handle: PlayerHandle | null = null;
let timeline: DrmTimelineReading | null = null;

function Reader() {
  const reading = useDrmTimeline();
  useEffect(() => {
    timeline = reading;
  });

  return null;
}

function present<Value>(value: Value | null): Value {
  if (value === null) throw new Error('The player is not mounted.');
  return value;
}

window.diagnostics = {
  show(source, token) {
    const authorize = () => token;
    root.render(
      <StrictMode>
        <SecurePlayerProvider authorize={authorize}>
          <SecurePlayer
            ref={(player) => {
              handle = player;
            }}
            source={source}
            autoPlay
            muted
          >
            <Reader />
          </SecurePlayer>
        </SecurePlayerProvider>
      </StrictMode>,
    );
  },
  player: () => present(handle),
  timeline: () => present(timeline),
};
