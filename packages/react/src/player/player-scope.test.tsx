// @vitest-environment jsdom
import type { PlayerActions } from '@secure-player/core';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { SecurePlayer } from '../secure-player/secure-player.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { PlayerScope } from './player-scope.js';
import { usePlayer, usePlayerActions } from './use-player.js';

afterEach(cleanup);

const seenActions = new Set<PlayerActions>();

function Status({ name = 'sibling' }: { name?: string }) {
  const status = usePlayer((state) => state.status);
  seenActions.add(usePlayerActions());

  return <output data-testid={name}>{status}</output>;
}

const statusOf = (name = 'sibling') => screen.getByTestId(name).textContent;

async function setup(page: React.ReactNode) {
  seenActions.clear();
  const engines = createFakeEngines();
  const { rerender } = render(page, { wrapper: engines.wrapper });
  await settle();

  return {
    engines,
    rerender: async (next: React.ReactNode) => {
      rerender(next);
      await settle();
    },
  };
}

it('shows its player to components beside it', async () => {
  const { engines } = await setup(
    <PlayerScope>
      <Status />
      <SecurePlayer source={{ src: '/a.mpd' }} />
    </PlayerScope>,
  );
  expect(statusOf()).toBe('ready');

  const [actions] = seenActions;
  act(() => actions?.selectQuality('q'));
  expect(engines.current().selectQuality).toHaveBeenCalledExactlyOnceWith('q');
});

it('is a player without a source while there is none, and keeps its actions when one comes and goes', async () => {
  const { rerender } = await setup(
    <PlayerScope>
      <Status />
    </PlayerScope>,
  );
  expect(statusOf()).toBe('idle');

  await rerender(
    <PlayerScope>
      <Status />
      <SecurePlayer key="a" source={{ src: '/a.mpd' }} />
    </PlayerScope>,
  );
  expect(statusOf()).toBe('ready');

  await rerender(
    <PlayerScope>
      <Status />
      <SecurePlayer key="b" />
    </PlayerScope>,
  );
  expect(statusOf()).toBe('idle');
  expect(seenActions.size).toBe(1);
});

it('is joined by the first player; a second one is by itself', async () => {
  await setup(
    <PlayerScope>
      <Status />
      <SecurePlayer source={{ src: '/a.mpd' }} />
      <SecurePlayer>
        <Status name="second" />
      </SecurePlayer>
    </PlayerScope>,
  );

  expect(statusOf()).toBe('ready');
  expect(statusOf('second')).toBe('idle');
});

it('leaves what is below a player to that player', async () => {
  await setup(
    <PlayerScope>
      <Status />
      <SecurePlayer source={{ src: '/a.mpd' }}>
        <SecurePlayer />
        <Status name="below" />
      </SecurePlayer>
    </PlayerScope>,
  );

  expect(statusOf()).toBe('ready');
  expect(statusOf('below')).toBe('ready');
});
