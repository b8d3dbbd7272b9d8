import { SecurePlayer, SecurePlayerProvider, useStreamLease } from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';

import type { StoryGlobals } from '../testing/film-story.js';
import { openStream, stopAllStreams, type StreamDevice } from '../testing/open-stream.js';
import { playerOf } from '../testing/story-player.js';

const PATIENCE = { timeout: 30_000 };

/** How it is with the stream of the player around it. */
function StreamPanel(): ReactNode {
  const { status, takenOverBy, takeOver, release } = useStreamLease();

  return (
    <div className="story-keys" role="group" aria-label="Stream">
      <output>
        {status}
        {takenOverBy !== null && `, taken over by ${takenOverBy}`}
      </output>{' '}
      <button type="button" onClick={() => void takeOver()}>
        Take over
      </button>{' '}
      <button type="button" onClick={() => void release()}>
        Release
      </button>
    </div>
  );
}

function Device({ name, device }: { name: string; device: StreamDevice }): ReactNode {
  return (
    <section aria-label={name}>
      <SecurePlayerProvider backend={device.backend}>
        <SecurePlayer controls source={device.source}>
          <StreamPanel />
        </SecurePlayer>
      </SecurePlayerProvider>
    </section>
  );
}

const keySystemOf = (globals: object) => (globals as StoryGlobals).keySystem;

/** One device of an account that may play on one at a time. */
const oneDevice = async ({ globals }: { globals: object }) => {
  await stopAllStreams();
  return { first: await openStream(keySystemOf(globals)) };
};

/** Two of them: the second asks for a stream before it plays. */
const twoDevices = async ({ globals }: { globals: object }) => {
  const loaded = await oneDevice({ globals });
  await loaded.first.backend.openPlaybackSession({ contentId: 'first-light', intent: 'play' });
  return { ...loaded, second: await openStream(keySystemOf(globals), 'at-once') };
};

/** `useStreamLease()` below a player of an account that may play on one device at a time; the server is in the page. */
const meta = {
  title: 'Hooks/useStreamLease',
  component: StreamPanel,
  loaders: [oneDevice],
  render: (_args, { loaded }) => <Device name="This device" device={loaded['first'] as StreamDevice} />,
} satisfies Meta<typeof StreamPanel>;

export default meta;
type Story = StoryObj<typeof meta>;

/** It plays, and counts among what the account plays. */
export const Held: Story = {
  async play({ canvasElement, loaded }) {
    const { backend } = loaded['first'] as StreamDevice;
    const player = playerOf(canvasElement);
    await player.expectText('none');
    await player.play();
    await player.expectText('held');

    await expect(await backend.listStreams()).toHaveLength(1);
  },
};

/** It is given back: the film pauses, and another device may play. */
export const Released: Story = {
  async play({ canvas, canvasElement, loaded }) {
    const { backend } = loaded['first'] as StreamDevice;
    const player = playerOf(canvasElement);
    await player.play();
    await player.expectText('held');
    await userEvent.click(canvas.getByRole('button', { name: 'Release' }));
    await player.expectText('released');
    await player.expectStatus('paused');

    await expect(await backend.listStreams()).toEqual([]);
  },
};

/** Another device plays: this one says so before it plays, and takes over. */
export const Refused: Story = {
  loaders: [twoDevices],
  render: (_args, { loaded }) => <Device name="This device" device={loaded['second'] as StreamDevice} />,
  async play({ canvasElement }) {
    const player = playerOf(canvasElement);
    await player.expectError('stream-limit-reached');
    const surface = within(player.root);
    await expect(await surface.findByRole('list', { name: 'Playing now' })).toHaveTextContent('first-light');

    await userEvent.click(surface.getByRole('button', { name: 'Play here instead' }));
    await player.play();
    await player.expectText('held');
  },
};

/** Two devices in one page: the second takes over, the first learns of it with its next heartbeat and takes the stream back. */
export const TakenOver: Story = {
  loaders: [
    async ({ globals }) => ({
      ...(await oneDevice({ globals })),
      second: await openStream(keySystemOf(globals)),
    }),
  ],
  render: (_args, { loaded }) => (
    <div
      style={{
        display: 'grid',
        gap: '1rem',
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 22rem), 1fr))',
      }}
    >
      <Device name="First device" device={loaded['first'] as StreamDevice} />
      <Device name="Second device" device={loaded['second'] as StreamDevice} />
    </div>
  ),
  async play({ canvas }) {
    const [first, second] = ['First device', 'Second device'].map((name) =>
      playerOf(canvas.getByRole('region', { name })),
    ) as [ReturnType<typeof playerOf>, ReturnType<typeof playerOf>];
    await first.play();
    await first.expectText('held');
    // It plays for a moment, until its stream is refused.
    second.video.muted = true;
    void second.video.play();
    await second.expectError('stream-limit-reached');

    await userEvent.click(await within(second.root).findByRole('button', { name: 'Play here instead' }));
    await second.expectText('held');
    await first.expectError('stream-taken-over');
    await first.expectText(/has taken over/);
    const { currentTime } = first.video;
    await userEvent.click(await within(first.root).findByRole('button', { name: 'Play here instead' }));
    await first.expectStatus('playing');
    await first.expectFrames();

    await expect(Math.abs(first.video.currentTime - currentTime)).toBeLessThan(30);
    await second.expectError('stream-taken-over');
  },
};

/** The server cannot be reached: the film plays on, for as long as its stream is good. */
export const Uncertain: Story = {
  async play({ canvasElement, loaded }) {
    const { setOnline } = loaded['first'] as StreamDevice;
    const player = playerOf(canvasElement);
    await player.play();
    await player.expectText('held');

    setOnline(false);
    await player.expectText('uncertain');
    await player.expectStatus('playing');
    setOnline(true);
    await waitFor(async () => expect(player.root).toHaveTextContent('held'), PATIENCE);
  },
};
