// @vitest-environment jsdom
import {
  createMessages,
  ENGLISH_MESSAGES,
  PlaybackError,
  type EngineState,
  type ViewerMessages,
} from '@secure-player/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { SecurePlayerProvider } from '../../provider/secure-player-provider.js';
import { SecurePlayer } from '../../secure-player/secure-player.js';
import type { SecurePlayerProps } from '../../secure-player/secure-player-props.js';
import { createFakeEngines, settle } from '../../testing/fake-engine.js';
import { AudioMenu } from '../audio-menu/audio-menu.js';
import { useKeyboardShortcuts } from '../keyboard/use-keyboard-shortcuts.js';
import { MuteButton } from '../mute-button/mute-button.js';
import { PlayButton } from '../play-button/play-button.js';
import { SeekBar } from '../seek-bar/seek-bar.js';
import { VolumeSlider } from '../volume-slider/volume-slider.js';
import { DefaultControls } from './default-controls.js';

const FILM = { src: '/a.mpd', title: 'Film' };
const quality = (height: number, more: object = {}) => ({
  id: String(height),
  width: (height / 9) * 16,
  height,
  bandwidth: height * 1000,
  frameRate: 25,
  codecs: 'avc1',
  ...more,
});
const track = (language: string, active: boolean) => ({
  id: language,
  language,
  label: null,
  kind: null,
  active,
});

afterEach(cleanup);

/** A player with the default layout, whose element is 100 seconds long. */
async function setup(
  props: Partial<SecurePlayerProps> = {},
  state: Partial<EngineState> = {},
  messages?: ViewerMessages,
) {
  const engines = createFakeEngines();
  const page = (own: Partial<SecurePlayerProps>) => (
    <SecurePlayerProvider messages={messages}>
      <SecurePlayer source={FILM} controls {...own} />
    </SecurePlayerProvider>
  );
  const view = render(page(props), { wrapper: engines.wrapper });
  await settle();
  const root = view.container.querySelector<HTMLElement>('[data-secure-player]');
  const video = view.container.querySelector('video');
  if (!root || !video) throw new Error('It is not rendered.');

  const play = vi.spyOn(video, 'play').mockResolvedValue(undefined);
  const pause = vi.spyOn(video, 'pause').mockReturnValue(undefined);
  const happen = (event: string, change: Partial<Record<keyof HTMLVideoElement, unknown>> = {}) =>
    act(() => {
      for (const [name, value] of Object.entries(change)) {
        Object.defineProperty(video, name, { value, configurable: true, writable: true });
      }
      fireEvent(video, new Event(event));
    });
  happen('durationchange', { duration: 100, currentTime: 0 });
  act(() => engines.current().options.listener.onState(state));
  const part = (name: string) => {
    const element = view.container.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (!element) throw new Error(`There is no ${name}.`);
    return element;
  };

  const show = (own: Partial<SecurePlayerProps>) => view.rerender(page(own));

  return { ...view, engines, root, video, play, pause, happen, part, show };
}

const focused = () => document.activeElement as Element;

it('the large button gives its focus to the player, whose keys then work though it is gone', async () => {
  const { root, part, play } = await setup();
  part('center-play-button').focus();
  fireEvent.click(part('center-play-button'));

  expect(play).toHaveBeenCalledOnce();
  expect(focused()).toBe(root);
});

it('the play button plays, then pauses, and says so', async () => {
  const { part, play, pause, happen } = await setup();
  expect(part('play-button').getAttribute('aria-label')).toBe('Play');
  fireEvent.click(part('play-button'));
  expect(play).toHaveBeenCalledOnce();

  happen('play', { paused: false });
  expect(part('play-button').getAttribute('aria-label')).toBe('Pause');
  fireEvent.click(part('play-button'));
  expect(pause).toHaveBeenCalledOnce();
});

describe('the seek bar', () => {
  it('says in words where playback is', async () => {
    const { part, happen } = await setup();
    happen('timeupdate', { currentTime: 80 });

    expect(part('seek-bar').getAttribute('aria-valuetext')).toBe(
      '1 minute 20 seconds of 1 minute 40 seconds',
    );
    expect(part('time-display').textContent).toBe('1:20 / 1:40');
  });

  it('says nothing of the last title once the next one loads, and then where that is', async () => {
    const { part, happen } = await setup();
    happen('timeupdate', { currentTime: 80 });
    const said = () => part('seek-bar').getAttribute('aria-valuetext');

    happen('durationchange', { duration: Number.NaN });
    happen('timeupdate', { currentTime: 0 });
    expect(said()).toBeNull();
    expect(part('seek-bar').getAttribute('aria-valuemax')).toBe('0');
    happen('durationchange', { duration: 60 });
    expect(said()).toBe('0 seconds of 1 minute');
    happen('durationchange', { duration: 120 });
    expect(said()).toBe('0 seconds of 2 minutes');
  });

  it.each([
    ['ArrowRight', 55],
    ['ArrowLeft', 45],
    ['Home', 0],
    ['End', 100],
  ])('goes by %s to %i s, once', async (key, expected) => {
    const { part, video, happen } = await setup();
    happen('timeupdate', { currentTime: 50 });
    const set = vi.fn();
    Object.defineProperty(video, 'currentTime', { get: () => 50, set, configurable: true });
    fireEvent.keyDown(part('seek-bar'), { key });

    expect(set.mock.calls).toEqual([[expected]]);
  });
});

describe('the volume slider', () => {
  const slide = (value: string) =>
    fireEvent.change(screen.getByRole('slider', { name: 'Volume' }), { target: { value } });

  it('tells the page first, which may prevent what it does', async () => {
    const heard: string[] = [];
    const { video } = await setup({
      controls: false,
      children: (
        <VolumeSlider
          onChange={(event) => {
            heard.push(`${event.target.value} at ${video.volume}`);
            if (event.target.value === '100') event.preventDefault();
          }}
        />
      ),
    });
    video.volume = 0.8;
    slide('50');
    expect(video.volume).toBe(0.5);
    slide('100');

    expect(heard).toEqual(['50 at 0.8', '100 at 0.5']);
    expect(video.volume).toBe(0.5);
  });
});

it('a layout and its sliders have the names that the page gives them, or else those of the catalogue', async () => {
  const { container } = await setup({
    controls: false,
    children: (
      <>
        <DefaultControls aria-label="Controls of the trailer" />
        <SeekBar aria-label="Place in the trailer" />
        <VolumeSlider aria-label="Loudness of the trailer" />
      </>
    ),
  });
  const names = [...container.querySelectorAll('[role="group"], [role="slider"], [type="range"]')].map(
    (part) => part.getAttribute('aria-label'),
  );

  expect(names).toEqual([
    'Controls of the trailer',
    'Seek',
    'Volume',
    'Place in the trailer',
    'Loudness of the trailer',
  ]);
});

describe('the settings menu', () => {
  const QUALITIES = [quality(720, { unusableReason: 'output-restricted' }), quality(360)];

  it('chooses a quality by keyboard, and gives the focus back', async () => {
    const { part, engines } = await setup({}, { qualities: QUALITIES, quality: QUALITIES[1] ?? null });
    fireEvent.click(part('settings-menu'));
    expect(focused().textContent).toContain('Quality');
    fireEvent.click(focused());
    expect(focused().textContent).toBe('Auto (360p)');

    fireEvent.keyDown(focused(), { key: 'End' });
    fireEvent.click(focused());
    expect(engines.current().selectQuality).toHaveBeenCalledExactlyOnceWith('360');
    expect(focused()).toBe(part('settings-menu'));
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('says why a quality cannot be chosen, and does not choose it', async () => {
    const { part, engines } = await setup({}, { qualities: QUALITIES });
    fireEvent.click(part('settings-menu'));
    fireEvent.click(focused());
    const item = screen.getByRole('menuitemradio', { name: /HD needs a newer display/ });
    fireEvent.click(item);

    expect(item.getAttribute('aria-disabled')).toBe('true');
    expect(engines.current().selectQuality).not.toHaveBeenCalled();
  });

  it('goes back a page at Escape, then closes', async () => {
    const { part } = await setup();
    fireEvent.click(part('settings-menu'));
    fireEvent.click(screen.getByRole('menuitem', { name: /Speed/ }));
    fireEvent.keyDown(focused(), { key: 'Escape' });
    expect(focused().textContent).toContain('Speed');
    fireEvent.keyDown(focused(), { key: 'Escape' });

    expect(screen.queryByRole('menu')).toBeNull();
    expect(focused()).toBe(part('settings-menu'));
  });
});

it('tells sounds and captions of one language apart, in the words of the catalogue', async () => {
  const messages = createMessages(ENGLISH_MESSAGES, {
    controls: { trackKinds: { description: 'spoken pictures' } },
  });
  const english = (id: string, facts: object) => ({ ...track('en', false), id, ...facts });
  const { part } = await setup(
    { children: <AudioMenu /> },
    {
      audioTracks: [english('a', { active: true }), english('b', { kind: 'description' })],
      textTracks: [english('c', {}), english('d', { label: 'SDH' })],
    },
    messages,
  );
  const choices = () => screen.getAllByRole('menuitemradio').map(({ textContent }) => textContent);
  fireEvent.click(part('audio-menu'));
  expect(choices()).toEqual(['English', 'English (spoken pictures)']);
  fireEvent.keyDown(focused(), { key: 'Escape' });

  fireEvent.click(part('captions-menu'));
  expect(choices()).toEqual(['Off', 'English', 'English (SDH)']);
});

describe('the keyboard', () => {
  it('plays by k and by space in the player, and leaves text fields and buttons their keys', async () => {
    const { part, play, root } = await setup({ children: <input aria-label="Note" /> });
    fireEvent.keyDown(screen.getByLabelText('Note'), { key: 'k' });
    fireEvent.keyDown(part('mute-button'), { key: ' ' });
    fireEvent.keyDown(part('mute-button'), { key: 'k', ctrlKey: true });
    expect(play).not.toHaveBeenCalled();

    fireEvent.keyDown(part('mute-button'), { key: 'k' });
    fireEvent.keyDown(root, { key: ' ' });
    expect(play).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['Cyrillic', 'л', 'KeyK'],
    ['Arabic', 'ن', 'KeyK'],
    ['Hebrew', 'ל', 'KeyK'],
  ])('plays by the key of k in %s letters too', async (_, key, code) => {
    const { play, root } = await setup();
    fireEvent.keyDown(root, { key, code });

    expect(play).toHaveBeenCalledOnce();
  });

  it('goes by letters and not by keys where those are Latin', async () => {
    const { play, root } = await setup();
    // Dvorak has t there, and k elsewhere.
    fireEvent.keyDown(root, { key: 't', code: 'KeyK' });
    expect(play).not.toHaveBeenCalled();

    fireEvent.keyDown(root, { key: 'k', code: 'KeyV' });
    expect(play).toHaveBeenCalledOnce();
  });

  it('goes to a tenth by digits of other scripts', async () => {
    const { video, root } = await setup();
    fireEvent.keyDown(root, { key: '٥', code: 'Digit5' });

    expect(video.currentTime).toBe(50);
  });

  it('plays once while a key is held down, and seeks on', async () => {
    const { play, video, root, happen } = await setup();
    fireEvent.keyDown(root, { key: 'k' });
    expect(fireEvent.keyDown(root, { key: 'k', repeat: true })).toBe(false);
    // Nor does the page scroll.
    expect(fireEvent.keyDown(root, { key: ' ', repeat: true })).toBe(false);
    expect(play).toHaveBeenCalledOnce();

    happen('timeupdate', { currentTime: 50 });
    fireEvent.keyDown(root, { key: 'l', repeat: true });
    expect(video.currentTime).toBe(60);
  });

  it('gives sound at a volume of nothing by m, as the button does', async () => {
    const { video, root, happen } = await setup();
    video.volume = 0;
    happen('volumechange');
    fireEvent.keyDown(root, { key: 'm' });

    expect([video.volume, video.muted]).toEqual([0.5, false]);
  });

  it('can be turned off, and then no button names a key', async () => {
    const { root, play, container, part } = await setup({ keyboardShortcuts: false });
    fireEvent.keyDown(root, { key: 'k' });

    expect(play).not.toHaveBeenCalled();
    expect(container.querySelector('[aria-keyshortcuts]')).toBeNull();
    expect(part('play-button').dataset['tooltip']).toBe('Play');
  });

  it('is named by the buttons of any layout, while it is in use', async () => {
    const Shortcuts = () => {
      useKeyboardShortcuts();
      return null;
    };
    const layout = (hasKeys: boolean): Partial<SecurePlayerProps> => ({
      controls: false,
      children: (
        <>
          <PlayButton />
          <MuteButton aria-keyshortcuts="Control+m" />
          {hasKeys && <Shortcuts />}
        </>
      ),
    });
    const { part, show } = await setup(layout(false));
    const keys = () =>
      ['play-button', 'mute-button'].map((name) => part(name).getAttribute('aria-keyshortcuts'));
    expect(keys()).toEqual([null, 'Control+m']);

    show(layout(true));
    expect(keys()).toEqual(['k', 'Control+m']);
    expect(part('play-button').dataset['tooltip']).toBe('Play (k)');
    show(layout(false));
    expect(keys()[0]).toBeNull();
  });

  it('shows captions by c, and takes them away', async () => {
    const { root, engines } = await setup({}, { textTracks: [track('en', false), track('es', false)] });
    const { selectTextTrack, options } = engines.current();
    fireEvent.keyDown(root, { key: 'c' });
    expect(selectTextTrack).toHaveBeenLastCalledWith('en');

    act(() => options.listener.onState({ textTracks: [track('en', true), track('es', false)] }));
    fireEvent.keyDown(root, { key: 'c' });
    expect(selectTextTrack).toHaveBeenLastCalledWith(null);
  });
});

it('a live stream says so at its edge, and goes back there', async () => {
  const seekable = { length: 1, start: () => 0, end: () => 60 };
  const { part, happen, video } = await setup({}, { live: true });
  happen('play', { paused: false });
  happen('timeupdate', { currentTime: 58, seekable });
  expect(part('live-button').hasAttribute('data-edge')).toBe(true);

  happen('timeupdate', { currentTime: 20 });
  expect(part('live-button').hasAttribute('data-edge')).toBe(false);
  expect(part('seek-bar').getAttribute('aria-valuetext')).toBe('40 seconds behind live');
  fireEvent.click(part('live-button'));
  expect(video.currentTime).toBe(60);
});

it('controls are out of reach under an error', async () => {
  const { engines, part, root } = await setup();
  part('play-button').focus();
  act(() => engines.current().options.listener.onError(new PlaybackError('segment-unavailable')));

  expect(part('controls').hasAttribute('inert')).toBe(true);
  expect(focused()).toBe(root);
});
