import { PlaybackError } from '@secure-player/core';
import { exchangeMessages, type SessionExchangeOptions } from '@secure-player/core/dom';

import type { ShakaSessionMetadata } from './shaka-namespace.js';

/** Whether a session's license stays with the module when the session is closed. */
export function isStored({ sessionType }: Pick<ShakaSessionMetadata, 'sessionType'>): boolean {
  return sessionType === 'persistent-license';
}

/**
 * Deletes the license that a session has left with the module, and tells its server, as EME wants it: closing a session only
 * puts its license aside, and those pile up.
 *
 * @throws PlaybackError where the module, or the server, will not have it, or says nothing.
 */
export async function removeStoredLicense(
  sessionId: string,
  mediaKeys: MediaKeys,
  options: SessionExchangeOptions,
): Promise<void> {
  let isOver = false;
  const session = mediaKeys.createSession('persistent-license');
  const remove = async () => {
    if (await session.load(sessionId)) {
      await session.remove();
      // The module ends the session when it has the server's acknowledgement.
      await session.closed;
    }
    isOver = true;
  };

  try {
    await exchangeMessages(
      session,
      () => remove().catch(toReleaseFailure),
      () => isOver,
      options,
    );
  } finally {
    if (!isOver) session.close().catch(() => {});
  }
}

function toReleaseFailure(cause: unknown): never {
  throw new PlaybackError('license-release-failed', { cause });
}
