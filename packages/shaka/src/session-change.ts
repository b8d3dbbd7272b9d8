import { isSameBytes, PlaybackError, toPlaybackError } from '@secure-player/core';
import { exchangeMessages, type SessionExchangeOptions } from '@secure-player/core/dom';

import type { ShakaPlayer, ShakaSessionMetadata } from './shaka-namespace.js';
import { withStandIns } from './stand-in-session.js';
import { isStored, removeStoredLicense } from './stored-license.js';

/** What a change of sessions works with. */
export interface SessionChangeOptions extends SessionExchangeOptions {
  readonly player: Pick<ShakaPlayer, 'retryLicensing'>;
  readonly mediaKeys: MediaKeys;
}

/** When there was which license, in epoch milliseconds. */
export interface SessionChange {
  readonly keysGoneAt: number;
  readonly keysBackAt: number;
}

/**
 * Puts a session that has its license already in the place of one of Shaka's.
 *
 * Shaka replaces a session by closing it first: while the next license is fetched nothing can be decrypted, and if it is
 * refused, all is lost. So the license is fetched into a session of our own beside Shaka's, and where it does not come, that
 * is closed and nothing has happened. Then Shaka is made to replace its session, and the new one that it asks the media keys
 * for, with the same init data, stands in for ours.
 *
 * @throws PlaybackError; Shaka's session is then as it was. `key-expired` where that one had ended meanwhile.
 */
export async function changeSession(
  old: ShakaSessionMetadata,
  options: SessionChangeOptions,
): Promise<SessionChange> {
  const { sessionType, initData, initDataType } = old;
  const { mediaKeys, clock } = options;
  if (!initData || initDataType === null) throw new PlaybackError('license-request-failed');

  const session = createSession(mediaKeys, sessionType);
  const requested = session.generateRequest(initDataType, initData as Uint8Array<ArrayBuffer>);
  try {
    await exchangeMessages(
      session,
      () => requested.catch(toRequestFailure),
      () => hasKeys(session),
      options,
    );
  } catch (error) {
    // One that is still opening cannot be closed, and one that never opened need not be.
    requested.then(() => session.close()).catch(() => {});
    throw toPlaybackError(error, 'license-request-failed');
  }

  const keysBackAt = clock.now();
  const isTaken = await handOver(session, old, options).catch(() => false);
  if (!isTaken) {
    await discard(session, old, options);
    throw new PlaybackError('key-expired');
  }
  return { keysGoneAt: clock.now(), keysBackAt };
}

/** Ends a session that has a license, and nobody who wants it. */
async function discard(
  session: MediaKeySession,
  old: ShakaSessionMetadata,
  options: SessionChangeOptions,
): Promise<void> {
  const { sessionId } = session;
  try {
    await session.close();
    if (isStored(old)) await removeStoredLicense(sessionId, options.mediaKeys, options);
  } catch {
    // The failure that it has come to this for is what is told.
  }
}

function toRequestFailure(cause: unknown): never {
  throw new PlaybackError('license-request-failed', { cause });
}

function createSession(mediaKeys: MediaKeys, type: string): MediaKeySession {
  try {
    return mediaKeys.createSession(type as MediaKeySessionType);
  } catch (cause) {
    throw new PlaybackError('drm-setup-failed', { cause });
  }
}

function hasKeys({ keyStatuses }: MediaKeySession): boolean {
  let known = 0;
  let pending = 0;
  keyStatuses.forEach((status) => {
    known += 1;
    if (status === 'status-pending') pending += 1;
  });

  return known > pending;
}

/** Puts a session in the place of one of Shaka's. False where that one had ended meanwhile. */
async function handOver(
  session: MediaKeySession,
  { sessionId, initData }: ShakaSessionMetadata,
  { player, mediaKeys }: SessionChangeOptions,
): Promise<boolean> {
  let isTaken = false;
  const sessionFor = (_type: string, requested: Uint8Array) => {
    if (isTaken || !initData || !isSameBytes(initData, requested)) return null;

    isTaken = true;
    return session;
  };
  const isReplaced = await withStandIns(mediaKeys, sessionFor, () => player.retryLicensing({ sessionId }, 0));

  return isReplaced && isTaken;
}
