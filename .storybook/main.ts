import { fileURLToPath } from 'node:url';

import type { StorybookConfig } from '@storybook/react-vite';
import { mergeConfig } from 'vite';

import { storyMedia, storyTitles } from './server/story-titles.js';

const KIT = fileURLToPath(new URL('../packages/react/src', import.meta.url));

/** The catalogue of components. Stories and pages of documentation lie beside what they show. */
const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../packages/*/src/**/*.mdx', '../packages/*/src/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  staticDirs: async () => storyMedia(),
  viteFinal: (vite) =>
    mergeConfig(vite, {
      plugins: [storyTitles()],
      resolve: {
        // The sources: tables of props are read from them, and what stories take from beside them is the same module.
        alias: [
          { find: /^@secure-player\/react$/, replacement: `${KIT}/index.ts` },
          { find: /^@secure-player\/react\/offline$/, replacement: `${KIT}/offline/index.ts` },
          { find: /^@secure-player\/react\/query$/, replacement: `${KIT}/query/index.ts` },
        ],
      },
    }),
};

export default config;
