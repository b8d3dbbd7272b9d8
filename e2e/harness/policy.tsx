import '@secure-player/react/styles.css';

import {
  SecurePlayer,
  SecurePlayerProvider,
  type KeyStatusPolicy,
  type PlaybackNotice,
  type PlayerHandle,
  type Source,
} from '@secure-player/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import type { Harness, HarnessOptions } from './main.js';

/** What tests of the key-status policy drive from outside, beside what the harness has. */
export interface PolicyPage {
  /** Gives the player that is mounted another policy. */
  setPolicy(policy: KeyStatusPolicy): void;
  /** Renews as a page does; tells `renewed`, or the code of the error. */
  renew(): Promise<string>;
  release(): Promise<void>;
  /** Every notice, in order. */
  readonly notices: PlaybackNotice[];
}

declare global {
  interface Window {
    policyPage: PolicyPage;
  }
}

const container = document.getElementById('root');
if (!container) throw new Error('The page has no root element.');

const root = createRoot(container);
const statuses: string[] = [];
const notices: PlaybackNotice[] = [];
let handle: PlayerHandle | null = null;
let policy: KeyStatusPolicy | undefined;
let shown: { source: Source | null; options: HarnessOptions } | null = null;

function render(): void {
  const { source, options } = shown ?? { source: null, options: {} };
  root.render(
    <StrictMode>
      <SecurePlayerProvider authorize={() => options.tokens?.[0] ?? null}>
        <SecurePlayer
          ref={(player) => {
            handle = player;
          }}
          source={source}
          autoPlay={options.autoPlay ?? true}
          muted
          loop
          keyStatusPolicy={policy}
          engineConfig={{ shaka: { abr: { droppedFrames: false } } }}
          onStatusChange={(status) => statuses.push(status)}
          onNotice={(notice) => notices.push(notice)}
        />
      </SecurePlayerProvider>
    </StrictMode>,
  );
}

const player = (): PlayerHandle => {
  if (!handle) throw new Error('The player is not mounted.');
  return handle;
};

window.harness = {
  statuses,
  authorizations: [],
  show(source, options = {}) {
    shown = { source, options };
    render();
  },
  unmount: () => root.render(null),
  player,
  state() {
    const state = player().getState();
    return { ...state, error: state.error?.toJSON() ?? null };
  },
} satisfies Harness;

window.policyPage = {
  notices,
  setPolicy(next) {
    policy = next;
    render();
  },
  renew: () =>
    player()
      .renewLicense()
      .then(
        () => 'renewed',
        (error: { code: string }) => error.code,
      ),
  release: () => player().releaseLicense(),
};
