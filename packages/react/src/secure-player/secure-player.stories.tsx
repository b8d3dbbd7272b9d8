import { SecurePlayer, type Source } from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';

import { filmStory, type FilmStoryOptions } from '../testing/film-story.js';
import { openFilm } from '../testing/open-film.js';
import { playerOf } from '../testing/story-player.js';

/**
 * Plays protected DASH and HLS from one `source`. The films are encrypted, with three keys, and their licenses come from a
 * server within this page; Widevine, PlayReady and FairPlay are simulated by the virtual CDM, which is no DRM.
 */
const meta = {
  title: 'SecurePlayer',
  component: SecurePlayer,
  args: { controls: true, source: null },
  argTypes: {
    source: { control: false },
    controls: { control: 'inline-radio', options: [true, 'native', false] },
    onRecovery: { control: false },
    engineConfig: { control: false },
    videoProps: { control: false },
    children: { control: false },
  },
} satisfies Meta<typeof SecurePlayer>;

export default meta;
type Story = StoryObj<typeof meta>;

/** DASH under the browser's own Clear Key, `cenc`. */
export const Dash: Story = playing({ film: 'preview' });

/** HLS over fragmented MP4 under Clear Key, `cbcs`: the same player, and another engine behind it. */
export const Hls: Story = playing({ film: 'preview', format: 'hls' });

/** DASH as Widevine has it, simulated: the whole film in HD, and HD wants HDCP 1.4. The toolbar changes the display. */
export const WidevineDash: Story = playing({ globals: { keySystem: 'com.widevine.alpha' } });

/** HLS as Widevine has it, simulated. */
export const WidevineHls: Story = playing({ format: 'hls', globals: { keySystem: 'com.widevine.alpha' } });

/** DASH as PlayReady has it, simulated. */
export const PlayreadyDash: Story = playing({ globals: { keySystem: 'com.microsoft.playready' } });

/** HLS as PlayReady has it, simulated. */
export const PlayreadyHls: Story = playing({
  format: 'hls',
  globals: { keySystem: 'com.microsoft.playready' },
});

/** DASH as FairPlay has it, simulated: `cbcs`, with a license for each rendition. */
export const FairplayDash: Story = playing({ format: 'dash-cbcs', globals: { keySystem: 'com.apple.fps' } });

/** HLS as FairPlay has it, simulated. */
export const FairplayHls: Story = playing({ format: 'hls', globals: { keySystem: 'com.apple.fps' } });

/** No controls at all: the states still show themselves. */
export const WithoutControls: Story = {
  ...filmStory({ film: 'preview', play: async (player) => player.play() }),
  args: { controls: false },
};

/** On a phone, upright. */
export const OnPhone: Story = {
  ...filmStory({ film: 'preview', play: async (player) => player.play() }),
  globals: { viewport: { value: 'phone', isRotated: false } },
};

/** On the narrowest screen that there is to expect, 320 pixels. */
export const OnSmallPhone: Story = {
  ...filmStory({ film: 'preview', play: async (player) => player.play() }),
  globals: { viewport: { value: 'small', isRotated: false } },
};

/** Two players on one page: each has its engine, its sessions and its state. */
export const TwoPlayers: Story = {
  loaders: [
    async () => ({
      dash: await openFilm({ film: 'preview', format: 'dash', keySystem: 'org.w3.clearkey' }),
      hls: await openFilm({ film: 'preview', format: 'hls', keySystem: 'org.w3.clearkey' }),
    }),
  ],
  render: (args, { loaded }) => (
    <div
      style={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'repeat(auto-fit, minmax(18rem, 1fr))' }}
    >
      <section aria-label="DASH">
        <SecurePlayer {...args} source={loaded['dash'] as Source} />
      </section>
      <section aria-label="HLS">
        <SecurePlayer {...args} source={loaded['hls'] as Source} />
      </section>
    </div>
  ),
  play: async ({ canvas }) => {
    const [first, second] = ['DASH', 'HLS'].map((name) => playerOf(canvas.getByRole('region', { name })));
    await first?.play();
    await second?.play();
    await expect(first?.root.dataset['status']).toBe('playing');
  },
};

function playing(options: FilmStoryOptions): Story {
  return filmStory({ ...options, play: async (player) => player.play() });
}
