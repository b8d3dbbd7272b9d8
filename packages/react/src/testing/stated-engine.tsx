import type { EngineState, PlaybackError, PlayerEngine, PlayerEngineFactory } from '@secure-player/core';
import { useCallback, type ReactNode } from 'react';

import { EngineContext } from '../player/engine-context.js';

/** What an engine says that plays nothing. */
export interface StatedEngineProps {
  /** What it reports once it has loaded. */
  readonly state?: Partial<EngineState> | undefined;
  /** What its loading ends with. */
  readonly error?: PlaybackError | undefined;
  readonly children: ReactNode;
}

/**
 * Puts an engine below that plays nothing and says what it is told: for the words and the layout of states that take a
 * device, a server or a misfortune that not every machine has. That they come about is tested end to end.
 */
export function StatedEngine({ state, error, children }: StatedEngineProps): ReactNode {
  const makeFactory = useCallback(() => createFactory({ state, error }), [state, error]);

  return <EngineContext.Provider value={makeFactory}>{children}</EngineContext.Provider>;
}

function createFactory({ state, error }: Omit<StatedEngineProps, 'children'>): PlayerEngineFactory {
  return ({ listener }) =>
    ({
      async load(_source, { signal }) {
        signal.throwIfAborted();
        if (error) throw error;
        if (state) listener.onState(state);
      },
      async addTextTracks() {},
      async unload() {},
      async destroy() {},
      selectQuality() {},
      selectAudioTrack() {},
      selectTextTrack() {},
      async renewLicense() {},
      async releaseLicense() {},
    }) satisfies PlayerEngine;
}
