import type { DrmConfiguration, Source } from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';

import { filmLoader, type StoryGlobals } from '../testing/film-story.js';
import { BareVideo } from './use-media-keys.example.js';

const PATIENCE = { timeout: 30_000 };
const SEGMENTS = [1, 2, 3];

/** `useMediaKeys()` and a plain `<video>`: two tracks under two keys, from the `encrypted` event to the picture. */
const meta = {
  title: 'Hooks/useMediaKeys',
  component: BareVideo,
  args: { drm: {}, tracks: [] },
  decorators: [(Story) => <div className="story-bare">{Story()}</div>],
  loaders: [
    async (context) => {
      const { source } = await filmLoader({})(context);
      return { drm: drmOf(source, context.globals as StoryGlobals), tracks: tracksOf(source) };
    },
  ],
  render: (_args, { loaded }) => (
    <BareVideo
      drm={loaded['drm'] as DrmConfiguration}
      tracks={loaded['tracks'] as ReturnType<typeof tracksOf>}
    />
  ),
} satisfies Meta<typeof BareVideo>;

export default meta;
type Story = StoryObj<typeof meta>;

function drmOf(source: Source, { keySystem }: StoryGlobals): DrmConfiguration {
  return { [keySystem]: source.drm?.[keySystem] };
}

function tracksOf({ src }: Source) {
  const file = (path: string) => src.replace(/[^/]+$/, path);
  const track = (name: string, contentType: string) => ({
    contentType,
    urls: [file(`${name}/init.mp4`), ...SEGMENTS.map((number) => file(`${name}/${number}.m4s`))],
  });

  return [
    track('video-360', 'video/mp4; codecs="avc1.640015"'),
    track('audio-en', 'audio/mp4; codecs="mp4a.40.2"'),
  ];
}

async function expectPlaying(canvasElement: HTMLElement): Promise<void> {
  const video = canvasElement.querySelector('video');
  if (!video) throw new Error('The story shows no video.');

  video.muted = true;
  void video.play();
  await waitFor(
    async () => expect(video.getVideoPlaybackQuality().totalVideoFrames).toBeGreaterThan(0),
    PATIENCE,
  );
}

/** The browser's own Clear Key. */
export const ClearKey: Story = {
  globals: { keySystem: 'org.w3.clearkey' },
  async play({ canvas, canvasElement }) {
    await expectPlaying(canvasElement);
    await expect(canvas.getByRole('status')).toHaveTextContent('ready, org.w3.clearkey');
    await waitFor(async () => expect(canvas.getAllByText(/: usable/).length).toBeGreaterThan(1), PATIENCE);
  },
};

/** Widevine, from the virtual CDM. */
export const Widevine: Story = {
  globals: { keySystem: 'com.widevine.alpha' },
  async play({ canvas, canvasElement }) {
    await expectPlaying(canvasElement);
    await expect(canvas.getByRole('status')).toHaveTextContent('ready, com.widevine.alpha');
  },
};

/** PlayReady, from the virtual CDM. */
export const PlayReady: Story = {
  globals: { keySystem: 'com.microsoft.playready' },
  async play({ canvas, canvasElement }) {
    await expectPlaying(canvasElement);
    await expect(canvas.getByRole('status')).toHaveTextContent('ready, com.microsoft.playready');
  },
};
