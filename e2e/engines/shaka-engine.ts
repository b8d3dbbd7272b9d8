import type shaka from 'shaka-player/dist/shaka-player.compiled.js';

import type { CreateEngine, PlayRequest } from './engine.js';
import { loadScript, vendorUrl } from './load-vendor.js';

/** Shaka Player: https://shaka-player-demo.appspot.com/docs/api/tutorial-drm-config.html */
export const createShakaEngine: CreateEngine = async (video, report) => {
  await loadScript(vendorUrl('shaka'));
  const { shaka: library } = window as unknown as { shaka: typeof shaka };
  library.polyfill.installAll();

  const player = new library.Player();
  await player.attach(video);
  player.addEventListener('error', (event) => report(describe((event as CustomEvent).detail)));

  return {
    async play(request) {
      player.configure(drmConfiguration(request));
      addHeaders(library, player, request);
      try {
        await player.load(request.src);
      } catch (error) {
        report(describe(error));
        return;
      }
      await video.play();
    },
  };
};

function drmConfiguration({ keySystem, licenseUrl, certificateUrl }: PlayRequest): object {
  return {
    drm: {
      servers: { [keySystem]: licenseUrl },
      ...(certificateUrl !== undefined && {
        advanced: { [keySystem]: { serverCertificateUri: certificateUrl } },
      }),
    },
  };
}

function addHeaders(library: typeof shaka, player: shaka.Player, { headers = {} }: PlayRequest): void {
  player.getNetworkingEngine()?.registerRequestFilter((type, request) => {
    if (type === library.net.NetworkingEngine.RequestType.LICENSE) Object.assign(request.headers, headers);
  });
}

function describe(error: unknown): string {
  const { code, data } = error as shaka.util.Error;
  return `Shaka error ${code} ${JSON.stringify(data ?? null, errorsAsText)}`;
}

function errorsAsText(_: string, value: unknown): unknown {
  return value instanceof Error ? String(value) : value;
}
