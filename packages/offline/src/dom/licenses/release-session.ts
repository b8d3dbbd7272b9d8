import {
  errorFromEme,
  PlaybackError,
  toPlaybackError,
  type Clock,
  type LicenseClient,
  type ResolvedKeySystem,
  type Source,
} from '@secure-player/core';
import { answerMessage, callEme, exchangeMessages } from '@secure-player/core/dom';

/**
 * How long a module may take to say that a license is to be given back, in milliseconds. One that never says it, as Firefox's
 * Clear Key, has deleted it all the same.
 */
const SILENCE_MS = 3_000;

/** Which stored license is given back, and how. */
export interface SessionReleaseRequest {
  readonly mediaKeys: MediaKeys;
  readonly sessionId: string;
  readonly keySystem: ResolvedKeySystem;
  readonly source: Source;
  readonly licenseClient: LicenseClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Has a module delete what it has stored, and its server acknowledge that, as EME wants it
 * (https://www.w3.org/TR/encrypted-media-2/#dom-mediakeysession-remove).
 *
 * @throws PlaybackError where it still has it; the signal's reason.
 */
export async function releaseSession(request: SessionReleaseRequest): Promise<'acknowledged' | 'gone'> {
  const session = createSession(request.mediaKeys);
  try {
    if (!(await load(session, request))) return 'gone';

    await exchange(session, request);
    return 'acknowledged';
  } catch (error) {
    request.signal.throwIfAborted();
    if (toPlaybackError(error).code !== 'license-timeout') throw error;
  } finally {
    await callEme('close', () => session.close(), request.clock).catch(() => {});
  }

  if (await isStored(request)) throw new PlaybackError('license-release-failed');
  return 'gone';
}

/** Whether the module has a license. @throws PlaybackError where it does not tell, as while the license is open elsewhere. */
export async function isStored(
  request: Pick<SessionReleaseRequest, 'mediaKeys' | 'sessionId' | 'clock'>,
): Promise<boolean> {
  const session = createSession(request.mediaKeys);
  try {
    return await load(session, request);
  } finally {
    await callEme('close', () => session.close(), request.clock).catch(() => {});
  }
}

function createSession(mediaKeys: MediaKeys): MediaKeySession {
  try {
    return mediaKeys.createSession('persistent-license');
  } catch (cause) {
    throw errorFromEme('createSession', cause);
  }
}

function load(
  session: MediaKeySession,
  { sessionId, clock }: Pick<SessionReleaseRequest, 'sessionId' | 'clock'>,
): Promise<boolean> {
  return callEme('load', () => session.load(sessionId), clock);
}

async function exchange(session: MediaKeySession, request: SessionReleaseRequest): Promise<void> {
  const { keySystem, source, licenseClient, clock, signal } = request;
  let isOver = false;
  const closed = session.closed.then(() => {
    isOver = true;
  });
  const begin = async () => {
    // What was removed before is told of when it is loaded: then it may be over before this is answered.
    const removed = session.remove().catch((cause: unknown) => {
      if (!isOver) throw errorFromEme('remove', cause);
    });
    await Promise.race([removed, closed]);
    await closed;
  };

  await exchangeMessages(session, begin, () => isOver, {
    acquire: ({ sessionId }, bytes, messageType) => {
      const initData = { type: '', bytes: new Uint8Array() };
      const message = { initData, keyIds: [], bytes, messageType, sessionId, signal };
      return answerMessage(message, keySystem, licenseClient, source);
    },
    clock,
    signal,
    silenceMs: SILENCE_MS,
  });
}
