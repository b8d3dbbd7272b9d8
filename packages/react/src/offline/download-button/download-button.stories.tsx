import { PlaybackError } from '@secure-player/react';
import { DownloadButton, type Download, type DownloadButtonProps } from '@secure-player/react/offline';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';

import { downloadsStory, type DownloadsStoryOptions } from '../../testing/downloads-story.js';
import { downloadOf, licenseOf, offerOf, sourceOf } from '../../testing/fake-downloads.js';

const FILM = sourceOf('film');
const HOUR = 3_600_000;

/** One button for a title's way onto this device, in each of its states. */
const meta = {
  title: 'Downloads/DownloadButton',
  component: DownloadButton,
  args: { source: FILM },
  argTypes: { source: { control: false } },
} satisfies Meta<typeof DownloadButton>;

export default meta;
type Story = StoryObj<typeof meta>;

type ButtonStory = Omit<DownloadsStoryOptions, 'render'> & {
  readonly download?: Download;
  readonly button?: Partial<DownloadButtonProps>;
};

function buttonStory({ download, button, state, ...story }: ButtonStory): Story {
  return downloadsStory({
    ...story,
    state: { downloads: download ? [download] : [], ...state },
    render: (messages) => <DownloadButton source={FILM} messages={messages} {...button} />,
  });
}

/** A button about this download, which says so. */
function saying(text: string | RegExp, download: Download, story: ButtonStory = {}): Story {
  return buttonStory({
    download,
    play: async ({ canvas }) => void (await canvas.findByRole('button', { name: text })),
    ...story,
  });
}

const of = (...given: [Parameters<typeof downloadOf>[1], Parameters<typeof downloadOf>[2]?]) =>
  downloadOf('film', ...given);
const licensed = (...license: Parameters<typeof licenseOf>) =>
  of({ status: 'complete' }, { license: licenseOf(...license) });

/**
 * Before: it asks for quality, sound and subtitles, with what each would come to, and starts what was chosen. Then the same
 * button, which keeps the focus, pauses the download.
 */
export const Choosing: Story = buttonStory({
  async play({ canvas, downloads }) {
    const button = await canvas.findByRole('button', { name: 'Download About 2.1 GB' });
    await userEvent.click(button);
    const dialog = within(await canvas.findByRole('dialog', { name: 'Download First Light' }));
    await expect(await dialog.findByRole('radio', { name: '720p 2.1 GB' })).toBeChecked();

    await userEvent.click(dialog.getByRole('radio', { name: /^360p/ }));
    await expect(dialog.getByRole('status')).toHaveTextContent('About 597 MB');
    const sound = within(dialog.getByRole('group', { name: 'Sound' }));
    await expect(sound.getByRole('checkbox', { name: 'English' })).toBeDisabled();
    await userEvent.click(sound.getByRole('checkbox', { name: 'العربية' }));
    const subtitles = within(dialog.getByRole('group', { name: 'Subtitles' }));
    await userEvent.click(subtitles.getByRole('checkbox', { name: 'English' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Download' }));

    await waitFor(async () => expect(canvas.queryByRole('dialog')).toBeNull());
    await expect(downloads.calls.at(-1)).toEqual([
      'start',
      'film',
      { priority: undefined, trackIds: ['v360', 'a-en', 'a-ar', 't-ar', 'thumbnails'] },
    ]);
    await waitFor(async () => expect(button).toHaveAccessibleName(/^Pause. In the queue/));
    await expect(button).toHaveFocus();
  },
});

/** Who cancels has started nothing, and has the focus back. */
export const ChoiceDialog: Story = buttonStory({
  async play({ canvas, downloads }) {
    const button = await canvas.findByRole('button', { name: /^Download/ });
    await userEvent.click(button);
    await userEvent.click(await canvas.findByRole('button', { name: 'Cancel' }));
    await waitFor(async () => expect(canvas.queryByRole('dialog')).toBeNull());
    await expect(button).toHaveFocus();
    await userEvent.click(button);
    await canvas.findByRole('radio', { name: /^1080p/ });
    await expect(downloads.calls.some(([name]) => name === 'start')).toBe(false);
  },
});

/** In light surroundings. */
export const ChoiceDialogLight: Story = openStory({ globals: { theme: 'light' } });

/** On a phone it comes from below. */
export const ChoiceDialogPhone: Story = openStory({ globals: { viewport: { value: 'phone' } } });

/** In Arabic, from right to left. */
export const ChoiceDialogArabic: Story = openStory({ language: 'ar', globals: { theme: 'light' } });

/** There is less room than the choice needs: that is said, and not forbidden. */
export const ChoiceTooLarge: Story = openStory({
  state: { space: { usedBytes: 11e9, quotaBytes: 12e9, isPersisted: false } },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^Download/ }));
    await canvas.findByText('There may not be enough room on this device.');
  },
});

/** The manifest has not come yet. */
export const ChoiceReading: Story = openStory({ offer: 'never' });

/** The manifest does not come: it can be read again. */
export const ChoiceFails: Story = openStory({
  offer: new PlaybackError('manifest-unreachable'),
  async play({ canvas, downloads }) {
    await userEvent.click(await canvas.findByRole('button', { name: /^Download/ }));
    await canvas.findByRole('alert');
    const before = downloads.calls.length;
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }));
    await waitFor(async () => expect(downloads.calls.length).toBeGreaterThan(before));
    await canvas.findByRole('alert');
  },
});

/** A title with sound alone. */
export const ChoiceOfSound: Story = openStory({
  offer: offerOf(
    offerOf().tracks.filter(({ kind }) => kind === 'audio'),
    ['a-en'],
  ),
});

function openStory(story: ButtonStory): Story {
  return buttonStory({
    async play({ canvas, element }) {
      await userEvent.click(await waitFor(() => mainOf(element)));
      await canvas.findByRole('dialog');
    },
    ...story,
  });
}

function mainOf(element: HTMLElement): HTMLElement {
  const button = element.querySelector<HTMLElement>('button[data-action="start"]');
  if (!button) throw new Error('Nothing can be started.');

  return button;
}

/** Without a question: the preferences of the page decide. */
export const AtOnce: Story = buttonStory({
  button: { asksFirst: false, options: { maxHeight: 540 } },
  async play({ canvas, downloads }) {
    await userEvent.click(await canvas.findByRole('button', { name: /^Download/ }));
    await canvas.findByRole('button', { name: /^Pause. In the queue/ });
    await expect(downloads.calls.at(-1)).toEqual(['start', 'film', { maxHeight: 540 }]);
  },
});

export const Queued: Story = saying('Pause. In the queue About 1.2 GB', of({ status: 'queued' }));

export const Preparing: Story = saying(/Getting ready/, of({ status: 'preparing' }, { totalBytes: null }));

/** The ring says how far it has come; a press pauses it, another lets it go on. */
export const Downloading: Story = buttonStory({
  download: of({ status: 'downloading' }, { secondsLeft: 170 }),
  async play({ canvas }) {
    const button = await canvas.findByRole('button', { name: 'Pause. Downloading 45% · 3 minutes left' });
    await expect(canvas.getByRole('status')).toHaveTextContent('First Light: Downloading');
    button.focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(async () => expect(button).toHaveAccessibleName('Resume. Paused 45%'));
    await userEvent.keyboard(' ');
    await waitFor(async () => expect(button).toHaveAccessibleName(/^Pause. Downloading/));
    await expect(button).toHaveFocus();
  },
});

export const Paused: Story = saying('Resume. Paused 45%', of({ status: 'paused' }));

export const WaitingForNetwork: Story = saying(
  /Waiting for a network/,
  of({ status: 'waiting', waitingFor: 'network', retryAt: null, error: null }),
);

export const WaitingForWifi: Story = saying(
  /Waiting for Wi-Fi/,
  of({ status: 'waiting', waitingFor: 'unmetered-network', retryAt: null, error: null }),
);

export const WaitingForRetry: Story = saying(
  /Trying again soon/,
  of({
    status: 'waiting',
    waitingFor: 'retry',
    retryAt: null,
    error: new PlaybackError('segment-unavailable'),
  }),
);

/** With a way to play it, that is what the button does. */
export const CompleteAndPlayable: Story = saying('Play. Downloaded 1.2 GB', licensed('none'), {
  button: { onPlay: () => {} },
});

export const CompletePersistent: Story = saying(
  'Downloaded 1.2 GB',
  licensed('persistent', { expiresAt: Date.now() + 30 * 24 * HOUR, playWithinSeconds: 48 * 3600 }),
);

export const CompleteVault: Story = saying(
  'Downloaded 1.2 GB',
  licensed('vault', { expiresAt: Date.now() + 5 * HOUR }),
);

export const CompleteOnlineLicense: Story = saying('Downloaded 1.2 GB', licensed('online-license'));

/** The one press that helps is the button’s own. */
export const Expired: Story = buttonStory({
  download: licensed('persistent', { status: 'expired', expiresAt: 1 }),
  async play({ canvas }) {
    const button = await canvas.findByRole('button', {
      name: 'The time to watch this download is over Renew',
    });
    await userEvent.click(button);
    await waitFor(async () => expect(button).toHaveAccessibleName('Downloaded 1.2 GB'));
  },
});

export const Revoked: Story = saying(
  'This download was withdrawn',
  licensed('persistent', { status: 'revoked', renewable: false }),
);

export const ClockBehind: Story = saying(
  /The clock of this device is behind/,
  licensed('vault', { status: 'clock-behind' }),
);

/** The page has a way to make room, which comes first; another try is beside it. */
export const DeviceFull: Story = saying(
  'There is no room left on this device Free some space',
  of({ status: 'failed', error: new PlaybackError('storage-full') }),
  { button: { onRecovery: { 'free-space': () => {} } } },
);

export const Damaged: Story = saying(
  'A part of this download is damaged Try again',
  of({ status: 'failed', error: new PlaybackError('download-damaged') }),
);

export const Unsupported: Story = saying(
  'This video cannot be downloaded here',
  of({ status: 'failed', error: new PlaybackError('download-unsupported') }, { progress: 0 }),
);

export const Removing: Story = saying('Removing', of({ status: 'removing' }));

/** This browser keeps nothing: the button says so. */
export const Unavailable: Story = buttonStory({
  state: { status: 'unavailable', error: new PlaybackError('download-unsupported') },
  async play({ canvas }) {
    const button = await canvas.findByRole('button', {
      name: 'Download This video cannot be downloaded here',
    });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
  },
});

export const Light: Story = saying(/Downloading/, of({ status: 'downloading' }, { secondsLeft: 170 }), {
  globals: { theme: 'light' },
});

export const Arabic: Story = saying(/جارٍ التنزيل/, of({ status: 'downloading' }, { secondsLeft: 170 }), {
  language: 'ar',
});

/** On the smallest phones. */
export const SmallPhone: Story = saying(
  /The time to watch this download is over/,
  licensed('persistent', { status: 'expired', expiresAt: 1 }),
  { globals: { viewport: { value: 'small' }, theme: 'light' } },
);
