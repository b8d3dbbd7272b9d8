import {
  customKeySystem,
  ENGLISH_MESSAGES,
  PlaybackError,
  SecurePlayer,
  type PlaybackErrorCode,
  type Source,
} from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';

import { filmStory } from '../testing/film-story.js';
import { findMembersOnlySource } from '../testing/open-film.js';
import { StatedEngine } from '../testing/stated-engine.js';
import { playerOf } from '../testing/story-player.js';

const CODES = Object.keys(ENGLISH_MESSAGES.errors) as PlaybackErrorCode[];
const NOT_PLAYED: Source = { src: '/media/film/manifest.mpd', type: 'dash' };

interface ErrorArgs {
  code: PlaybackErrorCode;
}

/**
 * What viewers see when playback fails: what happened, what they can do, and a button where it can be done here. The stories
 * with a cause in their name have that cause; the others show the words and the layout of a code, with an engine that fails
 * as it is told.
 */
const meta = {
  title: 'SecurePlayer/Errors',
  component: SecurePlayer,
  args: { controls: true, source: null },
  argTypes: { source: { control: false } },
} satisfies Meta<typeof SecurePlayer>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Any code; choose one below. */
export const AnyCode: StoryObj<ErrorArgs> = {
  args: { code: 'license-server-error' },
  argTypes: {
    code: { control: 'select', options: CODES, description: 'The `code` of the error' },
    // Of the component, and not of this story.
    ...Object.fromEntries(['source', 'controls'].map((name) => [name, { table: { disable: true } }])),
  },
  render: ({ code }) => (
    <StatedEngine key={code} error={new PlaybackError(code)}>
      <SecurePlayer source={NOT_PLAYED} />
    </StatedEngine>
  ),
  async play({ args, canvasElement }) {
    await playerOf(canvasElement).expectError(args.code);
    await playerOf(canvasElement).expectText(ENGLISH_MESSAGES.errors[args.code].title);
  },
};

/** Every code, with an engine that fails as it is told. */
export const EveryCode: Story = {
  render: () => (
    <div
      style={{
        display: 'grid',
        gap: '1rem',
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 22rem), 1fr))',
      }}
    >
      {CODES.map((code) => (
        <section key={code} aria-label={code}>
          <StatedEngine error={new PlaybackError(code)}>
            <SecurePlayer source={NOT_PLAYED} />
          </StatedEngine>
        </section>
      ))}
    </div>
  ),
  async play({ canvas }) {
    for (const code of CODES) {
      const section = canvas.getByRole('region', { name: code });
      await playerOf(section).expectError(code);
      await playerOf(section).expectText(code);
    }
  },
};

/** The film is not where the page says it is. */
export const ManifestNotFound: Story = {
  args: { source: { src: '/media/not-here/manifest.mpd', type: 'dash' } },
  async play({ canvasElement }) {
    await playerOf(canvasElement).expectError('manifest-not-found');
    await playerOf(canvasElement).expectText(ENGLISH_MESSAGES.errors['manifest-not-found'].title);
  },
};

/** What the page wrote cannot be a source. */
export const SourceInvalid: Story = {
  args: {
    source: { src: '/media/film/manifest.mpd', drm: { 'com.widevine.alhpa': {} } } as unknown as Source,
  },
  play: async ({ canvasElement }) => playerOf(canvasElement).expectError('source-invalid'),
};

/** The film is for members only; the page has its own way to sign in. */
export const SignInRequired: Story = {
  args: { onRecovery: { 'sign-in': fn() } },
  loaders: [async () => ({ source: await findMembersOnlySource() })],
  render: (args, { loaded }) => <SecurePlayer {...args} source={loaded['source'] as Source} />,
  async play({ args, canvasElement }) {
    const player = playerOf(canvasElement);
    await player.expectError('authentication-required');

    await userEvent.click(within(player.root).getByRole('button', { name: 'Sign in' }));
    await expect(args.onRecovery?.['sign-in']).toHaveBeenCalledOnce();
  },
};

/** No device here has the key system that the source asks for. */
export const DrmUnsupported: Story = {
  ...filmStory({
    film: 'preview',
    change: ({ src, type }) => ({
      src,
      type,
      drm: customKeySystem('com.example.drm', { licenseUrl: '/license/example' }),
    }),
    play: async (player) => player.expectError('drm-unsupported'),
  }),
};

/** The device does not take the license. */
export const LicenseRejected: Story = filmStory({
  globals: { keySystem: 'com.widevine.alpha', fault: 'license-refused' },
  play: async (player) => player.expectError('license-rejected'),
});

/** No key may be used on this display. */
export const OutputRestricted: Story = filmStory({
  globals: { keySystem: 'com.microsoft.playready', fault: 'output-restricted' },
  play: async (player) => player.expectError('output-restricted'),
});

/** The way out of an error that may pass, by the keyboard. */
export const TryAgain: Story = {
  args: { source: { src: '/media/not-here/manifest.mpd', type: 'dash' } },
  async play({ canvasElement }) {
    const player = playerOf(canvasElement);
    await player.expectError('manifest-not-found');
    const button = within(player.root).getByRole('button', { name: 'Try again' });

    button.focus();
    await userEvent.keyboard('{Enter}');
    // It tries, and fails as it did: the panel is another one.
    await waitFor(async () => expect(button.isConnected).toBe(false));
    await player.expectError('manifest-not-found');
  },
};
