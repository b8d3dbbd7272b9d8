import type { EngineOptions, PlayerEngine, PlayerEngineFactory } from '@secure-player/core';
import type { ShakaEngineOptions } from '@secure-player/shaka';
import { act, configure } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';

import { EngineContext } from '../player/engine-context.js';

// React runs effects twice only where StrictMode is outermost, above the wrapper of a test.
configure({ reactStrictMode: true });

type FakeEngine = ReturnType<typeof createFakeEngine>;

/** An engine in place of Shaka's: loads at once, or fails as it is told. */
function createFakeEngine(options: EngineOptions, outcome: () => Promise<void>) {
  return {
    options,
    load: vi.fn<PlayerEngine['load']>(async (_source, { signal }) => {
      await outcome();
      signal.throwIfAborted();
    }),
    addTextTracks: vi.fn<PlayerEngine['addTextTracks']>(async () => {}),
    unload: vi.fn<PlayerEngine['unload']>(async () => {}),
    destroy: vi.fn<PlayerEngine['destroy']>(async () => {}),
    selectQuality: vi.fn<PlayerEngine['selectQuality']>(),
    selectAudioTrack: vi.fn<PlayerEngine['selectAudioTrack']>(),
    selectTextTrack: vi.fn<PlayerEngine['selectTextTrack']>(),
    renewLicense: vi.fn<PlayerEngine['renewLicense']>(async () => {}),
    releaseLicense: vi.fn<PlayerEngine['releaseLicense']>(async () => {}),
  } satisfies PlayerEngine & { options: EngineOptions };
}

/** Engines for a page under test, and a wrapper for `render` that puts them in place. Pages render in StrictMode. */
export function createFakeEngines(outcome: () => Promise<void> = async () => {}) {
  const made: FakeEngine[] = [];
  const factoryOptions: ShakaEngineOptions[] = [];
  const state = { outcome };
  const makeFactory = (options: ShakaEngineOptions): PlayerEngineFactory => {
    factoryOptions.push(options);
    return (engineOptions) => {
      const engine = createFakeEngine(engineOptions, () => state.outcome());
      made.push(engine);
      return engine;
    };
  };

  return {
    made,
    factoryOptions,
    state,
    alive: () => made.filter(({ destroy }) => destroy.mock.calls.length === 0),
    loads: () => made.flatMap(({ load }) => load.mock.calls.map(([source]) => source.src)),
    wrapper: ({ children }: { children: ReactNode }) => (
      // oxlint-disable-next-line react/jsx-no-constructed-context-values -- made once for all renders of the wrapper
      <EngineContext.Provider value={makeFactory}>{children}</EngineContext.Provider>
    ),
    /** The engine that plays, to report from. */
    current(): FakeEngine {
      const engine = made.at(-1);
      if (!engine) throw new Error('No engine was made.');

      return engine;
    },
  };
}

/** Lets effects, and what waits for nothing but its turn, run. */
export async function settle(): Promise<void> {
  await act(() => new Promise<void>((resolve) => setTimeout(resolve, 0)));
}
