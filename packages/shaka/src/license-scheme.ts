import type { ShakaNamespace, ShakaRequest } from './shaka-namespace.js';

/** Answers one license request of Shaka; rejects with a PlaybackError. */
export type LicenseHandler = (url: string, request: ShakaRequest, signal: AbortSignal) => Promise<Uint8Array>;

const SCHEME = 'secure-player-license';

/** `shaka.util.Error` 7001 in category PLAYER, which Shaka itself throws for an aborted request. */
const ABORTED = [2, 7, 7001] as const;
/** `shaka.util.Error` 1002 in category NETWORK, critical: Shaka must not try again by itself. */
const FAILED = [2, 1, 1002] as const;

const registeredBuilds = new WeakSet<ShakaNamespace>();
const handlers = new Map<string, { handle: LicenseHandler; urls: string[] }>();
let created = 0;

/**
 * A way for one engine to answer Shaka's license requests itself.
 *
 * Shaka knows how to send a license request, but not how to judge the answer, whom to ask for a token, or how long to
 * wait. So a request filter gives the request a URL of our own scheme, and the plugin of that scheme hands it to the
 * license client. Schemes belong to a Shaka build, not to a player: the URL names the engine that is meant.
 */
export interface LicenseScheme {
  /** Sends a request our way; the URL that Shaka wanted is kept out of it. */
  redirect(request: ShakaRequest): void;
  close(): void;
}

export function openLicenseScheme(shaka: ShakaNamespace, handle: LicenseHandler): LicenseScheme {
  register(shaka);
  created += 1;
  const id = String(created);
  const urls: string[] = [];
  handlers.set(id, { handle, urls });

  return {
    redirect(request) {
      const url = request.uris[0] ?? '';
      if (url.startsWith(`${SCHEME}:`)) return;

      request.uris = [`${SCHEME}:${id}/${urls.push(url) - 1}`];
    },
    close: () => void handlers.delete(id),
  };
}

function register(shaka: ShakaNamespace): void {
  if (registeredBuilds.has(shaka)) return;
  registeredBuilds.add(shaka);

  shaka.net.NetworkingEngine.registerScheme(SCHEME, (uri, request) => {
    const controller = new AbortController();
    const response = answer(uri, request, controller.signal).catch((error: unknown) => {
      throw controller.signal.aborted
        ? new shaka.util.Error(...ABORTED)
        : new shaka.util.Error(...FAILED, error);
    });

    return new shaka.util.AbortableOperation(response, async () => controller.abort());
  });
}

async function answer(uri: string, request: ShakaRequest, signal: AbortSignal) {
  const [id = '', index = ''] = uri.slice(SCHEME.length + 1).split('/');
  const handler = handlers.get(id);
  const url = handler?.urls[Number(index)];
  if (!handler || url === undefined) throw new Error('The engine that asked for this license is gone.');

  const data = await handler.handle(url, request, signal);
  return { uri, originalUri: uri, data, headers: {}, status: 200, originalRequest: request };
}
