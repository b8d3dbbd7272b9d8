import { SecurePlayer, toSource, type Source } from '@secure-player/react';
import type { Meta, StoryObj } from '@storybook/react-vite';

/** The form of the film to play. */
type Format = 'dash' | 'hls' | 'dash-cbcs';

/** The toolbar's choices, see `.storybook/preview.tsx`. */
interface Globals {
  readonly keySystem: 'org.w3.clearkey' | 'com.widevine.alpha' | 'com.microsoft.playready' | 'com.apple.fps';
  readonly hdcp: '2.2' | '1.4' | 'none';
  readonly fault: 'none' | 'license-refused' | 'expired' | 'output-restricted' | 'hardware-reset';
}

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

/** DASH as Widevine has it, simulated: the whole film in HD, and HD wants HDCP 1.4. The toolbar changes the display. */
export const WidevineDash: Story = simulated('dash', { keySystem: 'com.widevine.alpha' });

/** HLS as Widevine has it, simulated. */
export const WidevineHls: Story = simulated('hls', { keySystem: 'com.widevine.alpha' });

/** DASH as PlayReady has it, simulated. */
export const PlayreadyDash: Story = simulated('dash', { keySystem: 'com.microsoft.playready' });

/** HLS as PlayReady has it, simulated. */
export const PlayreadyHls: Story = simulated('hls', { keySystem: 'com.microsoft.playready' });

/** DASH as FairPlay has it, simulated: `cbcs`, with a license for each rendition. */
export const FairplayDash: Story = simulated('dash-cbcs', { keySystem: 'com.apple.fps' });

/** HLS as FairPlay has it, simulated. */
export const FairplayHls: Story = simulated('hls', { keySystem: 'com.apple.fps' });

/** What viewers see on a display without HDCP: the film in SD, and a notice that says why. */
export const DisplayWithoutHdcp: Story = simulated('hls', { keySystem: 'com.widevine.alpha', hdcp: 'none' });

/** What viewers see when no key may be used on their display. */
export const OutputRestricted: Story = simulated('dash', {
  keySystem: 'com.microsoft.playready',
  fault: 'output-restricted',
});

/** What viewers see when their license ends. */
export const LicenseExpired: Story = simulated('dash', { keySystem: 'com.widevine.alpha', fault: 'expired' });

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
    loaders: [async ({ globals }) => ({ source: await openPreview(format, globals as unknown as Globals) })],
    render: (args, { loaded }) => <SecurePlayer {...args} source={loaded['source'] as Source} />,
  };
}

function simulated(format: Format, globals: Partial<Globals>): Story {
  return {
    globals,
    loaders: [async (context) => ({ source: await openFilm(format, context.globals as unknown as Globals) })],
    render: (args, { loaded }) => <SecurePlayer {...args} source={loaded['source'] as Source} />,
  };
}

/** As a page does it: a playback session for the free preview says what to play. */
function openPreview(format: Format, globals: Globals): Promise<Source> {
  return open({ contentId: 'first-light-preview', format }, globals);
}

/** The film has HD, which is for members: this is the demo's published account. */
async function openFilm(format: Format, globals: Globals): Promise<Source> {
  const { token } = (await post('/v1/login', { username: 'premium', password: 'demo' })) as { token: string };

  return open({ contentId: 'first-light', format }, globals, token);
}

async function open(what: object, { keySystem }: Globals, token?: string): Promise<Source> {
  const answer = await post('/v1/playback-sessions', { ...what, intent: 'play' }, token);
  const { source } = answer as { source: Parameters<typeof toSource>[0] };

  return { ...toSource(source), preferredKeySystems: [keySystem] };
}

async function post(path: string, body: object, token?: string): Promise<unknown> {
  return requireOk(
    await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    }),
  );
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
    throw new Error(`The server answered ${response.status}.`);
  }
  return response.json();
}
