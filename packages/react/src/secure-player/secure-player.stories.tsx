import { SecurePlayer, toSource, type Source } from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';

/** The form of the film to play. */
type Format = 'dash' | 'hls' | 'dash-cbcs';

/**
 * Plays protected DASH and HLS from one `source`. The film is the demo's free preview: encrypted, with three keys, and a
 * license for whoever asks.
 */
const meta = {
  title: 'SecurePlayer',
  component: SecurePlayer,
  args: { controls: true, source: null },
  argTypes: {
    source: { control: false },
    controls: { control: 'inline-radio', options: [true, false] },
    onRecovery: { control: false },
    engineConfig: { control: false },
    videoProps: { control: false },
    children: { control: false },
  },
} satisfies Meta<typeof SecurePlayer>;

export default meta;
type Story = StoryObj<typeof meta>;

/** DASH under Clear Key, `cenc`. */
export const Dash: Story = playable('dash');

/** HLS over fragmented MP4 under Clear Key, `cbcs`: the same player, and another engine behind it. */
export const Hls: Story = playable('hls');

/** What viewers see when the film is not where the page says it is. */
export const ManifestNotFound: Story = {
  args: { source: { src: '/media/not-here/manifest.mpd', type: 'dash' } },
};

/** What viewers see when a film is for members only, with the page's own way to sign in. */
export const SignInRequired: Story = {
  loaders: [async () => ({ source: await findMembersOnlySource() })],
  args: { onRecovery: { 'sign-in': () => {} } },
  render: (args, { loaded }) => <SecurePlayer {...args} source={loaded['source'] as Source} />,
};

/** Nothing to play yet. */
export const Idle: Story = {};

function playable(format: Format): Story {
  return {
    loaders: [async () => ({ source: await openPreview(format) })],
    render: (args, { loaded }) => <SecurePlayer {...args} source={loaded['source'] as Source} />,
  };
}

/** As a page does it: a playback session for the free preview says what to play. */
async function openPreview(format: Format): Promise<Source> {
  const answer = await fetch('/v1/playback-sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ contentId: 'first-light-preview', intent: 'play', format }),
  });
  const { source } = (await requireOk(answer)) as { source: Parameters<typeof toSource>[0] };

  return toSource(source);
}

/** The catalog is public; the license is not. */
async function findMembersOnlySource(): Promise<Source> {
  interface CatalogTitle {
    readonly id: string;
    readonly poster: string;
    readonly streams: readonly { readonly format: string; readonly src: string }[];
  }
  const { titles } = (await requireOk(await fetch('/v1/catalog'))) as { titles: readonly CatalogTitle[] };
  const title = titles.find(({ id }) => id === 'first-light');
  const src = title?.streams.find(({ format }) => format === 'dash')?.src;
  if (!title || src === undefined) throw new Error('The catalog does not list the film as DASH.');

  const { poster } = title;
  return { src, poster, type: 'dash', drm: { 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } } };
}

async function requireOk(response: Response): Promise<unknown> {
  if (!response.ok) {
    throw new Error(
      `The demo's server answered ${response.status}: serve it at this address, beside the stories.`,
    );
  }
  return response.json();
}
