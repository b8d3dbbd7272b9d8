import type { ShakaPlayer } from './shaka-namespace.js';

/**
 * Closes the sessions of a title, and leaves it loaded.
 *
 * Shaka closes a session only to make another. It is given one that has no keys and asks for none, which can be replaced by a
 * session with a license later on.
 */
export async function releaseSessions(
  player: Pick<ShakaPlayer, 'getActiveSessionsMetadata' | 'retryLicensing'>,
  mediaKeys: MediaKeys,
): Promise<void> {
  const createSession = () => new EmptySession() as unknown as MediaKeySession;
  Object.defineProperty(mediaKeys, 'createSession', { value: createSession, configurable: true });

  try {
    for (const { sessionId } of player.getActiveSessionsMetadata()) {
      await player.retryLicensing({ sessionId }, 0);
    }
  } finally {
    Reflect.deleteProperty(mediaKeys, 'createSession');
  }
}

/** As much of a MediaKeySession as Shaka looks at. */
class EmptySession extends EventTarget {
  readonly sessionId = `released-${crypto.randomUUID()}`;
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

  async generateRequest(): Promise<void> {}

  async update(): Promise<void> {}

  async close(): Promise<void> {
    this.#close('closed-by-application');
  }
}
