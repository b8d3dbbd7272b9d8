import {
  ARABIC_MESSAGES,
  ENGLISH_MESSAGES,
  PlaybackError,
  SecurePlayer,
  SecurePlayerProvider,
  type Source,
  type StreamRefusal,
  type ViewerMessages,
} from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { useMemo, type ReactNode } from 'react';
import { expect, userEvent, within } from 'storybook/test';

import { createRefusingBackend } from '../testing/stated-backend.js';
import { StatedEngine } from '../testing/stated-engine.js';
import { playerOf } from '../testing/story-player.js';

const SOURCE: Source = {
  src: '/media/film/manifest.mpd',
  type: 'dash',
  session: { id: 'story', heartbeatSeconds: 60, takesStream: 'at-once' },
};

const TODAY = new Date().setHours(8, 30, 0, 0);
const STREAMS = [
  { id: 's1', contentId: 'first-light', device: 'Safari on iPad', startedAt: TODAY - 86_400_000 },
  { id: 's2', contentId: 'evening-news', device: 'Chrome on Android', startedAt: TODAY },
  { id: 's3', contentId: 'first-light', device: 'Firefox on Windows', startedAt: TODAY + 60_000 },
];

interface ElsewhereArgs {
  refusal: StreamRefusal;
  messages: ViewerMessages;
}

function Elsewhere({ refusal, messages }: ElsewhereArgs): ReactNode {
  const backend = useMemo(() => createRefusingBackend(refusal), [refusal]);

  return (
    <StatedEngine>
      <SecurePlayerProvider backend={backend} messages={messages}>
        <SecurePlayer controls source={SOURCE} />
      </SecurePlayerProvider>
    </StatedEngine>
  );
}

const limit = (streams: StreamRefusal['streams']): StreamRefusal => ({
  error: new PlaybackError('stream-limit-reached'),
  streams,
  takenOverBy: null,
});

/**
 * What a viewer sees whose account plays on as many devices as it may, or whose stream another device took: what plays, and how to
 * play here instead. A backend refuses as it is told; `Hooks/useStreamLease` has devices that really take turns.
 */
const meta = {
  title: 'SecurePlayer/Playing elsewhere',
  component: Elsewhere,
  args: { refusal: limit(STREAMS), messages: ENGLISH_MESSAGES },
  argTypes: { refusal: { control: false }, messages: { control: false } },
} satisfies Meta<typeof Elsewhere>;

export default meta;
type Story = StoryObj<typeof meta>;

/** The viewer chooses which of them stops, by the keyboard. */
export const ThreeDevices: Story = {
  async play({ canvasElement }) {
    const player = playerOf(canvasElement);
    await player.expectError('stream-limit-reached');
    const surface = within(player.root);
    const [oldest, next] = await surface.findAllByRole('radio');
    await expect(oldest).toBeChecked();

    oldest?.focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(next).toBeChecked();
    await userEvent.tab();
    await expect(surface.getByRole('button', { name: 'Play here instead' })).toHaveFocus();
    await userEvent.tab();
    await expect(surface.getByRole('button', { name: 'Try again' })).toHaveFocus();
  },
};

/** There is nothing to choose. */
export const OneDevice: Story = {
  args: { refusal: limit(STREAMS.slice(1, 2)) },
  play: async ({ canvasElement }) => playerOf(canvasElement).expectText(/Chrome on Android/),
};

/** The server does not say what plays. */
export const NobodyNamed: Story = {
  args: { refusal: limit([]) },
  play: async ({ canvasElement }) => playerOf(canvasElement).expectText('Play here instead'),
};

/** Another device has the stream. */
export const TakenOver: Story = {
  args: {
    refusal: {
      error: new PlaybackError('stream-taken-over'),
      streams: [],
      takenOverBy: 'Firefox on Windows',
    },
  },
  play: async ({ canvasElement }) => playerOf(canvasElement).expectText('Firefox on Windows has taken over.'),
};

/** From right to left; the names of devices stay as they are. */
export const Arabic: Story = {
  args: { messages: ARABIC_MESSAGES },
  async play({ canvasElement }) {
    const player = playerOf(canvasElement);
    await player.expectText(ARABIC_MESSAGES.streams.takeOver);
    await expect(within(player.root).getByRole('alert')).toHaveAttribute('dir', 'rtl');
  },
};

/** On the smallest phones the list scrolls within the player. */
export const SmallPhone: Story = {
  globals: { viewport: { value: 'small' } },
  play: async ({ canvasElement }) => playerOf(canvasElement).expectText(/Firefox on Windows/),
};
