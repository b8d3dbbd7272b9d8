// @vitest-environment jsdom
import { SUSPENSION_MS, type Source } from '@secure-player/core';
import { act, cleanup, render } from '@testing-library/react';
import { Activity, Suspense, use, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createFakeEngines, settle } from '../testing/fake-engine.js';
import type { SecurePlayerProps } from './secure-player-props.js';
import { SecurePlayer } from './secure-player.js';

const A: Source = { src: '/a.mpd' };
const B: Source = { src: '/b.mpd' };

afterEach(cleanup);
beforeEach(() => {
  // jsdom plays nothing: what it leaves out of an element is here.
  vi.spyOn(HTMLMediaElement.prototype, 'paused', 'get').mockImplementation(function (this: HTMLElement) {
    return this.dataset['playing'] === undefined;
  });
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(async function (this: HTMLElement) {
    this.dataset['playing'] = '';
    this.dispatchEvent(new Event('play'));
    this.dispatchEvent(new Event('playing'));
  });
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(function (this: HTMLElement) {
    delete this.dataset['playing'];
    this.dispatchEvent(new Event('pause'));
  });
});

/** A player within an `<Activity>`, which plays. */
async function setup(props: Partial<SecurePlayerProps> = {}) {
  const engines = createFakeEngines();
  const page = (mode: 'visible' | 'hidden' | 'none', next = props) =>
    mode === 'none' ? null : (
      <Activity mode={mode}>
        <SecurePlayer source={A} {...next} />
      </Activity>
    );
  const view = render(page('visible'), { wrapper: engines.wrapper });
  await settle();
  const show = async (...how: Parameters<typeof page>) => {
    view.rerender(page(...how));
    await settle();
  };
  const video = view.container.querySelector('video');
  if (!video) throw new Error('It is not rendered.');
  await act(() => video.play());

  return { engines, show, video };
}

describe('an <Activity>', () => {
  it('that is hidden pauses; shown again, the same engine plays on', async () => {
    const { engines, show, video } = await setup();
    await show('hidden');
    expect(video.paused).toBe(true);
    expect(engines.alive()).toHaveLength(1);

    await show('visible');
    expect(video.paused).toBe(false);
    expect(engines.made).toHaveLength(1);
    expect(engines.loads()).toEqual(['/a.mpd']);
  });

  it('that is hidden and removed leaves no engine', async () => {
    const { engines, show } = await setup();
    await show('hidden');
    await show('none');

    expect(engines.alive()).toEqual([]);
  });

  it('that is removed leaves no engine', async () => {
    const { engines, show } = await setup();
    await show('none');

    expect(engines.alive()).toEqual([]);
  });

  it('that is hidden for long leaves no engine, and one that is shown then loads', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    const { engines, show } = await setup();
    await show('hidden');
    await act(() => vi.advanceTimersByTimeAsync(SUSPENSION_MS));
    expect(engines.alive()).toEqual([]);

    await show('visible');
    expect(engines.alive()).toHaveLength(1);
    expect(engines.loads()).toEqual(['/a.mpd', '/a.mpd']);
    vi.useRealTimers();
  });

  it('that is shown with another source loads that, in the same engine', async () => {
    const { engines, show } = await setup();
    await show('hidden');
    await show('visible', { source: B });

    expect(engines.made).toHaveLength(1);
    expect(engines.loads()).toEqual(['/a.mpd', '/b.mpd']);
  });

  it('that is shown again leaves the viewer’s sound as it was', async () => {
    const { show, video } = await setup({ muted: true });
    video.muted = false;
    await show('hidden');
    await show('visible');

    expect(video.muted).toBe(false);
  });

  it('that begins hidden loads when it is shown', async () => {
    const engines = createFakeEngines();
    const page = (mode: 'visible' | 'hidden'): ReactNode => (
      <Activity mode={mode}>
        <SecurePlayer source={A} />
      </Activity>
    );
    const { rerender } = render(page('hidden'), { wrapper: engines.wrapper });
    await settle();
    expect(engines.made).toEqual([]);

    rerender(page('visible'));
    await settle();
    expect(engines.loads()).toEqual(['/a.mpd']);
  });
});

it('a sibling that suspends leaves the player as it is', async () => {
  const engines = createFakeEngines();
  let arrive = () => {};
  const words = new Promise<string>((resolve) => {
    arrive = () => resolve('ready');
  });
  const Words = () => <p>{use(words)}</p>;
  const page = (hasWords: boolean) => (
    <Suspense fallback={<p>waiting</p>}>
      <SecurePlayer source={A} />
      {hasWords && <Words />}
    </Suspense>
  );
  const { rerender, container } = render(page(false), { wrapper: engines.wrapper });
  await settle();
  const video = container.querySelector('video');

  await act(async () => rerender(page(true)));
  expect(container.textContent).toContain('waiting');
  expect(engines.alive()).toHaveLength(1);

  await act(async () => arrive());
  expect(container.textContent).toContain('ready');
  expect(container.querySelector('video')).toBe(video);
  expect(engines.loads()).toEqual(['/a.mpd']);
});
