'use client';

import { createContext, useContext, useState, type Context, type ReactElement, type ReactNode } from 'react';

import { createPagePlayer } from './create-page-player.js';
import { EngineContext } from './engine-context.js';
import { PlayerContext } from './player-context.js';
import { ScopedPlayer } from './scoped-player.js';

/** Props of {@link PlayerScope}. */
export interface PlayerScopeProps {
  children?: ReactNode;
}

/** The scope that a `<SecurePlayer>` may join; none below a player, whose own it is. */
export const ScopeContext: Context<ScopedPlayer | null> = createContext<ScopedPlayer | null>(null);

/** A player in a scope that nothing has joined plays nothing, and so asks for nothing. */
const NO_SETTINGS = Object.freeze({
  authorize: undefined,
  authorizedOrigins: [],
  downloads: undefined,
  keyStatusPolicy: undefined,
  languages: undefined,
  preferred: undefined,
  cmcd: undefined,
  engineConfig: undefined,
});

/**
 * Lets components beside a `<SecurePlayer>` read it: the first one in the scope is what `usePlayer`, `usePlayerActions` and
 * the other hooks in it speak of. Without one they speak of a player that has no source. Renders nothing of its own.
 *
 * A second `<SecurePlayer>` in a scope is by itself: only its own children read it.
 */
export function PlayerScope({ children }: PlayerScopeProps): ReactElement {
  const makeFactory = useContext(EngineContext);
  const [scope] = useState(() => new ScopedPlayer(createPagePlayer(() => NO_SETTINGS, makeFactory)));

  return (
    <ScopeContext.Provider value={scope}>
      <PlayerContext.Provider value={scope}>{children}</PlayerContext.Provider>
    </ScopeContext.Provider>
  );
}
