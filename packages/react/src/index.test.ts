/// <reference types="vite/client" />
import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import * as react from './index.js';

/** The text of every file that is published, by its path. */
const sources = Object.entries(
  import.meta.glob<string>(
    [
      './**/*.{ts,tsx}',
      '!./**/*.test.*',
      '!./**/*.test-d.*',
      '!./**/*.stories.*',
      '!./**/*.example.*',
      '!./testing/**',
    ],
    {
      query: '?raw',
      import: 'default',
      eager: true,
    },
  ),
);
/** The style sheets, by their name; read as files, because Vitest leaves out what is in style sheets. */
const STYLES = new URL('styles/', import.meta.url);
const sheets = readdirSync(STYLES).map(
  (name) => [name, readFileSync(new URL(name, STYLES), 'utf8')] as const,
);

it('exports these values, and no others', () => {
  expect(Object.keys(react).sort()).toEqual([
    'ARABIC_DIAGNOSTICS',
    'ARABIC_MESSAGES',
    'AirPlayButton',
    'AudioMenu',
    'CaptionsMenu',
    'CastButton',
    'CenterPlayButton',
    'DefaultControls',
    'DrmTimelinePanel',
    'ENGLISH_DIAGNOSTICS',
    'ENGLISH_MESSAGES',
    'FullscreenButton',
    'LiveButton',
    'MuteButton',
    'PictureInPictureButton',
    'PlayButton',
    'PlaybackError',
    'PlaybackRateMenu',
    'PlayerScope',
    'QualityMenu',
    'SecurePlayer',
    'SecurePlayerProvider',
    'SeekBar',
    'SettingsMenu',
    'SkipButton',
    'TimeDisplay',
    'VolumeSlider',
    'Watermark',
    'createHttpBackend',
    'createMessages',
    'customKeySystem',
    'isPlaybackError',
    'toSource',
    'trackLabels',
    'useDrmCapabilities',
    'useDrmTimeline',
    'useKeyboardShortcuts',
    'useLicense',
    'useMediaKeys',
    'useMediaSession',
    'usePlayer',
    'usePlayerActions',
    'usePrefetch',
    'useQualityOfExperience',
    'useStreamLease',
  ]);
});

describe('every module', () => {
  it('is found', () => {
    expect(sources.map(([path]) => path)).toContain('./secure-player/secure-player.tsx');
  });

  it.each(sources)(
    '%s starts with `use client` where it has a hook, a context or a component',
    (path, text) => {
      const needsClient = path.endsWith('.tsx') || /\b(?:use[A-Z]\w*|createContext)\(/.test(text);

      expect(text.startsWith("'use client';\n") || !needsClient).toBe(true);
    },
  );

  it.each(sources)(
    '%s needs no `React.JSX` in its declarations, which the types of React 18.0 lack',
    (_, text) => {
      // `isolatedDeclarations` asks for the types; these are the ones that every version has.
      expect(text).not.toMatch(/\bJSX\./);
    },
  );

  it.each(sources)('%s imports TanStack Query only where it is asked for', (path, text) => {
    expect(path.startsWith('./query/') || !text.includes('@tanstack')).toBe(true);
  });

  it.each(sources)('%s imports no Shaka Player', (_, text) => {
    expect(text).not.toMatch(/from 'shaka-player|import\('shaka-player/);
    expect(text).not.toMatch(/\bshaka\.\w+\.[A-Z]/);
  });
});

describe('the styles', () => {
  it.each(sheets)('%s are one layer, and nothing beside it', (_, text) => {
    const styles = text.trim();

    expect(styles.match(/@layer/g)).toHaveLength(1);
    expect(styles.startsWith('@layer secure-player {')).toBe(true);
    expect(indexAfterBlock(styles)).toBe(styles.length);
  });

  it.each(sheets)('%s load nothing from elsewhere', (_, text) => {
    expect(text).not.toMatch(/@import|url\(/);
  });
});

/** Where the first block of a sheet ends. */
function indexAfterBlock(css: string): number {
  let depth = 0;
  for (let index = css.indexOf('{'); index < css.length; index += 1) {
    if (css[index] === '{') depth += 1;
    if (css[index] === '}') depth -= 1;
    if (depth === 0) return index + 1;
  }

  return -1;
}
