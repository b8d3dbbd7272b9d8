import type RxPlayer from 'rx-player';

import type { CreateEngine, PlayRequest } from './engine.js';
import { addImportMap, loadModule, vendorUrl } from './load-vendor.js';
import { unwrapPlayReadyMessage } from './unwrap-playready-message.js';

/** Bits per second: it would otherwise begin with the lowest rendition and stay there for half the film. */
const FAST = 100_000_000;

/** RxPlayer: https://developers.canal-plus.com/rx-player/doc/api/Decryption_Options.html */
export const createRxEngine: CreateEngine = async (video, report) => {
  await addImportMap('rx-player');
  const { default: Player } = await loadModule<{ default: typeof RxPlayer }>(vendorUrl('rx-player'));
  const player = new Player({ videoElement: video, baseBandwidth: FAST });
  player.addEventListener('error', (error) => report(`RxPlayer error ${error.name} ${error.message}`));

  return {
    async play(request) {
      player.loadVideo({
        url: request.src,
        transport: 'dash',
        autoPlay: true,
        keySystems: [
          {
            type: request.keySystem,
            getLicense: (message) => fetchLicense(request, message),
            ...(request.certificateUrl !== undefined && {
              serverCertificate: await fetchBytes(request.certificateUrl),
            }),
          },
        ],
      });
    },
  };
};

/** RxPlayer leaves the exchange to the application, and with it what PlayReady wraps around a challenge. */
async function fetchLicense(request: PlayRequest, message: Uint8Array<ArrayBuffer>): Promise<BufferSource> {
  const { headers, body } = request.keySystem.startsWith('com.microsoft.playready')
    ? unwrapPlayReadyMessage(message)
    : { headers: {}, body: message };
  return fetchBytes(request.licenseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...headers, ...request.headers },
    body,
  });
}

async function fetchBytes(url: string, init?: RequestInit): Promise<ArrayBuffer> {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return answer.arrayBuffer();
}
