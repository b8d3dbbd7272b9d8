import type * as dashjs from 'dashjs';

import type { CreateEngine, PlayRequest } from './engine.js';
import { loadModule, vendorUrl } from './load-vendor.js';

/** dash.js: https://dashif.org/dash.js/pages/usage/drm.html */
export const createDashEngine: CreateEngine = async (video, report) => {
  const { MediaPlayer } = await loadModule<typeof dashjs>(vendorUrl('dash.js'));

  return {
    async play(request) {
      const player = MediaPlayer().create();
      player.on(MediaPlayer.events.ERROR, ({ error }) => report(describe(error)));
      player.initialize(video, undefined, false);
      player.setProtectionData({ [request.keySystem]: protectionData(request) });
      player.attachSource(request.src);
      await new Promise<void>((resolve) => {
        video.addEventListener('loadedmetadata', () => resolve(), { once: true });
      });
      await video.play();
    },
  };
};

function protectionData({ licenseUrl, headers = {} }: PlayRequest): object {
  return { serverURL: licenseUrl, httpRequestHeaders: { ...headers } };
}

function describe(error: unknown): string {
  if (typeof error === 'string') return `dash.js error ${error}`;

  const { code, message } = error as { code?: unknown; message?: unknown };
  return `dash.js error ${String(code)} ${String(message)}`;
}
