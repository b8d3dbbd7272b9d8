import {
  AudioMenu,
  CaptionsMenu,
  CenterPlayButton,
  FullscreenButton,
  LiveButton,
  MuteButton,
  PictureInPictureButton,
  PlaybackRateMenu,
  PlayButton,
  QualityMenu,
  SecurePlayer,
  SeekBar,
  SettingsMenu,
  SkipButton,
  TimeDisplay,
  useMediaSession,
  VolumeSlider,
  type Source,
} from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, fireEvent, userEvent, waitFor } from 'storybook/test';

import { filmLoader } from '../testing/film-story.js';
import { StatedEngine } from '../testing/stated-engine.js';
import { playerOf } from '../testing/story-player.js';
import { Film as FilmWithShortcuts } from './keyboard/use-keyboard-shortcuts.example.js';

const STREAM: Source = { src: '/media/film/manifest.mpd', type: 'dash' };
const LIVE = { live: true };
const SOUNDS = {
  audioTracks: [
    { id: 'main', language: 'en', label: null, kind: 'main', active: true },
    { id: 'description', language: 'en', label: null, kind: 'description', active: false },
    { id: 'surround', language: 'en', label: '5.1', kind: 'main', active: false },
    { id: 'arabic', language: 'ar', label: null, kind: 'dub', active: false },
  ],
};
const PATIENCE = { timeout: 30_000 };

/** Each part by itself, in the film that it acts on. */
const meta = {
  title: 'Controls/Parts',
  loaders: [filmLoader({})],
} satisfies Meta;

export default meta;
type Story = StoryObj<typeof meta>;

/** A story of one part; `act` is what a viewer does with it. */
function part(element: ReactNode, act: (context: PartContext) => Promise<void>): Story {
  return {
    render: (_args, { loaded }) => (
      <SecurePlayer source={loaded['source'] as Source} muted>
        <div className="story-part">{element}</div>
      </SecurePlayer>
    ),
    async play({ canvas, canvasElement }) {
      const player = playerOf(canvasElement);
      await player.expectStatus('ready');
      await act({ canvas, player });
    },
  };
}

/** One part over a stream of which an engine says this. */
function Stated({ state, part: element }: { state: typeof LIVE | typeof SOUNDS; part: ReactNode }) {
  return (
    <StatedEngine state={state}>
      <SecurePlayer source={STREAM}>
        <div className="story-part">{element}</div>
      </SecurePlayer>
    </StatedEngine>
  );
}

interface PartContext {
  readonly canvas: Parameters<NonNullable<Story['play']>>[0]['canvas'];
  readonly player: ReturnType<typeof playerOf>;
}

const press = async ({ canvas }: PartContext, name: string | RegExp) =>
  userEvent.click(await canvas.findByRole('button', { name }));

/** Opens a menu, and expects its choices. */
const open = (name: string, choice: string | RegExp) => async (context: PartContext) => {
  await press(context, name);
  await expect(await context.canvas.findByRole('menuitemradio', { name: choice })).toBeVisible();
};

export const Play: Story = part(<PlayButton />, async (context) => {
  await press(context, 'Play');
  await context.player.expectStatus('playing');
});

export const CenterPlay: Story = part(<CenterPlayButton />, async (context) => {
  await press(context, 'Play');
  await context.player.expectStatus('playing');
});

export const Skip: Story = part(
  <>
    <SkipButton direction="backward" />
    <SkipButton direction="forward" />
  </>,
  async (context) => {
    await press(context, /^Forward/);
    await waitFor(async () => expect(context.player.video.currentTime).toBeGreaterThan(0), PATIENCE);
  },
);

export const Mute: Story = part(<MuteButton />, async (context) => {
  await press(context, 'Unmute');
  await expect(context.player.video.muted).toBe(false);
});

export const Volume: Story = part(<VolumeSlider />, async ({ canvas, player }) => {
  // A browser's own slider knows no keys that a script makes up.
  await fireEvent.change(canvas.getByRole('slider', { name: 'Volume' }), { target: { value: '50' } });
  await waitFor(async () => expect(player.video.volume).toBe(0.5), PATIENCE);
});

export const Time: Story = part(<TimeDisplay />, async ({ player }) =>
  player.expectText(/0:00\s*\/\s*\d+:\d\d/),
);

export const Seek: Story = part(<SeekBar />, async ({ canvas, player }) => {
  canvas.getByRole('slider', { name: 'Seek' }).focus();
  await userEvent.keyboard('{ArrowRight}');
  await waitFor(async () => expect(player.video.currentTime).toBeGreaterThan(0), PATIENCE);
});

/** A stream that is live and that the viewer has paused, from an engine that says so. */
export const Live: Story = {
  render: () => <Stated state={LIVE} part={<LiveButton />} />,
  async play({ canvas }) {
    const button = await canvas.findByRole('button', { name: 'Live: Go to live' });
    await expect(button).toBeVisible();
    await expect(button).not.toHaveAttribute('data-edge');
  },
};

export const Captions: Story = part(<CaptionsMenu />, open('Captions', 'Off'));
export const Audio: Story = part(<AudioMenu />, open('Audio', /English/));

/** Sounds that differ in no more than their kind, or in a short label. */
export const AudioOfOneLanguage: Story = {
  render: () => <Stated state={SOUNDS} part={<AudioMenu />} />,
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('button', { name: 'Audio' }));
    const names = canvas.getAllByRole('menuitemradio').map(({ textContent }) => textContent);
    await expect(names).toEqual(['English', 'English (audio description)', 'English (5.1)', 'العربية']);
  },
};

export const Quality: Story = part(<QualityMenu />, open('Quality', /^720p/));
export const PlaybackRate: Story = part(<PlaybackRateMenu />, open('Speed', 'Normal'));

export const Settings: Story = part(<SettingsMenu />, async (context) => {
  await press(context, 'Settings');
  await expect(await context.canvas.findByRole('menuitem', { name: /Quality/ })).toBeVisible();
});

export const PictureInPicture: Story = part(<PictureInPictureButton />, async ({ canvas }) => {
  const button = await canvas.findByRole('button', { name: 'Picture in picture' });
  await expect(button).toBeEnabled();
});

export const Fullscreen: Story = part(<FullscreenButton />, async ({ canvas }) => {
  await expect(await canvas.findByRole('button', { name: 'Full screen' })).toBeEnabled();
});

/** No part: the keys of a player. */
export const KeyboardShortcuts: Story = {
  render: (_args, { loaded }) => <FilmWithShortcuts source={loaded['source'] as Source} />,
  async play({ canvasElement }) {
    const player = playerOf(canvasElement);
    await player.expectStatus('ready');
    player.root.focus();
    await userEvent.keyboard('l');
    await waitFor(async () => expect(player.video.currentTime).toBeGreaterThan(0), PATIENCE);
  },
};

/** No part either: the lock screen's words and keys. */
function OnLockScreen(): ReactNode {
  useMediaSession();
  return <PlayButton />;
}

export const MediaSession: Story = part(<OnLockScreen />, async ({ player }) => {
  await player.play();
  await waitFor(async () => expect(navigator.mediaSession.metadata?.title).toBe('First Light'), PATIENCE);
});
