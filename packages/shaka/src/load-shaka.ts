import { PlaybackError, type StreamType } from '@secure-player/core';

import { interceptLicenses } from './intercept-licenses.js';
import type { ShakaNamespace } from './shaka-namespace.js';

const IMPORTS = {
  dash: () => import('shaka-player/dist/shaka-player.dash-es2021.js'),
  hls: () => import('shaka-player/dist/shaka-player.hls-es2021.js'),
} satisfies Record<StreamType, () => Promise<unknown>>;

const builds = new Map<StreamType, Promise<ShakaNamespace>>();

/**
 * Loads the smallest Shaka build that plays a format, once per page.
 *
 * Shaka reads `self` when it is evaluated, so this must not run on a server. An HLS title must never reach the DASH
 * build: without an HLS parser Shaka hands the URL to the browser's own player, which has no keys.
 *
 * @throws PlaybackError `engine-unavailable`; the next call tries again.
 */
export function loadShaka(type: StreamType): Promise<ShakaNamespace> {
  const known = builds.get(type);
  if (known) return known;

  const build = importBuild(type);
  builds.set(type, build);
  build.catch(() => builds.delete(type));

  return build;
}

async function importBuild(type: StreamType): Promise<ShakaNamespace> {
  try {
    const module: unknown = await IMPORTS[type]();
    const shaka = (module as { default: ShakaNamespace }).default;
    shaka.polyfill.installAll();
    interceptLicenses(shaka);

    return shaka;
  } catch (cause) {
    throw new PlaybackError('engine-unavailable', { cause });
  }
}
