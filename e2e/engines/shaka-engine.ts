import type { CreateEngine, PlayRequest } from './engine.js';
import { loadScript, vendorUrl } from './load-vendor.js';

/** What this page uses of the library, whose types are for `packages/shaka` alone. */
interface ShakaLibrary {
  readonly polyfill: { installAll(): void };
  readonly Player: new () => ShakaPlayer;
  readonly net: { readonly NetworkingEngine: { readonly RequestType: { readonly LICENSE: number } } };
}

interface ShakaPlayer {
  attach(video: HTMLVideoElement): Promise<void>;
  configure(configuration: object): boolean;
  load(uri: string): Promise<void>;
  addEventListener(type: 'error', listener: (event: { readonly detail: ShakaError }) => void): void;
  getNetworkingEngine(): {
    registerRequestFilter(filter: (type: number, request: { headers: Record<string, string> }) => void): void;
  } | null;
}

interface ShakaError {
  readonly code: number;
  readonly data: readonly unknown[];
}

/** Shaka Player: https://shaka-player-demo.appspot.com/docs/api/tutorial-drm-config.html */
export const createShakaEngine: CreateEngine = async (video, report) => {
  await loadScript(vendorUrl('shaka'));
  const { shaka: library } = window as unknown as { shaka: ShakaLibrary };
  library.polyfill.installAll();

  const player = new library.Player();
  await player.attach(video);
  player.addEventListener('error', ({ detail }) => report(describe(detail)));

  return {
    async play(request) {
      player.configure(drmConfiguration(request));
      addHeaders(library, player, request);
      try {
        await player.load(request.src);
      } catch (error) {
        report(describe(error as ShakaError));
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

function addHeaders(library: ShakaLibrary, player: ShakaPlayer, { headers = {} }: PlayRequest): void {
  player.getNetworkingEngine()?.registerRequestFilter((type, request) => {
    if (type === library.net.NetworkingEngine.RequestType.LICENSE) Object.assign(request.headers, headers);
  });
}

function describe({ code, data }: ShakaError): string {
  return `Shaka error ${code} ${JSON.stringify(data, errorsAsText)}`;
}

function errorsAsText(_: string, value: unknown): unknown {
  return value instanceof Error ? String(value) : value;
}
