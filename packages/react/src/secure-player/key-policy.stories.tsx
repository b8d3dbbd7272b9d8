import { ENGLISH_MESSAGES, SecurePlayer } from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';

import { filmStory } from '../testing/film-story.js';

const HDCP_WARNING = ENGLISH_MESSAGES.qualityLimited['output-restricted'];
const PATIENCE = { timeout: 30_000 };

/**
 * What is done about keys that cannot be used: `keyStatusPolicy`. The display and the device are simulated; the toolbar has
 * more to try.
 */
const meta = {
  title: 'SecurePlayer/Key policy',
  component: SecurePlayer,
  args: { controls: true, source: null, keyStatusPolicy: {} },
  argTypes: { source: { control: false } },
} satisfies Meta<typeof SecurePlayer>;

export default meta;
type Story = StoryObj<typeof meta>;

/** The display has no HDCP: the film plays in SD, and a notice says why until the viewer closes it. */
export const Fallback: Story = {
  ...filmStory({
    format: 'hls',
    globals: { keySystem: 'com.widevine.alpha', hdcp: 'none' },
    async play(player) {
      await player.play();
      await player.expectText(HDCP_WARNING);
      await waitFor(async () => expect(player.video.videoHeight).toBe(360), PATIENCE);

      const notice = within(player.root).getByRole('status');
      await userEvent.click(within(notice).getByRole('button', { name: 'Close' }));
      await expect(player.root.textContent).not.toContain(HDCP_WARNING);
      await player.expectFrames();
    },
  }),
  args: { keyStatusPolicy: { outputRestricted: 'fallback' } },
};

/** The display loses HDCP while the film plays, and has it again. */
export const FallbackAndBack: Story = filmStory({
  globals: { keySystem: 'com.widevine.alpha' },
  async play(player, device) {
    await player.play();
    device.setHdcp('none');
    await player.expectText(HDCP_WARNING);

    device.setHdcp('2.2');
    await waitFor(async () => expect(player.root.textContent).not.toContain(HDCP_WARNING), PATIENCE);
    await player.expectFrames();
  },
});

/** A page that would rather show nothing than less. */
export const ErrorInPlaceOfFallback: Story = {
  ...filmStory({
    globals: { keySystem: 'com.widevine.alpha', hdcp: 'none' },
    play: async (player) => player.expectError('output-restricted'),
  }),
  args: { keyStatusPolicy: { outputRestricted: 'error' } },
};

/** No key at all is allowed on this display, and the page waits for another one. */
export const ContinueWithoutDisplay: Story = {
  ...filmStory({
    globals: { keySystem: 'com.widevine.alpha', fault: 'output-restricted' },
    async play(player) {
      await player.expectText(HDCP_WARNING);
      await expect(player.root.dataset['status']).not.toBe('error');
    },
  }),
  args: { keyStatusPolicy: { outputRestricted: 'continue' } },
};

/** The license ends, and the page wants no other. */
export const ErrorWhenExpired: Story = {
  ...filmStory({
    globals: { keySystem: 'com.widevine.alpha', fault: 'expired' },
    play: async (player) => player.expectError('key-expired'),
  }),
  args: { keyStatusPolicy: { expired: 'error' } },
};

/** The device asks for a renewal, and the film plays on. */
export const Renewal: Story = filmStory({
  globals: { keySystem: 'com.widevine.alpha' },
  async play(player, device) {
    const requests = () => device.log.filter(({ messageType }) => messageType === 'license-renewal').length;
    const before = requests();
    await player.play();
    device.renewNow();
    await device.settled();
    await waitFor(async () => expect(requests()).toBeGreaterThan(before), PATIENCE);
    await player.expectFrames();
    await player.expectStatus('playing');
  },
});
