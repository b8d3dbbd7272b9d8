import { DownloadSpaceBar, type DownloadSpace } from '@secure-player/react/offline';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';

import { downloadsStory, type DownloadsStoryOptions } from '../../testing/downloads-story.js';

/** The room for downloads, as the browser tells it. */
const meta = {
  title: 'Downloads/DownloadSpaceBar',
  component: DownloadSpaceBar,
} satisfies Meta<typeof DownloadSpaceBar>;

export default meta;
type Story = StoryObj<typeof meta>;

function spaceStory(
  space: DownloadSpace | null,
  label: string,
  valueText: string | RegExp,
  story: Partial<DownloadsStoryOptions> = {},
): Story {
  return downloadsStory({
    ...story,
    state: { space },
    render: (messages) => <DownloadSpaceBar messages={messages} />,
    async play({ canvas }) {
      const bar = await canvas.findByRole('meter', { name: label });
      await expect(bar).toHaveAttribute('aria-valuetext', expect.stringMatching(valueText));
    },
  });
}

const LABEL = 'Room on this device';

/** The browser has promised to delete nothing by itself. */
export const Roomy: Story = spaceStory(
  { usedBytes: 3.1e9, quotaBytes: 12e9, isPersisted: true },
  LABEL,
  '3.1 GB in use, 8.9 GB of 12 GB free',
);

/** It has not, and there is little left. */
export const Tight: Story = spaceStory(
  { usedBytes: 11.4e9, quotaBytes: 12e9, isPersisted: false },
  LABEL,
  /600 MB of 12 GB free/,
);

/** Nothing is here. */
export const Nothing: Story = spaceStory(
  { usedBytes: 0, quotaBytes: 64e9, isPersisted: false },
  LABEL,
  '0 kB in use, 64 GB of 64 GB free',
  { globals: { theme: 'light' } },
);

export const Arabic: Story = spaceStory(
  { usedBytes: 3.1e9, quotaBytes: 12e9, isPersisted: false },
  'المساحة على هذا الجهاز',
  /متاحة من/,
  { language: 'ar', globals: { viewport: { value: 'phone' } } },
);
