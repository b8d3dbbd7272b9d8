import { SecurePlayer } from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';

import { filmStory } from '../testing/film-story.js';
import { playerOf } from '../testing/story-player.js';

/** Every value of `data-status`, come about as it does on a page: by the media, the network and the viewer. */
const meta = {
  title: 'SecurePlayer/Statuses',
  component: SecurePlayer,
  args: { controls: true, source: null },
  argTypes: { source: { control: false } },
} satisfies Meta<typeof SecurePlayer>;

export default meta;
type Story = StoryObj<typeof meta>;

/** There is nothing to play yet. */
export const Idle: Story = {
  play: async ({ canvasElement }) => playerOf(canvasElement).expectStatus('idle'),
};

/** The manifest has not come yet. */
export const Loading: Story = filmStory({
  film: 'preview',
  globals: { network: 'manifest-held' },
  play: async (player) => player.expectStatus('loading'),
});

/** All is there that playback needs. */
export const Ready: Story = filmStory({
  film: 'preview',
  play: async (player) => player.expectStatus('ready'),
});

/** It plays. */
export const Playing: Story = filmStory({ film: 'preview', play: async (player) => player.play() });

/** The viewer has paused. */
export const Paused: Story = filmStory({
  film: 'preview',
  async play(player) {
    await player.play();
    player.video.pause();
    await player.expectStatus('paused');
  },
});

/** It would play, and waits for what is to come. */
export const Buffering: Story = filmStory({
  film: 'preview',
  globals: { network: 'segments-held' },
  async play(player) {
    await player.expectStatus('ready');
    player.video.muted = true;
    void player.video.play();
    await player.expectStatus('buffering');
    await expect(player.video.paused).toBe(false);
  },
});

/** The film is over. */
export const Ended: Story = filmStory({
  film: 'preview',
  change: (source) => ({ ...source, startTime: 63.5 }),
  async play(player) {
    await player.expectStatus('ready');
    player.video.muted = true;
    void player.video.play();
    await player.expectStatus('ended');
  },
});

/** It cannot be played; see the errors. */
export const Failed: Story = {
  name: 'Error',
  args: { source: { src: '/media/not-here/manifest.mpd', type: 'dash' } },
  async play({ canvasElement }) {
    await playerOf(canvasElement).expectError('manifest-not-found');
    await playerOf(canvasElement).expectStatus('error');
  },
};
