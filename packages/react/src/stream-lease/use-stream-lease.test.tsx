// @vitest-environment jsdom
import { PlaybackError, type PlaybackSessionAnswer, type Source } from '@secure-player/core';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { Activity, Profiler, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { PlayerScope } from '../player/player-scope.js';
import { SecurePlayerProvider } from '../provider/secure-player-provider.js';
import { SecurePlayer } from '../secure-player/secure-player.js';
import type { SecurePlayerProps } from '../secure-player/secure-player-props.js';
import { createFakeBackend } from '../testing/fake-backend.js';
import { createFakeEngines, settle } from '../testing/fake-engine.js';
import { loadStreamParts } from './load-stream-parts.js';
import { useStreamLease, type StreamLeaseReading } from './use-stream-lease.js';

const A: Source = { src: '/a.mpd', session: { id: 'a', heartbeatSeconds: 30 } };
const B: Source = { src: '/b.mpd', session: { id: 'b', heartbeatSeconds: 30 } };
const LAPTOP = { id: 's1', contentId: 'film', device: 'Firefox on Linux', startedAt: Date.UTC(2020, 1, 2) };
const PHONE = { id: 's2', contentId: 'news', device: 'Chrome on Android', startedAt: Date.UTC(2020, 1, 3) };

beforeAll(loadStreamParts);
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

const seen: StreamLeaseReading[] = [];

function Show() {
  seen.push(useStreamLease());
  return null;
}

function granted(leaseExpiresAt = Date.now() + 90_000): PlaybackSessionAnswer {
  const session = {
    ...{ id: 'a', heartbeatSeconds: 30, contentId: 'film', intent: 'play' as const },
    ...{ expiresAt: leaseExpiresAt, leaseExpiresAt, source: A },
  };
  return { session, refusal: null };
}

function refused(
  code: 'stream-limit-reached' | 'stream-taken-over',
  streams: (typeof LAPTOP)[] = [],
  takenOverBy: string | null = null,
): PlaybackSessionAnswer {
  return { session: null, refusal: { error: new PlaybackError(code), streams, takenOverBy } };
}

/** A page with a player in a scope, whose backend answers each heartbeat as the test says. */
async function setup(answer: PlaybackSessionAnswer = granted(), props: Partial<SecurePlayerProps> = {}) {
  seen.length = 0;
  const engines = createFakeEngines();
  const backend = createFakeBackend();
  backend.renewPlaybackSession.mockImplementation(async () => answer);
  const commits = { total: 0 };
  const page = (mode: 'visible' | 'hidden' | 'none' = 'visible', next = props): ReactNode => (
    <Profiler id="page" onRender={() => void (commits.total += 1)}>
      <SecurePlayerProvider backend={backend}>
        <PlayerScope>
          <Show />
          {mode !== 'none' && (
            <Activity mode={mode}>
              <SecurePlayer source={A} {...next} />
            </Activity>
          )}
        </PlayerScope>
      </SecurePlayerProvider>
    </Profiler>
  );
  const view = render(page(), { wrapper: engines.wrapper });
  await settle();
  const show = async (...how: Parameters<typeof page>) => {
    view.rerender(page(...how));
    await settle();
  };
  const video = () => {
    const element = view.container.querySelector('video');
    if (!element) throw new Error('It is not rendered.');
    return element;
  };
  const play = async () => {
    await act(() => video().play());
    await settle();
  };
  const lease = () => seen.at(-1) as StreamLeaseReading;
  await play();

  return { engines, backend, show, video, play, lease, commits, view };
}

describe('the stream of a player', () => {
  it('is taken once when it plays, under StrictMode too, and read by its siblings', async () => {
    const { backend, lease } = await setup();

    expect(backend.renewPlaybackSession).toHaveBeenCalledOnce();
    expect(backend.renewPlaybackSession.mock.calls[0]?.[0]).toBe('a');
    expect(lease()).toMatchObject({ status: 'held', streams: [], takenOverBy: null, error: null });
    expect(lease().expiresAt).toBeGreaterThan(Date.now());
  });

  it('is not taken where the page has no backend, or the source no session', async () => {
    const { backend, lease } = await setup(granted(), { source: { src: '/a.mpd' } });
    expect(backend.renewPlaybackSession).not.toHaveBeenCalled();
    expect(lease().status).toBe('none');

    const engines = createFakeEngines();
    const { container } = render(<SecurePlayer source={A} />, { wrapper: engines.wrapper });
    await settle();
    await act(async () => container.querySelector('video')?.play());
    await settle();
    expect(container.querySelector('[data-status="playing"]')).not.toBeNull();
  });

  it('commits nothing with a heartbeat', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const { backend, lease, commits } = await setup(granted(Date.now() + 90_000));
    const before = { lease: lease(), total: commits.total, expiresAt: lease().expiresAt };
    backend.renewPlaybackSession.mockResolvedValue(granted(Date.now() + 120_000));
    await act(() => vi.advanceTimersByTimeAsync(30_000));

    expect(backend.renewPlaybackSession).toHaveBeenCalledTimes(2);
    expect(commits.total).toBe(before.total);
    expect(lease()).toBe(before.lease);
    expect(lease().expiresAt).toBeGreaterThan(before.expiresAt ?? 0);
  });

  it('is given back by hand, by functions that stay the same', async () => {
    const { backend, lease, video, play } = await setup();
    const { release, takeOver } = lease();
    await act(() => release());
    expect(backend.releaseStream).toHaveBeenCalledExactlyOnceWith('a');
    expect(video().paused).toBe(true);
    expect(lease()).toMatchObject({ status: 'released', release, takeOver });

    await play();
    expect(lease().status).toBe('held');
  });

  it('is given back by a player that goes', async () => {
    const { backend, show } = await setup();
    await show('none');

    expect(backend.releaseStream).toHaveBeenCalledExactlyOnceWith('a');
  });

  it('is given back while hidden, and taken again by the same engine when shown', async () => {
    const { backend, show, engines, lease, video } = await setup();
    await show('hidden');
    expect(backend.releaseStream).toHaveBeenCalledExactlyOnceWith('a');
    // To those beside it, it is as one that is not there.
    expect(lease().status).toBe('none');

    await show('visible');
    expect(lease().status).toBe('held');
    expect(video().paused).toBe(false);
    expect(backend.renewPlaybackSession).toHaveBeenCalledTimes(2);
    expect(engines.loads()).toEqual(['/a.mpd']);
    expect(engines.current().renewLicense).not.toHaveBeenCalled();
  });

  it('of another source is another one', async () => {
    const { backend, show, play } = await setup();
    await show('visible', { source: B });
    await play();

    expect(backend.releaseStream).toHaveBeenCalledExactlyOnceWith('a');
    expect(backend.renewPlaybackSession.mock.calls.map(([id]) => id)).toEqual(['a', 'b']);
  });

  it('without a player around throws, naming the fix', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});

    expect(() => render(<Show />)).toThrow(
      'useStreamLease must be used below <SecurePlayer> or <PlayerScope>',
    );
  });

  it('is none on a server', () => {
    renderToString(
      <SecurePlayer source={A}>
        <Show />
      </SecurePlayer>,
    );

    expect(seen.at(-1)).toMatchObject({ status: 'none', expiresAt: null });
  });
});

describe('playing elsewhere', () => {
  const findPanel = (name: string) => screen.findByRole('alert', { name });

  it('lists what plays, and takes over what the viewer chooses', async () => {
    const { backend, video, engines } = await setup(refused('stream-limit-reached', [LAPTOP, PHONE]));
    const panel = await findPanel('Too many devices are playing');
    const choices = await within(panel).findByRole('group', { name: 'Playing now' });
    expect(
      within(choices)
        .getAllByRole('radio')
        .map((radio) => (radio as HTMLInputElement).checked),
    ).toEqual([true, false]);
    expect(choices.textContent).toMatch(/Firefox on Linux.*film · since .*2020.*Chrome on Android.*news/);
    expect(video().paused).toBe(true);

    fireEvent.click(within(choices).getByRole('radio', { name: /Chrome on Android/ }));
    backend.renewPlaybackSession.mockResolvedValue(granted());
    fireEvent.click(within(panel).getByRole('button', { name: 'Play here instead' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());

    expect(backend.renewPlaybackSession.mock.calls.at(-1)?.[1]?.replace).toBe('s2');
    expect(video().paused).toBe(false);
    expect(engines.loads()).toEqual(['/a.mpd']);
  });

  it('takes over the one that there is, or the oldest where the server names none', async () => {
    const { backend } = await setup(refused('stream-limit-reached', [LAPTOP]));
    const panel = await findPanel('Too many devices are playing');
    expect(within(panel).getByRole('listitem').textContent).toMatch(/Firefox on Linux/);
    fireEvent.click(within(panel).getByRole('button', { name: 'Play here instead' }));
    await settle();
    expect(backend.renewPlaybackSession.mock.calls.at(-1)?.[1]?.replace).toBe('s1');
    cleanup();

    const nameless = await setup(refused('stream-limit-reached'));
    fireEvent.click(await screen.findByRole('button', { name: 'Play here instead' }));
    await settle();
    expect(nameless.backend.renewPlaybackSession.mock.calls.at(-1)?.[1]?.replace).toBe('oldest');
  });

  it('tries again without a load, and says so where nobody could be asked', async () => {
    const { backend, engines } = await setup(refused('stream-limit-reached', [LAPTOP]));
    const panel = await findPanel('Too many devices are playing');
    const button = within(panel).getByRole('button', { name: 'Try again' });
    backend.renewPlaybackSession.mockRejectedValueOnce(new PlaybackError('entitlement-failed'));
    fireEvent.click(button);
    await waitFor(() => expect(within(panel).getByRole('status').textContent).not.toBe(''));
    expect(button.isConnected).toBe(true);

    backend.renewPlaybackSession.mockResolvedValue(granted());
    fireEvent.click(button);
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(engines.loads()).toEqual(['/a.mpd']);
    expect(backend.renewPlaybackSession.mock.calls.at(-1)?.[1]?.replace).toBeUndefined();
  });

  it('says who took the stream over, and takes it back', async () => {
    const { backend, lease } = await setup(refused('stream-taken-over', [], 'Chrome on Android'));
    const panel = await findPanel('Playing on another device');
    expect(panel.textContent).toContain('Chrome on Android has taken over.');
    expect(within(panel).queryByRole('button', { name: 'Try again' })).toBeNull();

    backend.renewPlaybackSession.mockResolvedValue(granted());
    fireEvent.click(within(panel).getByRole('button', { name: 'Play here instead' }));
    await waitFor(() => expect(lease().status).toBe('held'));
  });

  it('leaves it to the page where that has a way of its own', async () => {
    const onRecovery = { 'stop-other-stream': vi.fn<(error: PlaybackError) => void>() };
    await setup(refused('stream-limit-reached', [LAPTOP]), { onRecovery });
    fireEvent.click(await screen.findByRole('button', { name: 'Stop the other one' }));

    expect(onRecovery['stop-other-stream']).toHaveBeenCalledOnce();
    expect(screen.queryByRole('button', { name: 'Play here instead' })).toBeNull();
  });

  it('asks for the stream again where it was lost to the network, and loads nothing', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const { backend, engines, lease } = await setup();
    backend.renewPlaybackSession.mockRejectedValue(new PlaybackError('entitlement-failed'));
    await act(() => vi.advanceTimersByTimeAsync(30_000));
    expect(lease()).toMatchObject({ status: 'uncertain', error: { code: 'entitlement-failed' } });
    await act(() => vi.advanceTimersByTimeAsync(70_000));
    expect(lease().status).toBe('lost');

    backend.renewPlaybackSession.mockImplementation(async () => granted());
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await act(() => vi.advanceTimersByTimeAsync(10));
    expect(lease().status).toBe('held');
    expect(engines.loads()).toEqual(['/a.mpd']);
  });
});
