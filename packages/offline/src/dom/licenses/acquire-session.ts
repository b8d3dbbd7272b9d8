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
import type { KeyId } from '@secure-player/protocol';

import type { KeptSession } from '../../licenses/license-record.js';
import { hasKeys, heldKeyIds, whyWithoutKeys } from './stored-key-statuses.js';

/** What one session is to store a license for. */
export interface SessionRequest {
  readonly mediaKeys: MediaKeys;
  readonly keySystem: ResolvedKeySystem;
  readonly source: Source;
  readonly initDataType: string;
  readonly initData: Uint8Array<ArrayBuffer>;
  /** What of it is needed; any key at all where it cannot be told. */
  readonly keyIds: readonly KeyId[];
  readonly licenseClient: LicenseClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onSession: (sessionId: string) => Promise<void>;
}

/**
 * Gets a license into a session that stores it, and closes the session: what is stored stays, and playback can load it.
 *
 * @throws PlaybackError; the signal's reason.
 */
export async function acquireSession(request: SessionRequest): Promise<KeptSession> {
  const session = createSession(request.mediaKeys);
  const scope = new AbortController();
  try {
    await Promise.race([exchange(session, request, scope.signal), untilLost(session)]);
    const kept = toKept(session, request);
    await callEme('close', () => session.close(), request.clock);

    return kept;
  } catch (error) {
    session.close().catch(() => {});
    request.signal.throwIfAborted();
    throw toPlaybackError(error, 'license-request-failed');
  } finally {
    scope.abort();
  }
}

async function exchange(
  session: MediaKeySession,
  request: SessionRequest,
  scope: AbortSignal,
): Promise<void> {
  const { keySystem, source, initDataType, initData, keyIds, licenseClient, clock, onSession } = request;
  const signal = AbortSignal.any([request.signal, scope]);
  let noted: Promise<void> | null = null;
  // The message comes after the id is known, and at times before `generateRequest` has said that it is.
  const note = () => (noted ??= onSession(session.sessionId));
  const begin = async () => {
    await session.generateRequest(initDataType, initData).catch((cause: unknown) => {
      throw errorFromEme('generateRequest', cause);
    });
    await note();
  };
  const acquire = async ({ sessionId }: MediaKeySession, bytes: Uint8Array, messageType: string) => {
    await note();
    const asked = { type: initDataType, bytes: initData };
    const message = { initData: asked, keyIds, bytes, messageType, sessionId, signal };
    return answerMessage(message, keySystem, licenseClient, source);
  };

  try {
    await exchangeMessages(session, begin, () => hasKeys(session, keyIds), { acquire, clock, signal });
  } catch (error) {
    throw (isSilence(error) && whyWithoutKeys(session)) || error;
  }
}

function createSession(mediaKeys: MediaKeys): MediaKeySession {
  try {
    return mediaKeys.createSession('persistent-license');
  } catch (cause) {
    throw errorFromEme('createSession', cause);
  }
}

async function untilLost(session: MediaKeySession): Promise<never> {
  const reason: unknown = await session.closed;
  throw new PlaybackError('drm-setup-failed', { message: `The session was closed: ${String(reason)}.` });
}

function isSilence(error: unknown): boolean {
  return toPlaybackError(error).code === 'license-timeout';
}

/** The bytes of the init data stay as they came: a player compares them with those of the manifest. */
function toKept(session: MediaKeySession, { initDataType, initData }: SessionRequest): KeptSession {
  const { sessionId, expiration } = session;

  return {
    sessionId,
    initDataType,
    initData: initData.slice(),
    keyIds: heldKeyIds(session),
    // Modules that know no end say NaN.
    expiresAt: Number.isFinite(expiration) && expiration > 0 ? expiration : null,
  };
}
