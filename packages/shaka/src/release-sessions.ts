import { isSameBytes } from '@secure-player/core';

import type { ShakaPlayer, ShakaSessionMetadata } from './shaka-namespace.js';
import { withStandIns } from './stand-in-session.js';

const RELEASED = 'released-';

/** Whether a session is what is left of one that was released: it holds nothing. */
export function isReleased({ sessionId }: Pick<ShakaSessionMetadata, 'sessionId'>): boolean {
  return sessionId.startsWith(RELEASED);
}

/**
 * Closes the sessions of a title, leaves it loaded, and gives what was closed.
 *
 * Shaka closes a session only to make another. It is given one that has no keys and asks for none, which can be replaced by a
 * session with a license later on.
 */
export async function releaseSessions(
  player: Pick<ShakaPlayer, 'getActiveSessionsMetadata' | 'retryLicensing'>,
  mediaKeys: MediaKeys,
): Promise<ShakaSessionMetadata[]> {
  const sessions = player.getActiveSessionsMetadata().filter((session) => !isReleased(session));
  const isOfOne = (initData: Uint8Array) =>
    sessions.some((session) => session.initData && isSameBytes(session.initData, initData));
  const sessionFor = (_type: string, initData: Uint8Array) =>
    isOfOne(initData) ? (new EmptySession() as unknown as MediaKeySession) : null;

  await withStandIns(mediaKeys, sessionFor, async () => {
    for (const { sessionId } of sessions) await player.retryLicensing({ sessionId }, 0);
  });
  return sessions;
}

/** A session whose license was given back, as far as a stand-in looks at it. */
class EmptySession extends EventTarget {
  readonly sessionId = `${RELEASED}${crypto.randomUUID()}`;
  readonly expiration = Number.NaN;
  readonly keyStatuses = new Map<BufferSource, MediaKeyStatus>();
  readonly closed: Promise<MediaKeySessionClosedReason>;
  #close: (reason: MediaKeySessionClosedReason) => void = () => {};

  constructor() {
    super();
    this.closed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }

  async update(): Promise<void> {}

  async remove(): Promise<void> {
    this.#close('closed-by-application');
  }

  async close(): Promise<void> {
    this.#close('closed-by-application');
  }
}
