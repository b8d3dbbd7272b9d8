import { PlaybackError, type PlaybackErrorCode } from '@secure-player/react';
import {
  DownloadList,
  type Download,
  type DownloadFacts,
  type DownloadListProps,
  type DownloadStage,
} from '@secure-player/react/offline';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';

import {
  downloadsStory,
  posterOf,
  type DownloadsPage,
  type DownloadsStoryOptions,
} from '../../testing/downloads-story.js';
import { downloadOf, licenseOf, sourceOf } from '../../testing/fake-downloads.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of the day, so that no story is another one at another hour. */
const NOON = new Date().setHours(12, 0, 0, 0);
const NEXT_MONTH = NOON + 30 * DAY;

/** Every state of a download, with its words, its progress and what helps. Downloads are in the state that each story says. */
const meta = {
  title: 'Downloads/DownloadList',
  component: DownloadList,
} satisfies Meta<typeof DownloadList>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A title with a poster of its own. */
function film(id: string, stage: DownloadStage, facts: Partial<DownloadFacts> = {}): Download {
  const hue = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0) * 7, 0) % 360;
  const source = { ...sourceOf(id), poster: posterOf(hue) };

  return downloadOf(id, stage, { source, ...facts });
}

type ListStory = Omit<DownloadsStoryOptions, 'render'> & {
  readonly downloads?: readonly Download[];
  readonly list?: Partial<DownloadListProps>;
};

/** A list of these downloads. */
function listStory({ downloads = [], list, state, ...story }: ListStory): Story {
  return downloadsStory({
    ...story,
    state: { downloads, ...state },
    render: (messages) => <DownloadList messages={messages} onPlay={() => {}} {...list} />,
  });
}

/** One download, and the words that have to be there. */
function oneStory(download: Download, text: string | RegExp, story: ListStory = {}): Story {
  return listStory({
    downloads: [download],
    play: async ({ element }) =>
      waitFor(async () => expect(element.textContent).toEqual(expect.stringMatching(text))),
    ...story,
  });
}

const failed = (code: PlaybackErrorCode, facts: Partial<DownloadFacts> = {}) =>
  film('failed', { status: 'failed', error: new PlaybackError(code) }, facts);
const complete = (...license: Parameters<typeof licenseOf>) =>
  film('complete', { status: 'complete' }, { license: licenseOf(...license) });

/** Others come first. */
export const Queued: Story = oneStory(film('queued', { status: 'queued' }), 'In the queue');

/** The manifest is read, the license is got. */
export const Preparing: Story = oneStory(
  film('preparing', { status: 'preparing' }, { totalBytes: null }),
  'Getting ready',
);

/** It is paused, let go on, and removed after a question whose first answer loses nothing. */
export const Downloading: Story = listStory({
  downloads: [
    film('downloading', { status: 'downloading' }, { bytesPerSecond: 4_000_000, secondsLeft: 170 }),
  ],
  async play({ canvas, downloads }) {
    const bar = await canvas.findByRole('progressbar', { name: 'Progress of First Light' });
    await expect(bar).toHaveAttribute('aria-valuenow', '45');
    await expect(canvas.getByRole('status')).toHaveTextContent('Downloading');

    await userEvent.click(canvas.getByRole('button', { name: 'Pause: First Light' }));
    await expect(canvas.getByRole('status')).toHaveTextContent('Paused');
    await userEvent.click(canvas.getByRole('button', { name: 'Resume: First Light' }));
    await expect(canvas.getByRole('status')).toHaveTextContent('Downloading');

    const remove = canvas.getByRole('button', { name: 'Remove: First Light' });
    await userEvent.click(remove);
    const question = within(await canvas.findByRole('dialog', { name: 'Remove First Light?' }));
    await expect(question.getByRole('button', { name: 'Keep' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await waitFor(async () => expect(canvas.queryByRole('dialog')).toBeNull());
    await expect(remove).toHaveFocus();
    await expect(downloads.getState().downloads).toHaveLength(1);
  },
});

/** What is removed goes away. */
export const Removed: Story = listStory({
  downloads: [film('complete', { status: 'complete' })],
  async play({ canvas, downloads }) {
    await userEvent.click(await canvas.findByRole('button', { name: 'Remove: First Light' }));
    await userEvent.click(await canvas.findByRole('button', { name: 'Remove' }));
    await canvas.findByText('No downloads yet');
    await expect(downloads.calls.at(-1)).toEqual(['remove', 'complete']);
  },
});

/** The viewer wanted it to stop. */
export const Paused: Story = oneStory(film('paused', { status: 'paused' }), 'Paused');

/** It goes on when there is a network. */
export const WaitingForNetwork: Story = oneStory(
  film('waiting', { status: 'waiting', waitingFor: 'network', retryAt: null, error: null }),
  'Waiting for a network',
);

/** The network is metered, and the page does not use that. */
export const WaitingForWifi: Story = oneStory(
  film('waiting', { status: 'waiting', waitingFor: 'unmetered-network', retryAt: null, error: null }),
  'Waiting for Wi-Fi',
);

/** A server failed; it is asked again by itself. */
export const WaitingForRetry: Story = oneStory(
  film('waiting', {
    status: 'waiting',
    waitingFor: 'retry',
    retryAt: NOON + 90 * 60_000,
    error: new PlaybackError('segment-unavailable'),
  }),
  /Trying again at 1:30/,
);

/** The title is clear, or its keys are among what was downloaded. */
export const CompleteWithoutLicense: Story = oneStory(complete('none'), 'Plays without a network');

/** The module keeps the license of a rental, which nobody has begun to watch. */
export const CompletePersistent: Story = oneStory(
  complete('persistent', { expiresAt: NEXT_MONTH, playWithinSeconds: 48 * 3600 }),
  /You can watch until .*Watch within 48 hours after starting/,
);

/** The browser keeps the license. */
export const CompleteVault: Story = oneStory(
  complete('vault', { expiresAt: NOON + 5 * DAY }),
  /You can watch until /,
);

/** Nobody can keep the license here: it is fetched at each playback. */
export const CompleteOnlineLicense: Story = oneStory(
  complete('online-license'),
  'Needs a network to start playing',
);

/** Less than a day is left. */
export const ExpiringSoon: Story = listStory({
  downloads: [
    complete('persistent', {
      expiresAt: Date.now() + 5 * HOUR,
      playWithinSeconds: 48 * 3600,
      firstPlayedAt: 1,
    }),
  ],
  async play({ canvas }) {
    const line = await canvas.findByText(/You can watch until/);
    await expect(line).toHaveAttribute('data-near-end');
    await expect(canvas.queryByText(/48 hours/)).toBeNull();
  },
});

/** Another license makes it playable; nothing is downloaded again. */
export const Expired: Story = listStory({
  downloads: [complete('persistent', { status: 'expired', expiresAt: NOON - DAY })],
  async play({ canvas, downloads }) {
    await expect(canvas.queryByRole('button', { name: /^Play/ })).toBeNull();
    await userEvent.click(await canvas.findByRole('button', { name: 'Renew: First Light' }));
    await canvas.findByRole('button', { name: 'Play: First Light' });
    await canvas.findByText('Plays without a network');
    await expect(downloads.calls.at(-1)).toEqual(['renewLicense', 'complete']);
  },
});

/** There is no network to renew it by: that is said, and can be tried again. */
export const RenewalFails: Story = listStory({
  downloads: [complete('vault', { status: 'expired', expiresAt: NOON - DAY })],
  renewal: new PlaybackError('license-unreachable'),
  async play({ canvas }) {
    const renew = await canvas.findByRole('button', { name: 'Renew: First Light' });
    await userEvent.click(renew);
    await canvas.findByText(/The rights service could not be reached/);
    await expect(renew).toHaveFocus();
  },
});

/** The server took the license back. A page that has a support desk names it. */
export const Revoked: Story = oneStory(
  complete('persistent', { status: 'revoked', renewable: false }),
  'This download was withdrawn',
  { list: { onRecovery: { 'contact-support': () => {} } } },
);

/** The license that the module kept is gone. */
export const LicenseMissing: Story = oneStory(
  complete('persistent', { status: 'missing' }),
  'The license on this device is gone',
);

/** The device's clock was set back. */
export const ClockBehind: Story = oneStory(
  complete('vault', { status: 'clock-behind', expiresAt: NEXT_MONTH }),
  'The clock of this device is behind',
);

/** The page shows the way to other downloads, and it can be tried again. */
export const DeviceFull: Story = listStory({
  downloads: [failed('storage-full')],
  list: { onRecovery: { 'free-space': () => {} } },
  async play({ canvas, downloads }) {
    await canvas.findByText('There is no room left on this device');
    await canvas.findByRole('button', { name: 'Free some space: First Light' });
    await userEvent.click(canvas.getByRole('button', { name: 'Try again: First Light' }));
    await waitFor(async () => expect(canvas.getByRole('status')).toHaveTextContent('Downloading'));
    await expect(downloads.calls.at(-1)).toEqual(['resume', 'failed']);
  },
});

/** A part is not what was stored. */
export const Damaged: Story = oneStory(
  failed('download-damaged', { progress: 0.98 }),
  'A part of this download is damaged',
);

/** The server has another version of the title. */
export const Changed: Story = oneStory(
  failed('download-changed'),
  'This video changed while it was downloaded',
);

/** The account may not have it any longer. */
export const Forbidden: Story = oneStory(
  failed('segment-forbidden'),
  'The video may not be fetched any more',
);

/** It cannot be downloaded here, whatever happens: it can only be removed. */
export const Unsupported: Story = oneStory(
  failed('download-unsupported', { progress: 0, totalBytes: null }),
  'This video cannot be downloaded here',
);

/** What it had is being deleted. */
export const Removing: Story = oneStory(film('removing', { status: 'removing' }), 'Removing');

/** Nothing is here yet. */
export const Empty: Story = listStory({
  list: { whenEmpty: <a href="#films">Find something to watch</a> },
  play: async ({ canvas }) => void (await canvas.findByText('No downloads yet')),
});

/** What is here is still being read, as on a server. */
export const Starting: Story = listStory({
  state: { status: 'starting' },
  play: async ({ canvas }) => void (await canvas.findByText('Reading what is on this device')),
});

/** This browser keeps nothing. */
export const Unavailable: Story = listStory({
  state: { status: 'unavailable', error: new PlaybackError('download-unsupported') },
  play: async ({ canvas }) => void (await canvas.findByText('This video cannot be downloaded here')),
});

const LONG =
  'The Extraordinarily Long and Winding Road of the Lighthouse Keeper’s Daughter, as Told by Herself';

/** Long titles, one of them without a space to break at, and one without a title. */
export const LongTitles: Story = listStory({
  downloads: [
    film('long', { status: 'downloading' }, { title: `${LONG} in Four Parts`, secondsLeft: 7_000 }),
    film(
      'word',
      { status: 'complete' },
      { title: 'Donaudampfschifffahrtsgesellschaftskapitänsmütze'.repeat(2) },
    ),
    film('none', { status: 'queued' }, { title: null }),
  ],
  play: async ({ element }) => {
    await waitFor(async () => expect(element.textContent).toContain('Untitled video'));
    await expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth);
  },
});

const MANY: readonly Download[] = [
  film('first', { status: 'downloading' }, { title: 'First Light', secondsLeft: 95, progress: 0.72 }),
  film('train', { status: 'queued' }, { title: 'Night Train', totalBytes: 640e6 }),
  film('harbor', { status: 'paused' }, { title: 'The Harbor', progress: 0.2 }),
  film(
    'orchard',
    { status: 'complete' },
    {
      ...{ title: 'Orchard', totalBytes: 880e6 },
      license: licenseOf('persistent', { expiresAt: NEXT_MONTH, playWithinSeconds: 48 * 3600 }),
    },
  ),
  film(
    'glass',
    { status: 'complete' },
    {
      ...{ title: 'Glass Mountain', totalBytes: 2.4e9 },
      license: licenseOf('vault', { status: 'expired', expiresAt: NOON - DAY }),
    },
  ),
  film('salt', { status: 'failed', error: new PlaybackError('storage-full') }, { title: 'Salt' }),
  film('echo', { status: 'complete' }, { title: 'Echoes', license: licenseOf('online-license') }),
];

async function expectAll({ canvas }: DownloadsPage): Promise<void> {
  await waitFor(async () => expect(canvas.getAllByRole('article')).toHaveLength(MANY.length));
}

/** A page of many states: a change of one renders that one. */
export const Many: Story = listStory({ downloads: MANY, play: expectAll });

/** In light surroundings. */
export const Light: Story = listStory({
  downloads: MANY,
  globals: { theme: 'light' },
  play: expectAll,
});

/** On a phone. */
export const Phone: Story = listStory({
  downloads: MANY,
  globals: { viewport: { value: 'phone' } },
  play: expectAll,
});

/** In Arabic, from right to left; titles stay as they are. */
export const Arabic: Story = listStory({
  downloads: MANY,
  language: 'ar',
  async play(page) {
    await expectAll(page);
    await expect(page.canvas.getByRole('region', { name: 'التنزيلات' })).toHaveAttribute('dir', 'rtl');
  },
});

/** In Arabic on a phone, in light surroundings. */
export const ArabicPhone: Story = listStory({
  downloads: MANY,
  language: 'ar',
  globals: { viewport: { value: 'phone' }, theme: 'light' },
  play: expectAll,
});
