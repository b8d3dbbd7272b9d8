// @vitest-environment jsdom
import { IDLE_STATE, SnapshotStore, type PlayerActions } from '@secure-player/core';
import { beforeEach, expect, it, vi } from 'vitest';

import { bindMediaSession } from './bind-media-session.js';

beforeEach(() => {
  vi.stubGlobal(
    'MediaMetadata',
    class {
      readonly init: MediaMetadataInit;

      constructor(init: MediaMetadataInit) {
        this.init = init;
      }
    },
  );
});

/** A session of a browser, as far as it is written to. */
function createSession() {
  const handlers = new Map<string, unknown>();
  return {
    handlers,
    metadata: null as { readonly init: MediaMetadataInit } | null,
    playbackState: 'none',
    setActionHandler: (action: string, handler: unknown) => void handlers.set(action, handler),
    setPositionState: vi.fn(),
  };
}

function createPlayer() {
  const store = new SnapshotStore({ ...IDLE_STATE, duration: 60 });
  const actions = { play: vi.fn(async () => {}), pause: vi.fn(), seek: vi.fn() };

  return { store, actions, player: { ...store, actions: actions as unknown as PlayerActions } };
}

function setup() {
  const session = createSession();
  const bind = (title: string) => {
    const made = createPlayer();
    return { ...made, unbind: bindMediaSession(session as never, made.player, { title, poster: undefined }) };
  };
  return { session, bind };
}

it('shows the title that plays, and gives its keys to that player', () => {
  const { session, bind } = setup();
  const { store, actions } = bind('Film');
  expect(session.metadata).toBeNull();

  store.patch({ paused: false, status: 'playing' });
  expect(session).toMatchObject({ metadata: { init: { title: 'Film' } }, playbackState: 'playing' });
  (session.handlers.get('pause') as () => void)();
  expect(actions.pause).toHaveBeenCalledOnce();
});

it('goes back to the player that still plays when another one leaves', () => {
  const { session, bind } = setup();
  const first = bind('First');
  first.store.patch({ paused: false });
  const second = bind('Second');
  second.store.patch({ paused: false });
  second.unbind();
  expect(session.metadata).toBeNull();

  first.store.patch({ currentTime: 1 });
  expect(session.metadata).toMatchObject({ init: { title: 'First' } });
});

it('is given back at the end', () => {
  const { session, bind } = setup();
  const { store, unbind } = bind('Film');
  store.patch({ paused: false });
  unbind();

  expect(session).toMatchObject({ metadata: null, playbackState: 'none' });
  expect([...session.handlers.values()].every((handler) => handler === null)).toBe(true);
});
