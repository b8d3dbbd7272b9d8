// @vitest-environment jsdom
import type { PlayerActions, PlayerState } from '@secure-player/core';
import { act, cleanup, render } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { SecurePlayer } from '../secure-player/secure-player.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { usePlayer, usePlayerActions } from './use-player.js';

afterEach(cleanup);

/** A component below a player that reads one slice, and keeps what each commit showed. */
async function setup<Slice>(
  selector: (state: PlayerState) => Slice,
  isEqual?: (from: Slice, to: Slice) => boolean,
) {
  const engines = createFakeEngines();
  const renders = vi.fn();
  const slices: Slice[] = [];
  const page = { rerender: () => {} };
  const Reader = () => {
    const [, setCount] = useState(0);
    page.rerender = () => setCount((count) => count + 1);
    // Written inline on purpose: another function at each render.
    const slice = usePlayer((state) => selector(state), isEqual);
    renders();
    slices.push(slice);
    return null;
  };
  render(
    <SecurePlayer source={{ src: '/a.mpd' }}>
      <Reader />
    </SecurePlayer>,
    { wrapper: engines.wrapper },
  );
  await settle();
  const { listener } = engines.current().options;
  const video = document.querySelector('video');
  const moveTo = (currentTime: number) =>
    act(() => {
      Object.defineProperty(video, 'currentTime', { value: currentTime, configurable: true, writable: true });
      video?.dispatchEvent(new Event('timeupdate'));
    });
  renders.mockClear();

  return { engines, listener, renders, slices, moveTo, rerender: () => act(() => page.rerender()) };
}

describe('usePlayer', () => {
  it('renders again when its slice changes, and not when another does', async () => {
    const { listener, renders, slices, moveTo } = await setup(({ live }) => live);
    for (const time of [1, 2, 3]) moveTo(time);
    expect(renders).not.toHaveBeenCalled();

    act(() => listener.onState({ live: true }));
    // StrictMode renders twice for each.
    expect(renders).toHaveBeenCalledTimes(2);
    expect(slices.at(-1)).toBe(true);
  });

  it('takes an inline selector that builds a new array each time', async () => {
    const { renders, slices, moveTo, rerender } = await setup(({ status, live }) => [status, live]);
    const [before] = slices.slice(-1);
    moveTo(1);
    expect(renders).not.toHaveBeenCalled();

    rerender();
    expect(renders).toHaveBeenCalledTimes(2);
    expect(slices.at(-1)).toEqual(['ready', false]);
    expect(slices.at(-1)).toBe(before);
  });

  it('takes a comparison of its own', async () => {
    const second = ({ currentTime }: PlayerState) => ({ second: Math.floor(currentTime) });
    const { renders, slices, moveTo } = await setup(second, (from, to) => from.second === to.second);
    moveTo(0.4);
    moveTo(0.9);
    expect(renders).not.toHaveBeenCalled();

    moveTo(1.2);
    expect(slices.at(-1)).toEqual({ second: 1 });
  });

  it.each([
    ['usePlayer', () => usePlayer(({ status }) => status)],
    ['usePlayerActions', () => usePlayerActions()],
  ])('%s outside of a player throws, naming the fix', (name, useHook) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const Lost = () => {
      useHook();
      return null;
    };

    expect(() => render(<Lost />)).toThrow(`${name} must be used below <SecurePlayer>`);
  });
});

describe('usePlayerActions', () => {
  it('gives the same actions at each render', async () => {
    const seen = new Set<PlayerActions>();
    const Reader = () => {
      seen.add(usePlayerActions());
      usePlayer(({ status }) => status);
      return null;
    };
    const engines = createFakeEngines();
    render(
      <SecurePlayer source={{ src: '/a.mpd' }}>
        <Reader />
      </SecurePlayer>,
      { wrapper: engines.wrapper },
    );
    await settle();
    const [actions] = seen;
    actions?.selectQuality('q');

    expect(seen.size).toBe(1);
    expect(engines.current().selectQuality).toHaveBeenCalledExactlyOnceWith('q');
  });
});
