import type { Authorizer } from '../../authorize/authorizer.js';
import { systemClock, type Clock } from '../../clock/clock.js';
import { isPlaybackError, PlaybackError } from '../../error/playback-error.js';
import { rejection } from '../../abort/rejection.js';

/** How long a certificate may take, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** Where a certificate is, and with what it is fetched. */
export interface CertificateRequest {
  readonly url: string;
  readonly keySystem: string;
  readonly authorizer: Authorizer;
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: Clock | undefined;
}

/** A certificate says nothing of a viewer, and is the same for all of a document. */
const certificates = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/**
 * Fetches a server certificate, once for the document. One 401 has `authorize` asked again.
 *
 * @throws PlaybackError `certificate-failed`, or what `authorize` says; the next call then tries anew.
 */
export function fetchCertificate(request: CertificateRequest): Promise<Uint8Array<ArrayBuffer>> {
  const known = certificates.get(request.url);
  if (known) return known;

  const fetched = fetchAnew(request);
  certificates.set(request.url, fetched);
  fetched.catch(() => certificates.delete(request.url));

  return fetched;
}

/** Has a certificate fetched anew the next time: the module did not take what came. */
export function forgetCertificate(url: string): void {
  certificates.delete(url);
}

async function fetchAnew(request: CertificateRequest): Promise<Uint8Array<ArrayBuffer>> {
  const deadline = new AbortController();
  const late = new PlaybackError('certificate-failed', { message: 'The server certificate took over 10 s.' });
  const stopTimer = (request.clock ?? systemClock).schedule(() => deadline.abort(late), TIMEOUT_MS);

  try {
    // A callback of the page may ignore the signal, so the deadline also races it.
    return await Promise.race([exchange(request, deadline.signal), rejection(deadline.signal)]);
  } catch (cause) {
    deadline.signal.throwIfAborted();
    throw isPlaybackError(cause) ? cause : new PlaybackError('certificate-failed', { cause });
  } finally {
    stopTimer();
  }
}

async function exchange(request: CertificateRequest, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  let answer = await send(request, 'initial', signal);
  if (answer.status === 401 && request.authorizer.isConfigured()) {
    answer = await send(request, 'unauthorized', signal);
  }
  if (!answer.ok) throw new PlaybackError('certificate-failed', { httpStatus: answer.status });

  return new Uint8Array(await answer.arrayBuffer());
}

async function send(
  { url, keySystem, authorizer, fetch = globalThis.fetch }: CertificateRequest,
  reason: 'initial' | 'unauthorized',
  signal: AbortSignal,
): Promise<Response> {
  const headers = await authorizer.headersFor({ purpose: 'certificate', url, keySystem, reason, signal });

  return fetch(url, { headers, signal });
}
