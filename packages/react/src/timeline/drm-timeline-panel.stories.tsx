import {
  ARABIC_DIAGNOSTICS,
  DrmTimelinePanel,
  PlayerScope,
  SecurePlayer,
  type Source,
} from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ComponentProps } from 'react';
import { expect, waitFor, within } from 'storybook/test';

import { filmLoader, type FilmStoryOptions } from '../testing/film-story.js';

const PATIENCE = { timeout: 30_000 };

/** What became of the protection of a title, step by step, beside the player. The times are those of this very load. */
const meta = {
  title: 'Diagnostics/DrmTimelinePanel',
  component: DrmTimelinePanel,
} satisfies Meta<typeof DrmTimelinePanel>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Widevine, simulated: access, keys, certificate, session, challenge, server, update, statuses. */
export const Widevine: Story = beside({ globals: { keySystem: 'com.widevine.alpha' } });

/** FairPlay, simulated: a license for each rendition. */
export const Fairplay: Story = beside({ format: 'hls', globals: { keySystem: 'com.apple.fps' } });

/** The device does not take the license: the timeline says where it went wrong. */
export const Refused: Story = beside(
  { globals: { keySystem: 'com.widevine.alpha', fault: 'license-refused' } },
  {},
  /Failed|failed/,
);

/** In Arabic, from right to left. */
export const Arabic: Story = beside(
  { globals: { keySystem: 'com.widevine.alpha' } },
  { messages: ARABIC_DIAGNOSTICS },
  /\p{Script=Arabic}/u,
);

/** No title has been loaded. */
export const Empty: Story = {
  render: (args) => (
    <PlayerScope>
      <DrmTimelinePanel {...args} />
    </PlayerScope>
  ),
};

function beside(
  { globals, ...film }: FilmStoryOptions,
  args: ComponentProps<typeof DrmTimelinePanel> = {},
  text = /License server/,
): Story {
  return {
    args,
    ...(globals && { globals }),
    loaders: [filmLoader(film)],
    render: (panel, { loaded }) => (
      <PlayerScope>
        <div className="story-beside">
          <SecurePlayer controls source={loaded['source'] as Source} />
          <DrmTimelinePanel {...panel} />
        </div>
      </PlayerScope>
    ),
    async play({ canvas }) {
      const list = await canvas.findByRole('list', {}, PATIENCE);
      await waitFor(
        async () => expect(within(list).getAllByRole('listitem').length).toBeGreaterThan(4),
        PATIENCE,
      );
      await waitFor(async () => expect(list.textContent).toMatch(text), PATIENCE);
    },
  };
}
