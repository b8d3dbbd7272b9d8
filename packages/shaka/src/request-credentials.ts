import type { AuthorizePurpose, EngineOptions } from '@secure-player/core';

import {
  isShakaError,
  RequestType,
  type ShakaNetworkingEngine,
  type ShakaRequest,
  type ShakaRequestContext,
} from './shaka-namespace.js';

const PURPOSE_BY_TYPE: Readonly<Record<number, AuthorizePurpose>> = {
  [RequestType.MANIFEST]: 'manifest',
  [RequestType.SERVER_CERTIFICATE]: 'certificate',
  [RequestType.KEY]: 'key',
};

/**
 * Puts the page's credentials on requests for manifests, certificates and keys, for captions that the page added, and for
 * other segments where the page opts in.
 *
 * Shaka runs request filters before every attempt, with the headers as they were at first, but does not say how the last
 * attempt ended; its `retry` event does.
 */
export function createRequestCredentials(
  { authorizer, currentSource }: Pick<EngineOptions, 'authorizer' | 'currentSource'>,
  network: ShakaNetworkingEngine,
  signal: AbortSignal,
): (type: number, request: ShakaRequest, context?: ShakaRequestContext) => Promise<void> {
  const refused = new Set<unknown>();
  const askedAgain = new Set<unknown>();
  network.addEventListener('retry', (event) => {
    const { error } = event;
    if (!isShakaError(error) || error.code !== 1001 || error.data[1] !== 401) return;

    // The page has been asked once more already: a third answer would be no other.
    if (askedAgain.delete(error.data[0])) event.preventDefault();
    else refused.add(error.data[0]);
  });

  return async (type, request, context) => {
    const isSegment = isAddedText(context) || (type === RequestType.SEGMENT && authorizer.asksForSegments());
    const purpose = isSegment ? 'segment' : PURPOSE_BY_TYPE[type];
    // A manifest may name several places; each attempt goes to the next, and a credential for one is for no other.
    const url = request.uris[request.attempt % request.uris.length];
    if (!purpose || url === undefined) return;

    if (request.attempt === 0) askedAgain.delete(url);
    const reason = refused.delete(url) && request.attempt > 0 ? 'unauthorized' : 'initial';
    if (reason === 'unauthorized') askedAgain.add(url);

    const source = currentSource() ?? undefined;
    Object.assign(request.headers, await authorizer.headersFor({ purpose, url, source, reason, signal }));
  };
}

/** Whether a request is for captions that are none of the manifest's. */
export function isAddedText(context: ShakaRequestContext | undefined): boolean {
  return context?.stream?.external === true;
}
