import { SecurePlayer, usePlayer, type Source } from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, waitFor } from 'storybook/test';

import { filmStory } from '../testing/film-story.js';
import { openFilm } from '../testing/open-film.js';
import { StatedEngine } from '../testing/stated-engine.js';
import { playerOf } from '../testing/story-player.js';

const PATIENCE = { timeout: 30_000 };
const FILM: Source = { src: '/media/film/manifest.mpd', type: 'dash' };
const KEY_IDS = ['a1', 'b2', 'c3'].map((end) => `000000000000000000000000000000${end}`);

/** What a content decryption module says of the title's keys, as `state.drm.keyStatuses` has it. */
function KeyStatuses(): ReactNode {
  const { keySystem, keyStatuses } = usePlayer((state) => state.drm);
  return (
    <table className="story-keys" aria-label="Keys">
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">{keySystem ?? 'No key system'}</th>
        </tr>
      </thead>
      <tbody>
        {keyStatuses.map(({ keyId, status }) => (
          <tr key={keyId}>
            <td>
              <code>{`…${keyId.slice(-4)}`}</code>
            </td>
            <td>{status}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/**
 * Every status that EME has for a key, over the picture. Those that a simulated device gives come from it; the ones named
 * "stated" are said by an engine that plays nothing.
 */
const meta = {
  title: 'SecurePlayer/Key statuses',
  component: SecurePlayer,
  args: { source: null, children: <KeyStatuses /> },
  argTypes: { source: { control: false }, children: { control: false } },
} satisfies Meta<typeof SecurePlayer>;

export default meta;
type Story = StoryObj<typeof meta>;

/** The picture plays. */
export const Usable: Story = filmStory({
  globals: { keySystem: 'com.widevine.alpha' },
  async play(player) {
    await player.play();
    await player.expectText('usable');
  },
});

/** HD wants HDCP, which this display has not. */
export const OutputRestricted: Story = filmStory({
  globals: { keySystem: 'com.widevine.alpha', hdcp: 'none' },
  async play(player) {
    await player.play();
    await player.expectText('output-restricted');
  },
});

/** The license has ended. */
export const Expired: Story = {
  ...filmStory({
    globals: { keySystem: 'com.widevine.alpha' },
    async play(player, device) {
      await player.play();
      const open = device.sessions.filter(({ closedReason }) => closedReason === null);
      for (const { keyId } of open.flatMap(({ keyStatuses }) => keyStatuses)) device.expire(keyId);
      await player.expectText('expired');
    },
  }),
  args: { keyStatusPolicy: { expired: 'continue' } },
};

/** After sleep the device has lost its keys: the sessions are made anew, and the film plays on. */
export const HardwareReset: Story = filmStory({
  globals: { keySystem: 'com.widevine.alpha' },
  async play(player, device) {
    await player.play();
    const open = () => device.sessions.filter(({ closedReason }) => closedReason === null);
    const lost = open();
    device.resetHardware();

    await waitFor(async () => {
      await expect(open()).not.toEqual([]);
      await expect(lost.map(({ sessionId }) => sessionId)).not.toContain(open()[0]?.sessionId);
    }, PATIENCE);
    await player.expectFrames();
    await player.expectStatus('playing');
  },
});

export const StatedUsable: Story = stated('usable');
export const StatedExpired: Story = stated('expired');
export const StatedReleased: Story = stated('released');
export const StatedOutputRestricted: Story = stated('output-restricted');
export const StatedOutputDownscaled: Story = stated('output-downscaled');
export const StatedUsableInFuture: Story = stated('usable-in-future');
export const StatedStatusPending: Story = stated('status-pending');
export const StatedInternalError: Story = stated('internal-error');

/** Two keys of the title are usable, and one says this. */
function stated(status: string): Story {
  const keyStatuses = KEY_IDS.map((keyId, index) => ({ keyId, status: index === 2 ? status : 'usable' }));
  const drm = {
    keySystem: 'com.widevine.alpha',
    keyStatuses,
    expiresAt: null,
    renewal: 'none' as const,
  };
  return {
    name: `Stated: ${status}`,
    // The poster is the picture of a player that plays nothing.
    loaders: [
      async () => ({
        poster: (await openFilm({ film: 'preview', format: 'dash', keySystem: 'org.w3.clearkey' })).poster,
      }),
    ],
    render: (args, { loaded }) => (
      <StatedEngine state={{ drm }}>
        <SecurePlayer {...args} source={{ ...FILM, poster: loaded['poster'] as string }} />
      </StatedEngine>
    ),
    play: async ({ canvasElement }) => playerOf(canvasElement).expectText(status),
  };
}
