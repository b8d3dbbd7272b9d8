import { Authorizer } from '../authorize/authorizer.js';
import { LicenseClient } from '../license/license-client.js';
import type { DrmConfiguration, KeySystem } from '../source/source.js';
import { createManualClock } from './manual-clock.js';

/** A license request as a vendor's server gets it. */
export interface VendorRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly form: URLSearchParams;
}

/** What a vendor's server answers. */
export type VendorServer = (request: VendorRequest) => Response;

/** What a content decryption module says, and what it wants to hear. */
export const MESSAGE: Uint8Array = Uint8Array.of(0, 1, 2, 250, 251, 252);
export const LICENSE: Uint8Array<ArrayBuffer> = Uint8Array.of(0, 9, 8, 7);

/** Gets a license as the player does, from a server that stands for a vendor's. */
export function createVendorExchange(configuration: DrmConfiguration, server: VendorServer) {
  const requests: VendorRequest[] = [];
  const client = new LicenseClient({
    authorizer: new Authorizer({
      authorize: () => undefined,
      authorizedOrigins: () => [],
      pageUrl: () => 'https://page.example/',
      pageOrigin: () => 'https://page.example',
    }),
    clock: createManualClock(),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const body = new Uint8Array(await request.arrayBuffer());
      const seen = {
        url: new URL(request.url),
        headers: Object.fromEntries(request.headers.entries()),
        body,
        form: new URLSearchParams(new TextDecoder().decode(body)),
      };
      requests.push(seen);
      return server(seen);
    },
  });

  const acquire = async (keySystem: KeySystem, headers: Record<string, string> = {}) => {
    const chosen = configuration[keySystem];
    if (chosen?.licenseUrl === undefined) throw new Error(`There is no license URL for ${keySystem}.`);

    return client.acquire({
      url: chosen.licenseUrl,
      message: MESSAGE,
      messageType: 'license-request',
      keySystem,
      configuration: chosen,
      source: { src: '/film.mpd', drm: configuration },
      sessionId: 's1',
      initDataType: 'cenc',
      initData: null,
      keyIds: [],
      headers,
      signal: new AbortController().signal,
    });
  };

  return { acquire, requests };
}

/** Bytes as base64, as a vendor writes them. */
export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
