import { fileURLToPath } from 'node:url';

import { getRequestListener } from '@hono/node-server';
import type { Plugin } from 'vite';

const CACHE = fileURLToPath(new URL('../.cache', import.meta.url));

/**
 * Answers the API's and the media's paths in Storybook's own server, with the titles of `npm start`. The static build has
 * no such server: whoever serves it puts the demo's beside it, at the same address.
 */
export function demoApi(): Plugin {
  return {
    name: 'demo-api',
    apply: 'serve',
    async configureServer({ middlewares, config }) {
      // Only where it is used: the static build does without the demo.
      const { createDemoSite, loadKeySeed, prepareTitles } = await import('demo/server');
      const mediaRoot = `${CACHE}/media`;
      const keySeed = await loadKeySeed(`${CACHE}/key-seed`);
      const titles = await prepareTitles({
        mediaRoot,
        keySeed,
        onProgress: ({ contentId, message }) => config.logger.info(`${contentId}: ${message}`),
      });
      const site = createDemoSite({ titles, mediaRoot, keySeed, clientRoot: null, logLevel: 'error' });
      const listener = getRequestListener((request) => site.app.fetch(request), {
        overrideGlobalObjects: false,
      });

      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://storybook.invalid');
        if (site.handles(pathname)) void listener(request, response);
        else next();
      });
    },
  };
}
