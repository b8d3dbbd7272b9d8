import { SecurePlayer, Watermark, type Source } from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, waitFor } from 'storybook/test';

import { filmLoader } from '../testing/film-story.js';
import { playerOf } from '../testing/story-player.js';

const PATIENCE = { timeout: 30_000 };

/** A text over the picture that names the viewer. It deters and it names a source; it prevents nothing. */
const meta = {
  title: 'Diagnostics/Watermark',
  component: Watermark,
  args: { text: 'paula@example.com', sessionId: 'a playback session', onTamper: fn() },
  loaders: [filmLoader({ film: 'preview' })],
  render: (args, { loaded }) => (
    <SecurePlayer controls source={loaded['source'] as Source}>
      <Watermark {...args} />
    </SecurePlayer>
  ),
} satisfies Meta<typeof Watermark>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Over a film that plays. */
export const OverFilm: Story = {
  play: async ({ canvasElement }) => playerOf(canvasElement).play(),
};

/** Somebody takes it away: it comes back, and the page hears of it. */
export const Restored: Story = {
  async play({ args, canvasElement }) {
    const { root } = playerOf(canvasElement);
    const overlay = () => root.querySelector('[data-part="watermark"]');
    await waitFor(async () => expect(overlay()).not.toBeNull(), PATIENCE);

    overlay()?.remove();
    await waitFor(async () => expect(args.onTamper).toHaveBeenCalled(), PATIENCE);
    await expect(overlay()).not.toBeNull();
  },
};
