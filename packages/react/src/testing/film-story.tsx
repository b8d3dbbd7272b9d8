import { SecurePlayer, type Source } from '@secure-player/react';
import type { StoryObj } from '@storybook/react-vite';

import { openFilm, type FilmFormat, type FilmRequest } from './open-film.js';
import { playerOf, type StoryPlayer } from './story-player.js';

/** The toolbar's choices, see `.storybook/preview.tsx`. */
export interface StoryGlobals {
  readonly keySystem: 'org.w3.clearkey' | 'com.widevine.alpha' | 'com.microsoft.playready' | 'com.apple.fps';
  readonly hdcp: '2.2' | '1.4' | 'none';
  readonly fault: 'none' | 'license-refused' | 'expired' | 'output-restricted' | 'hardware-reset';
  readonly network: 'normal' | 'manifest-held' | 'segments-held' | 'segments-lost';
}

/** What stories hold the simulated device by: a part of the virtual CDM's handle, which the loaders of the preview give. */
export interface StoryDevice {
  readonly sessions: readonly StorySession[];
  readonly log: readonly { readonly messageType?: string | undefined }[];
  expire(keyId: string): void;
  setHdcp(level: StoryGlobals['hdcp']): void;
  renewNow(): void;
  resetHardware(): void;
  settled(): Promise<void>;
}

interface StorySession {
  readonly sessionId: string;
  readonly closedReason: string | null;
  readonly keyStatuses: readonly { readonly keyId: string }[];
}

/** What a story's film is, and what is done with it. */
export interface FilmStoryOptions {
  /** @default 'dash' */
  readonly format?: FilmFormat | undefined;
  /** @default 'film', which has HD */
  readonly film?: FilmRequest['film'] | undefined;
  readonly globals?: Partial<StoryGlobals> | undefined;
  /** What differs from the source that the server gave. */
  readonly change?: ((source: Source) => Source) | undefined;
  /**
   * What a viewer does, and what has to come of it.
   *
   * @default nothing
   */
  readonly play?: ((player: StoryPlayer, device: StoryDevice) => Promise<void>) | undefined;
}

type FilmStory = Pick<StoryObj<typeof SecurePlayer>, 'globals' | 'loaders' | 'render' | 'play'>;

/** A story of a player with one of the protected films, from a server and a device that are both in the page. */
export function filmStory({ play, globals, ...film }: FilmStoryOptions): FilmStory {
  return {
    ...(globals && { globals }),
    loaders: [filmLoader(film)],
    render: (args, { loaded }) => <SecurePlayer {...args} source={loaded['source'] as Source} />,
    ...(play && {
      play: async ({ canvasElement, loaded }) =>
        play(playerOf(canvasElement), loaded['device'] as StoryDevice),
    }),
  };
}

/** Loads a film as `loaded.source`, for a story that shows it in its own way. */
export function filmLoader({
  format = 'dash',
  film = 'film',
  change,
}: Omit<FilmStoryOptions, 'globals' | 'play'>) {
  return async ({ globals }: { globals: object }): Promise<{ source: Source }> => {
    const { keySystem } = globals as StoryGlobals;
    const source = await openFilm({ format, film, keySystem });
    return { source: change ? change(source) : source };
  };
}
