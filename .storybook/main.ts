import type { StorybookConfig } from '@storybook/react-vite';

import { storyMedia, storyTitles } from './server/story-titles.js';

/** The catalogue of components. Stories lie beside what they show. */
const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../packages/*/src/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  staticDirs: async () => storyMedia(),
  viteFinal: (vite) => ({ ...vite, plugins: [...(vite.plugins ?? []), storyTitles()] }),
};

export default config;
