import type { Player, PlayerState } from '@secure-player/core';

import { seekBy } from '../seek-bar/seek-by.js';

/** What a media session shows of a title. */
export interface MediaSessionTitle {
  readonly title: string | undefined;
  readonly poster: string | undefined;
}

const SKIP_SECONDS = 10;
const ACTIONS = ['play', 'pause', 'seekto', 'seekbackward', 'seekforward'] as const;

/** Who has a session: a page has one, and maybe several players. */
const owners = new WeakMap<MediaSession, object>();

/** Gives a session to a player whenever it begins to play; the returned function gives it back. */
export function bindMediaSession(
  session: MediaSession,
  player: Pick<Player, 'getState' | 'subscribe' | 'actions'>,
  title: MediaSessionTitle,
): () => void {
  let last: PlayerState | null = null;
  const update = () => {
    const state = player.getState();
    let before = last;
    last = state;

    // Also where another player has left, and this one has played all the time.
    if (!state.paused && ((before?.paused ?? true) || !owners.has(session))) {
      take(session, player, title);
      before = null;
    }
    if (owners.get(session) !== player) return;

    session.playbackState = state.paused ? 'paused' : 'playing';
    if (!before || hasMoved(before, state)) writePosition(session, state);
  };
  update();
  const unsubscribe = player.subscribe(update);

  return () => {
    unsubscribe();
    if (owners.get(session) === player) giveBack(session);
  };
}

function take(
  session: MediaSession,
  player: Pick<Player, 'getState' | 'actions'>,
  { title = '', poster }: MediaSessionTitle,
): void {
  const { actions } = player;
  const artwork = poster === undefined ? [] : [{ src: new URL(poster, document.baseURI).href }];

  owners.set(session, player);
  session.metadata = new MediaMetadata({ title, artwork });
  setHandlers(session, {
    play: () => void actions.play().catch(() => {}),
    pause: () => actions.pause(),
    seekto: ({ seekTime }) => seekTime !== undefined && actions.seek(seekTime),
    seekbackward: ({ seekOffset }) => seekBy(player, -(seekOffset ?? SKIP_SECONDS)),
    seekforward: ({ seekOffset }) => seekBy(player, seekOffset ?? SKIP_SECONDS),
  });
}

function giveBack(session: MediaSession): void {
  owners.delete(session);
  session.metadata = null;
  session.playbackState = 'none';
  session.setPositionState?.();
  setHandlers(session, {});
}

function setHandlers(
  session: MediaSession,
  handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>>,
): void {
  for (const action of ACTIONS) {
    try {
      session.setActionHandler(action, handlers[action] ?? null);
    } catch {
      // A browser that does not know an action throws; it then has no button for it.
    }
  }
}

/** The browser counts on by itself; it has to be told of all that it cannot foresee. */
function hasMoved(from: PlayerState, to: PlayerState): boolean {
  const isJump = Math.abs(to.currentTime - from.currentTime) > 1.5;

  return (
    isJump ||
    from.duration !== to.duration ||
    from.playbackRate !== to.playbackRate ||
    from.status !== to.status
  );
}

function writePosition(session: MediaSession, state: PlayerState): void {
  const { duration, currentTime, playbackRate, live } = state;
  if (live || !(duration > 0) || playbackRate <= 0) return session.setPositionState?.();

  session.setPositionState?.({
    duration,
    playbackRate,
    position: Math.min(duration, Math.max(0, currentTime)),
  });
}
