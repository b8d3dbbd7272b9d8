import {
  ARABIC_MESSAGES,
  createMessages,
  ENGLISH_MESSAGES,
  PlaybackError,
  SecurePlayer,
  SecurePlayerProvider,
  type PlaybackErrorCode,
  type Source,
} from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';

import { filmStory } from '../testing/film-story.js';
import { StatedEngine } from '../testing/stated-engine.js';
import { playerOf } from '../testing/story-player.js';

const NOT_PLAYED: Source = { src: '/media/film/manifest.mpd', type: 'dash' };
const SOME_CODES: PlaybackErrorCode[] = [
  'authentication-required',
  'key-expired',
  'output-restricted',
  'unknown',
];
const HOUSE_MESSAGES = createMessages(ENGLISH_MESSAGES, {
  errors: { 'manifest-not-found': { title: 'This film has left our cinema' } },
});

/** The words that viewers read: English, Arabic from right to left, or a page's own. */
const meta = {
  title: 'SecurePlayer/Languages',
  component: SecurePlayer,
  args: { controls: true, source: null },
  argTypes: { source: { control: false } },
} satisfies Meta<typeof SecurePlayer>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A notice in Arabic, over a film that plays. */
export const Arabic: Story = {
  ...filmStory({
    globals: { keySystem: 'com.widevine.alpha', hdcp: 'none' },
    async play(player) {
      await player.play();
      await player.expectText(ARABIC_MESSAGES.qualityLimited['output-restricted']);
      await expect(getComputedStyle(within(player.root).getByRole('status')).direction).toBe('rtl');
    },
  }),
  decorators: [
    (Story) => (
      <SecurePlayerProvider messages={ARABIC_MESSAGES}>
        <div dir="rtl" lang="ar">
          <Story />
        </div>
      </SecurePlayerProvider>
    ),
  ],
};

/** Errors in Arabic, with an engine that fails as it is told. */
export const ArabicErrors: Story = {
  render: () => (
    <SecurePlayerProvider messages={ARABIC_MESSAGES}>
      <div
        style={{
          display: 'grid',
          gap: '1rem',
          gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 22rem), 1fr))',
        }}
      >
        {SOME_CODES.map((code) => (
          <section key={code} aria-label={code}>
            <StatedEngine error={new PlaybackError(code)}>
              <SecurePlayer source={NOT_PLAYED} />
            </StatedEngine>
          </section>
        ))}
      </div>
    </SecurePlayerProvider>
  ),
  async play({ canvas }) {
    for (const code of SOME_CODES) {
      const player = playerOf(canvas.getByRole('region', { name: code }));
      await player.expectText(ARABIC_MESSAGES.errors[code].title);
      await expect(getComputedStyle(within(player.root).getByRole('alert')).direction).toBe('rtl');
    }
  },
};

/** One text of the page's own; the others stay. */
export const OwnWords: Story = {
  args: { source: { src: '/media/not-here/manifest.mpd', type: 'dash' } },
  decorators: [
    (Story) => (
      <SecurePlayerProvider messages={HOUSE_MESSAGES}>
        <Story />
      </SecurePlayerProvider>
    ),
  ],
  play: async ({ canvasElement }) => playerOf(canvasElement).expectText('This film has left our cinema'),
};
