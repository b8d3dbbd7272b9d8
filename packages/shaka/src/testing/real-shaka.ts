import type { ShakaNamespace } from '../shaka-namespace.js';

/** What Shaka reads of a browser while it is evaluated and its polyfills are installed. */
const BROWSER = {
  self: globalThis,
  window: globalThis,
  document: { addEventListener() {}, createElement: () => ({ canPlayType: () => '' }) },
  location: { href: 'https://page.example/', protocol: 'https:' },
  navigator: { userAgent: 'Node', platform: '', vendor: '', maxTouchPoints: 0 },
};

/** The parts of Shaka that tests read besides those that the adapter uses. */
export interface RealShaka extends ShakaNamespace {
  readonly net: ShakaNamespace['net'] & {
    readonly NetworkingEngine: new () => RealNetworkingEngine;
  } & { readonly NetworkingEngine: { readonly RequestType: Readonly<Record<string, number>> } };
  readonly util: ShakaNamespace['util'] & {
    readonly Error: Record<'Code' | 'Severity' | 'Category', Readonly<Record<string, number>>>;
  };
}

export interface RealNetworkingEngine {
  configure(configuration: object): void;
  registerRequestFilter(filter: (type: number, request: never) => Promise<void> | void): void;
  registerResponseFilter(filter: (type: number, response: never) => void): void;
  addEventListener(type: string, listener: (event: never) => void): void;
  request(
    type: number,
    request: object,
  ): { readonly promise: Promise<{ data: unknown }>; abort(): Promise<void> };
}

/**
 * The installed Shaka Player itself, in Node: all of it that needs no media element works.
 *
 * An upgrade that changes what the adapter relies on then fails here, and not in front of a viewer.
 */
export async function loadRealShaka(): Promise<RealShaka> {
  for (const [name, value] of Object.entries(BROWSER)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const module: unknown = await import('shaka-player/dist/shaka-player.hls-es2021.js');
  const shaka = (module as { default: RealShaka }).default;
  shaka.polyfill.installAll();

  return shaka;
}

/** A request as Shaka's parsers make them, with retries that do not wait. */
export function createShakaRequest(uris: string[], maxAttempts = 3) {
  return {
    uris,
    method: 'GET',
    headers: {},
    body: null,
    allowCrossSiteCredentials: false,
    retryParameters: {
      maxAttempts,
      baseDelay: 0,
      backoffFactor: 1,
      fuzzFactor: 0,
      timeout: 0,
      stallTimeout: 0,
      connectionTimeout: 0,
    },
  };
}
