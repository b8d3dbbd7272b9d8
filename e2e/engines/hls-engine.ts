import type Hls from 'hls.js';

import type { CreateEngine, PlayRequest } from './engine.js';
import { loadModule, vendorUrl } from './load-vendor.js';

/** hls.js: https://github.com/video-dev/hls.js/blob/master/docs/API.md#drmsystems */
export const createHlsEngine: CreateEngine = async (video, report) => {
  const { default: Player } = await loadModule<{ default: typeof Hls }>(vendorUrl('hls.js'));

  return {
    async play(request) {
      const hls = new Player({
        emeEnabled: true,
        drmSystems: { [request.keySystem]: systemOptions(request) },
        licenseXhrSetup: (xhr, url) => {
          xhr.open('POST', url);
          for (const [name, value] of Object.entries(request.headers ?? {}))
            xhr.setRequestHeader(name, value);
        },
      });
      hls.on(Player.Events.ERROR, (_, { type, details, fatal, error }) => {
        if (fatal) report(`hls.js error ${type} ${details} ${error.message}`);
      });

      const isParsed = new Promise<void>((resolve) => {
        hls.once(Player.Events.MANIFEST_PARSED, () => resolve());
      });
      hls.loadSource(request.src);
      hls.attachMedia(video);
      await isParsed;
      await video.play();
    },
  };
};

function systemOptions({ licenseUrl, certificateUrl }: PlayRequest): {
  licenseUrl: string;
  serverCertificateUrl?: string;
} {
  return {
    licenseUrl,
    ...(certificateUrl !== undefined && { serverCertificateUrl: certificateUrl }),
  };
}
