import {
  ARABIC_MESSAGES,
  DefaultControls,
  SecurePlayer,
  SecurePlayerProvider,
  type Source,
} from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';

import { filmLoader } from '../testing/film-story.js';
import { playerOf } from '../testing/story-player.js';
import { Film } from './own-layout.example.js';

const PATIENCE = { timeout: 30_000 };

/** The kit's own controls, as a layout and as parts. */
const meta = {
  title: 'Controls/DefaultControls',
  component: DefaultControls,
  loaders: [filmLoader({ film: 'preview' })],
  render: (args, { loaded }) => (
    <SecurePlayer source={loaded['source'] as Source} muted>
      <DefaultControls {...args} />
    </SecurePlayer>
  ),
} satisfies Meta<typeof DefaultControls>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Played and paused by its buttons, and muted by a key. */
export const Default: Story = {
  async play({ canvas, canvasElement }) {
    const player = playerOf(canvasElement);
    await player.expectStatus('ready');
    await userEvent.click(within(bar(canvasElement)).getByRole('button', { name: 'Play' }));
    await player.expectStatus('playing');
    await userEvent.click(within(bar(canvasElement)).getByRole('button', { name: 'Pause' }));
    await player.expectStatus('paused');

    await userEvent.keyboard('m');
    await expect(await canvas.findByRole('button', { name: 'Mute' })).toBeVisible();
  },
};

/** The menu of settings, by keyboard. */
export const Settings: Story = {
  async play({ canvas, canvasElement }) {
    await playerOf(canvasElement).expectStatus('ready');
    await userEvent.click(canvas.getByRole('button', { name: 'Settings' }));
    await userEvent.click(canvas.getByRole('menuitem', { name: /Speed/ }));
    await waitFor(
      async () => expect(canvas.getByRole('menuitemradio', { name: 'Normal' })).toHaveFocus(),
      PATIENCE,
    );
  },
};

/** In Arabic the bar starts at the right, in a page of another language too, and arrows go where they point. */
export const RightToLeft: Story = {
  decorators: [
    (Story) => (
      <SecurePlayerProvider messages={ARABIC_MESSAGES}>
        <Story />
      </SecurePlayerProvider>
    ),
  ],
  async play({ canvasElement }) {
    const player = playerOf(canvasElement);
    await player.expectStatus('ready');
    player.root.focus();
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(async () => expect(player.video.currentTime).toBeGreaterThan(0), PATIENCE);

    await expect(partOf(canvasElement, 'controls').lang).toBe('ar');
    const left = (part: string) => partOf(canvasElement, part).getBoundingClientRect().left;
    await expect(left('play-button')).toBeGreaterThan(left('fullscreen-button'));
  },
};

/** At 320 px the parts stay that a viewer needs; captions are in the settings. */
export const Small: Story = {
  decorators: [
    (Story) => (
      <div style={{ width: 320 }}>
        <Story />
      </div>
    ),
  ],
  async play({ canvasElement }) {
    await playerOf(canvasElement).expectStatus('ready');
    const { scrollWidth, clientWidth } = bar(canvasElement);
    await expect(scrollWidth).toBe(clientWidth);
  },
};

/** Parts in a layout of the page's own. */
export const OwnLayout: Story = {
  render: (_, { loaded }) => <Film source={loaded['source'] as Source} />,
  async play({ canvas, canvasElement }) {
    await playerOf(canvasElement).expectStatus('ready');
    await expect(partOf(canvasElement, 'seek-bar')).toBeVisible();

    // A menu has the height of the player, not that of the bar it is in.
    await userEvent.click(canvas.getByRole('button', { name: 'Settings' }));
    const { clientHeight, scrollHeight } = canvas.getByRole('menu');
    await expect(clientHeight).toBe(scrollHeight);
    await expect(clientHeight).toBeGreaterThan(partOf(canvasElement, 'settings-menu').clientHeight);
  },
};

const bar = (canvas: HTMLElement) => partOf(canvas, 'control-bar');

function partOf(canvas: HTMLElement, name: string): HTMLElement {
  const part = canvas.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (!part) throw new Error(`There is no ${name}.`);

  return part;
}
