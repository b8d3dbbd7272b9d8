import type { AuthorizePurpose, EngineOptions } from '@secure-player/core';

import { isShakaError, RequestType, type ShakaNetworkingEngine, type ShakaRequest } from './shaka-namespace.js';

const PURPOSE_BY_TYPE: Readonly<Record<number, AuthorizePurpose>> = {
  [RequestType.MANIFEST]: 'manifest',
  [RequestType.SERVER_CERTIFICATE]: 'certificate',
  [RequestType.KEY]: 'key',
};

/**
 * Puts the page's credentials on requests for manifests, certificates and keys. Segments carry none: they are encrypted,
 * and a header would cost a preflight each.
 *
 * Shaka runs request filters before every attempt but does not say how the last one ended; its `retry` event does.
 */
export function createRequestCredentials(
  { authorizer, currentSource }: Pick<EngineOptions, 'authorizer' | 'currentSource'>,
  network: ShakaNetworkingEngine,
  signal: AbortSignal,
): (type: number, request: ShakaRequest) => Promise<void> {
  const unauthorized = new Set<unknown>();
  network.addEventListener('retry', ({ error }) => {
    if (isShakaError(error) && error.code === 1001 && error.data[1] === 401) unauthorized.add(error.data[0]);
  });

  return async (type, request) => {
    const purpose = PURPOSE_BY_TYPE[type];
    const url = request.uris[0];
    if (!purpose || url === undefined) return;

    const reason = unauthorized.delete(url) ? 'unauthorized' : 'initial';
    const source = currentSource() ?? undefined;
    Object.assign(request.headers, await authorizer.headersFor({ purpose, url, source, reason, signal }));
  };
}
