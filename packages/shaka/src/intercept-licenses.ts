import { takeReadyAnswer, type ReadyAnswer } from './ready-answers.js';
import type { SchemePlugin, ShakaNamespace, ShakaRequest } from './shaka-namespace.js';

/** Answers one license request of Shaka; rejects with a PlaybackError. */
export type LicenseHandler = (url: string, request: ShakaRequest, signal: AbortSignal) => Promise<Uint8Array>;

/** `shaka.util.Error` 7001 in category PLAYER, which Shaka itself throws for an aborted request. */
const ABORTED = [2, 7, 7001] as const;
/** `shaka.util.Error` 1002 in category NETWORK, critical: Shaka must not try again by itself. */
const FAILED = [2, 1, 1002] as const;

const handlers = new WeakMap<ShakaRequest, LicenseHandler>();

/**
 * Puts our own answer in the way of license requests, and what is at hand in the way of others, once per Shaka build
 * and before its first request.
 *
 * Shaka knows how to send a license request, but not how to judge the answer, whom to ask for a token, or how long to
 * wait: that is the license client's work. A filter can neither answer a request nor move it to another scheme (Shaka
 * picks the scheme's plugin before filters run), and a scheme of our own would lose the license URLs that come from the
 * manifest. So the plugins for http and https are wrapped, and pass on whatever no filter has marked.
 */
export function interceptLicenses(shaka: ShakaNamespace): void {
  const { HttpFetchPlugin, HttpXHRPlugin, NetworkingEngine } = shaka.net;
  const transport = HttpFetchPlugin.isSupported() ? HttpFetchPlugin : HttpXHRPlugin;
  const plugin: SchemePlugin = (uri, request, ...rest) => {
    const ready = takeReadyAnswer(request);
    if (ready) return answerAtOnce(shaka, uri, request, ready);

    const handle = handlers.get(request);
    return handle ? answer(shaka, uri, request, handle) : transport.parse(uri, request, ...rest);
  };

  // Priority undefined is that of an application, which is above Shaka's own; progress is what both transports report.
  for (const scheme of ['http', 'https']) NetworkingEngine.registerScheme(scheme, plugin, undefined, true);
}

/** What is no question gets no answer, until Shaka stops waiting for it. */
export const neverAnswer: LicenseHandler = (_url, _request, signal) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** Lets `handle` answer a license request in place of Shaka's network code; called from a request filter. */
export function answerLicense(request: ShakaRequest, handle: LicenseHandler): void {
  handlers.set(request, handle);
}

function answer(shaka: ShakaNamespace, uri: string, request: ShakaRequest, handle: LicenseHandler) {
  const controller = new AbortController();
  const response = handle(uri, request, controller.signal).then(
    (data) => ({ uri, originalUri: uri, data, headers: {}, status: 200, originalRequest: request }),
    (error: unknown) => {
      // Shaka tells its errors by class, and its class is not derived from Error.
      // oxlint-disable-next-line typescript/only-throw-error
      throw controller.signal.aborted
        ? new shaka.util.Error(...ABORTED)
        : new shaka.util.Error(...FAILED, error);
    },
  );

  return new shaka.util.AbortableOperation(response, async () => controller.abort());
}

function answerAtOnce(
  shaka: ShakaNamespace,
  originalUri: string,
  originalRequest: ShakaRequest,
  { url, headers, data }: ReadyAnswer,
) {
  const response = { uri: url, originalUri, data, headers: { ...headers }, status: 200, originalRequest };

  return new shaka.util.AbortableOperation(Promise.resolve(response), async () => {});
}
