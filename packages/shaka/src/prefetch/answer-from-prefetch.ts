import { answerAtHand } from '../ready-answers.js';
import { RequestType, type ShakaNetworkingEngine } from '../shaka-namespace.js';
import { pageAnswers, toAbsolute, type PrefetchedAnswers } from './prefetched-answers.js';

/**
 * Lets requests for manifests and certificates be answered by what was fetched ahead, until `signal` is aborted. Registered
 * behind the filter that adds credentials: what is at hand is for a request with exactly those.
 */
export function answerFromPrefetch(
  network: ShakaNetworkingEngine,
  signal: AbortSignal,
  answers: PrefetchedAnswers = pageAnswers,
): void {
  network.registerRequestFilter(async (type, request) => {
    if (type !== RequestType.MANIFEST && type !== RequestType.SERVER_CERTIFICATE) return;

    const [uri] = request.uris;
    // A second attempt means that the first answer was no good, and cookies of other sites were not sent ahead.
    if (uri === undefined || request.attempt > 0 || request.allowCrossSiteCredentials) return;

    const answer = await answers.take({ url: toAbsolute(uri), headers: request.headers }, signal);
    if (answer) answerAtHand(request, answer);
  });
}
