/** Gives the session that is to be used for init data; null where there is none yet, and a new one is to be made. */
export type SessionFor = (initDataType: string, initData: Uint8Array) => MediaKeySession | null;

/**
 * Lets what Shaka gets from the media keys be a session that there is already.
 *
 * `createSession` is not told what for: that shows when the session is to make its request. So while `work` runs, Shaka gets
 * stand-ins. The one whose request `sessionFor` has a session for becomes that session, and makes no request. Any other, as
 * for keys that the stream brings up in that very moment, becomes a new session like any.
 */
export async function withStandIns<Result>(
  mediaKeys: MediaKeys,
  sessionFor: SessionFor,
  work: () => Promise<Result>,
): Promise<Result> {
  const create = mediaKeys.createSession.bind(mediaKeys);
  const value = (type: MediaKeySessionType) => new StandInSession(sessionFor, () => create(type));
  Object.defineProperty(mediaKeys, 'createSession', { value, configurable: true });

  try {
    return await work();
  } finally {
    Reflect.deleteProperty(mediaKeys, 'createSession');
  }
}

/** As much of a MediaKeySession as Shaka looks at, on behalf of one that its request decides about. */
class StandInSession extends EventTarget {
  readonly closed: Promise<MediaKeySessionClosedReason>;
  readonly #sessionFor: SessionFor;
  readonly #create: () => MediaKeySession;
  #session: MediaKeySession | null = null;
  #onSession: (session: MediaKeySession) => void = () => {};

  constructor(sessionFor: SessionFor, create: () => MediaKeySession) {
    super();
    this.#sessionFor = sessionFor;
    this.#create = create;
    this.closed = new Promise<MediaKeySession>((resolve) => {
      this.#onSession = resolve;
    }).then(({ closed }) => closed);
  }

  get sessionId(): string {
    return this.#session?.sessionId ?? '';
  }

  get expiration(): number {
    return this.#session?.expiration ?? Number.NaN;
  }

  get keyStatuses(): Pick<MediaKeyStatusMap, 'forEach'> {
    return this.#session?.keyStatuses ?? new Map<BufferSource, MediaKeyStatus>();
  }

  async generateRequest(initDataType: string, initData: Uint8Array<ArrayBuffer>): Promise<void> {
    const session = this.#sessionFor(initDataType, initData);
    if (!session) return this.#become(this.#create()).generateRequest(initDataType, initData);

    this.#become(session);
    // Nothing of it is new to the session, and all of it to Shaka.
    this.dispatchEvent(new Event('keystatuseschange'));
  }

  async update(response: BufferSource): Promise<void> {
    await this.#opened().update(response);
  }

  async close(): Promise<void> {
    await this.#opened().close();
  }

  async remove(): Promise<void> {
    await this.#opened().remove();
  }

  #become(session: MediaKeySession): MediaKeySession {
    this.#session = session;
    session.addEventListener('message', ({ messageType, message }) => {
      this.dispatchEvent(Object.assign(new Event('message'), { messageType, message }));
    });
    session.addEventListener('keystatuseschange', () => this.dispatchEvent(new Event('keystatuseschange')));
    this.#onSession(session);
    return session;
  }

  #opened(): MediaKeySession {
    if (!this.#session) throw new DOMException('The session has made no request.', 'InvalidStateError');

    return this.#session;
  }
}
