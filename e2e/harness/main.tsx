import '@secure-player/react/styles.css';

import { type PlaybackErrorDocument } from '@secure-player/core';
import {
  SecurePlayer,
  SecurePlayerProvider,
  type AuthorizeRequest,
  type PlayerHandle,
  type PlayerState,
  type Source,
} from '@secure-player/react';
import { Fragment, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

/** What tests drive from outside; one player on an otherwise empty page, under StrictMode unless told otherwise. */
export interface Harness {
  /** Mounts the player with a source, or gives the mounted one another. */
  show(source: Source | null, options?: HarnessOptions): void;
  unmount(): void;
  player(): PlayerHandle;
  state(): Omit<PlayerState, 'error'> & { error: PlaybackErrorDocument | null };
  /** Every status since the page was opened, in order. */
  readonly statuses: string[];
  /** Every question that `authorize` was asked, in order. */
  readonly authorizations: Pick<AuthorizeRequest, 'purpose' | 'reason' | 'url'>[];
}

export interface HarnessOptions {
  /** What `authorize` answers, by turn; the last one stands. */
  tokens?: (string | null)[] | undefined;
  /** Recoveries that have a handler; each call is counted by name on `window`. */
  autoPlay?: boolean | undefined;
  /** Whether effects run twice at each mount; an application in production runs them once. @default true */
  strict?: boolean | undefined;
}

/** A machine without a GPU drops frames, for which Shaka would set renditions aside that a test waits for. */
const ENGINE_CONFIG = { shaka: { abr: { droppedFrames: false } } };

declare global {
  interface Window {
    harness: Harness;
  }
}

const container = document.getElementById('root');
if (!container) throw new Error('The harness page has no root element.');

const root = createRoot(container);
const statuses: string[] = [];
const authorizations: Harness['authorizations'] = [];
let handle: PlayerHandle | null = null;
let tokens: (string | null)[] = [];

function authorize({ purpose, reason, url }: AuthorizeRequest): string | null {
  authorizations.push({ purpose, reason, url });
  return (tokens.length > 1 ? tokens.shift() : tokens[0]) ?? null;
}

window.harness = {
  statuses,
  authorizations,
  show(source, options = {}) {
    tokens = [...(options.tokens ?? [])];
    const Mode = options.strict === false ? Fragment : StrictMode;
    root.render(
      <Mode>
        <SecurePlayerProvider authorize={authorize}>
          <SecurePlayer
            ref={(player) => {
              handle = player;
            }}
            source={source}
            autoPlay={options.autoPlay ?? true}
            muted
            engineConfig={ENGINE_CONFIG}
            onStatusChange={(status) => statuses.push(status)}
          />
        </SecurePlayerProvider>
      </Mode>,
    );
  },
  unmount: () => root.render(null),
  player() {
    if (!handle) throw new Error('The player is not mounted.');
    return handle;
  },
  state() {
    const state = this.player().getState();
    return { ...state, error: state.error?.toJSON() ?? null };
  },
};
