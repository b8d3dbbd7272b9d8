import { PlaybackError, toPlaybackError, type OfflineRequest, type OfflineTitle } from '@secure-player/core';

import { isOffline } from '../is-offline.js';
import { toAbsolute } from '../prefetch/prefetched-answers.js';
import { answerAtHand } from '../ready-answers.js';
import { RequestType, type ShakaNetworkingEngine, type ShakaRequest } from '../shaka-namespace.js';

/**
 * Lets all requests for manifests, segments, keys and captions be answered by what is kept of a title, until `signal` is aborted.
 * Registered ahead of the filter that adds credentials: what is answered here needs none. Licenses and certificates are not the
 * title's to answer.
 *
 * What is not kept goes to the network, where there may be one; else its request fails with `download-missing`.
 */
export function answerFromTitle(
  network: ShakaNetworkingEngine,
  title: Pick<OfflineTitle, 'read'>,
  signal: AbortSignal,
): void {
  network.registerRequestFilter(async (type, request) => {
    const isOfTitle = type !== RequestType.LICENSE && type !== RequestType.SERVER_CERTIFICATE;
    if (!isOfTitle || signal.aborted) return;

    const answer = await readFirst(title, request, signal);
    if (answer) {
      const { url, contentType, data } = answer;
      answerAtHand(request, {
        url,
        data,
        headers: contentType === null ? {} : { 'content-type': contentType },
      });
    } else if (isOffline()) {
      throw new PlaybackError('download-missing');
    }
  });
}

/** A manifest may name several places for the same bytes, and one of them was downloaded from. */
async function readFirst(title: Pick<OfflineTitle, 'read'>, request: ShakaRequest, signal: AbortSignal) {
  const range = rangeOf(request.headers);
  try {
    for (const uri of request.uris) {
      const answer = await title.read({ url: toAbsolute(uri), range, signal });
      if (answer) return answer;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw toPlaybackError(error, 'storage-failed');
  }

  return null;
}

/** Shaka asks for bytes from one to another, or to the end. */
function rangeOf(headers: Readonly<Record<string, string>>): OfflineRequest['range'] {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(headers['Range'] ?? '') ?? [];
  if (start === undefined) return null;

  return { start: Number(start), end: end ? Number(end) : Number.POSITIVE_INFINITY };
}
