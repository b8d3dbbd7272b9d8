import {
  ARABIC_MESSAGES,
  ENGLISH_MESSAGES,
  PlaybackError,
  SecurePlayer,
  SecurePlayerProvider,
  type PlaybackNotice,
  type PlayerState,
  type Source,
} from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';

import { openFilm } from '../testing/open-film.js';
import { StatedEngine, type StatedEngineProps } from '../testing/stated-engine.js';
import { playerOf } from '../testing/story-player.js';

const FILM: Source = { src: '/media/film/manifest.mpd', type: 'dash' };
const REFUSED: PlaybackNotice = {
  code: 'license-renewal-refused',
  error: new PlaybackError('subscription-expired'),
};
const LIMITED: PlaybackNotice = { code: 'quality-limited', reason: 'key-missing' };

/** What a viewer is told of while the film goes on, from an engine that says so. */
const meta = {
  title: 'SecurePlayer/Notices',
  component: SecurePlayer,
  args: { controls: true, source: FILM },
  argTypes: { source: { control: false } },
  // The poster is the picture of a player that plays nothing.
  loaders: [
    async () => ({
      poster: (await openFilm({ film: 'preview', format: 'dash', keySystem: 'org.w3.clearkey' })).poster,
      endsSoon: endsIn(10),
      endsLater: endsIn(120),
    }),
  ],
} satisfies Meta<typeof SecurePlayer>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A picture that is not as good as it might be. */
export const QualityLimited: Story = {
  ...stated(() => ({ notice: LIMITED })),
  play: async ({ canvasElement }) =>
    playerOf(canvasElement).expectText(ENGLISH_MESSAGES.qualityLimited['key-missing']),
};

/** A license that ends, but not soon. */
export const RenewalRefused: Story = {
  ...stated(({ endsLater }) => ({ notice: REFUSED, drm: endsLater })),
  play: async ({ canvasElement }) =>
    playerOf(canvasElement).expectText(ENGLISH_MESSAGES.licenseRenewalRefused),
};

/** The last quarter of an hour of a license: the time of day is said, once, until the viewer closes it. */
export const EndsSoon: Story = {
  ...stated(({ endsSoon }) => ({ notice: REFUSED, drm: endsSoon })),
  async play({ canvasElement }) {
    const player = playerOf(canvasElement);
    await player.expectText(/You can watch this video until \d/);
    await expect(player.root.textContent).not.toContain(ENGLISH_MESSAGES.licenseRenewalRefused);

    await userEvent.click(within(player.root).getByRole('button', { name: 'Close' }));
    await expect(within(player.root).getByRole('status').textContent).toBe('');
    await expect(player.root).toHaveFocus();
  },
};

/** Two things at once, below each other. */
export const Two: Story = {
  ...stated(({ endsSoon }) => ({ notice: LIMITED, drm: endsSoon })),
  play: async ({ canvasElement }) => playerOf(canvasElement).expectText(/until \d.*plan/),
};

export const Arabic: Story = {
  ...stated(({ endsSoon }) => ({ notice: LIMITED, drm: endsSoon })),
  decorators: [
    (Story) => (
      <SecurePlayerProvider messages={ARABIC_MESSAGES}>
        <Story />
      </SecurePlayerProvider>
    ),
  ],
  play: async ({ canvasElement }) =>
    playerOf(canvasElement).expectText(ARABIC_MESSAGES.qualityLimited['key-missing']),
};

interface Ends {
  readonly endsSoon: PlayerState['drm'];
  readonly endsLater: PlayerState['drm'];
}

function stated(stateOf: (ends: Ends) => StatedEngineProps['state']): Pick<Story, 'render'> {
  return {
    render: (args, { loaded }) => (
      <StatedEngine state={stateOf(loaded as unknown as Ends)}>
        <SecurePlayer {...args} source={{ ...FILM, poster: loaded['poster'] as string }} />
      </StatedEngine>
    ),
  };
}

/** A license that is not renewed. */
function endsIn(minutes: number): PlayerState['drm'] {
  return {
    keySystem: 'com.widevine.alpha',
    keyStatuses: [],
    expiresAt: Date.now() + minutes * 60_000,
    renewal: 'refused',
  };
}
