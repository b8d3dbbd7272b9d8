import { SecurePlayer, useLicense, type Source } from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { userEvent } from 'storybook/test';

import { filmLoader } from '../testing/film-story.js';
import { playerOf } from '../testing/story-player.js';

/** The license of the player around it, and what can be done about it. */
function LicensePanel(): ReactNode {
  const { status, keySystem, keyStatuses, renew, release } = useLicense();

  return (
    <div className="story-keys" role="group" aria-label="License">
      <output>
        {status}: {keySystem ?? 'none'}, {keyStatuses.length} keys
      </output>{' '}
      <button type="button" onClick={() => void renew().catch(() => {})}>
        Renew
      </button>{' '}
      <button type="button" onClick={() => void release().catch(() => {})}>
        Release
      </button>
    </div>
  );
}

/** `useLicense()` below a player: status, key statuses, renewal and release. */
const meta = {
  title: 'Hooks/useLicense',
  component: LicensePanel,
  loaders: [filmLoader({})],
  render: (_args, { loaded }) => (
    <SecurePlayer controls source={loaded['source'] as Source}>
      <LicensePanel />
    </SecurePlayer>
  ),
} satisfies Meta<typeof LicensePanel>;

export default meta;
type Story = StoryObj<typeof meta>;

/** The license is there, and the film plays. */
export const Usable: Story = {
  globals: { keySystem: 'com.widevine.alpha' },
  async play({ canvasElement }) {
    const player = playerOf(canvasElement);
    await player.play();
    await player.expectText(/com\.widevine\.alpha, 3 keys/);
  },
};

/** The viewer has it renewed, and the film plays on. */
export const Renewed: Story = {
  globals: { keySystem: 'com.widevine.alpha' },
  async play({ canvas, canvasElement }) {
    const player = playerOf(canvasElement);
    await player.play();
    await userEvent.click(canvas.getByRole('button', { name: 'Renew' }));
    await player.expectFrames();
    await player.expectStatus('playing');
  },
};

/** It is given back: no key is usable any more, and the film ends where it cannot go on. */
export const Released: Story = {
  globals: { keySystem: 'com.widevine.alpha' },
  async play({ canvas, canvasElement }) {
    const player = playerOf(canvasElement);
    await player.play();
    await userEvent.click(canvas.getByRole('button', { name: 'Release' }));
    await player.expectText(/(?:released|error): com\.widevine\.alpha/);
  },
};
