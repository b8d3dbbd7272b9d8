import { ARABIC_MESSAGES, ENGLISH_MESSAGES, SecurePlayerProvider } from '@secure-player/react';
import { ARABIC_DOWNLOADS, ENGLISH_DOWNLOADS, type DownloadMessages } from '@secure-player/react/offline';
import type { ReactElement } from 'react';
import type { within } from 'storybook/test';

import { createFakeDownloads, type FakeDownloads, type FakeDownloadsOptions } from './fake-downloads.js';

/** What a story's downloads are, and what is done with them. */
export interface DownloadsStoryOptions extends FakeDownloadsOptions {
  /** @default 'en' */
  readonly language?: 'en' | 'ar' | undefined;
  readonly globals?: Readonly<Record<string, unknown>> | undefined;
  /** What is shown; it is given the words. */
  readonly render: (messages: DownloadMessages) => ReactElement;
  /** What a viewer does, and what has to come of it. */
  readonly play?: ((page: DownloadsPage) => Promise<void>) | undefined;
}

/** A story's page, as a viewer sees it, and what lies behind. */
export interface DownloadsPage {
  readonly canvas: ReturnType<typeof within>;
  readonly element: HTMLElement;
  readonly downloads: FakeDownloads;
}

interface StoryContext {
  readonly loaded: Record<string, unknown>;
  readonly canvas: ReturnType<typeof within>;
  readonly canvasElement: HTMLElement;
}

const WORDS = {
  en: { messages: ENGLISH_MESSAGES, words: ENGLISH_DOWNLOADS },
  ar: { messages: ARABIC_MESSAGES, words: ARABIC_DOWNLOADS },
};

/** A story on downloads that are in the state it says, and change when it says so. */
export function downloadsStory({ language = 'en', globals, render, play, ...fake }: DownloadsStoryOptions) {
  const { messages, words } = WORDS[language];

  return {
    ...(globals && { globals }),
    loaders: [async () => ({ downloads: createFakeDownloads(fake) })],
    render: (_args: unknown, { loaded }: StoryContext) => (
      <SecurePlayerProvider downloads={loaded['downloads'] as FakeDownloads} messages={messages}>
        <div className="story-downloads" lang={words.language} dir={words.direction}>
          {render(words)}
        </div>
      </SecurePlayerProvider>
    ),
    ...(play && {
      play: async ({ canvas, canvasElement, loaded }: StoryContext) =>
        play({ canvas, element: canvasElement, downloads: loaded['downloads'] as FakeDownloads }),
    }),
  };
}

/** A poster that loads from nowhere: a hill below a sky, in colors of its own. */
export function posterOf(hue: number): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90"><defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="hsl(${hue} 60% 28%)"/><stop offset="1" stop-color="hsl(${hue + 40} 75% 66%)"/></linearGradient></defs><path fill="url(#s)" d="M0 0h160v90H0z"/><circle cx="112" cy="46" r="15" fill="hsl(${hue + 60} 90% 82%)"/><path fill="hsl(${hue} 45% 18%)" d="M0 70c30-22 52-6 78-16s46-12 82 10v26H0z"/><path fill="hsl(${hue} 50% 11%)" d="M0 82c34-16 70-4 96-10s40-2 64 4v14H0z"/></svg>`;

  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
