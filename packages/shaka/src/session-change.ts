import { PlaybackError, toPlaybackError, type Clock } from '@secure-player/core';

import type { ShakaPlayer, ShakaSessionMetadata } from './shaka-namespace.js';

/** How long a session may be silent: no message, no key, no error. In milliseconds. */
const SILENCE_MS = 10_000;

/** What a change of sessions works with. */
export interface SessionChangeOptions {
  readonly player: Pick<ShakaPlayer, 'retryLicensing'>;
  readonly mediaKeys: MediaKeys;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Gets the license for a message of the new session; bounds its own time. */
  readonly acquire: (session: MediaKeySession, message: Uint8Array) => Promise<Uint8Array>;
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
 * for is ours.
 *
 * @throws PlaybackError; Shaka's session is then as it was. `key-expired` where that one had ended meanwhile.
 */
export async function changeSession(
  { sessionId, sessionType, initData, initDataType }: ShakaSessionMetadata,
  options: SessionChangeOptions,
): Promise<SessionChange> {
  const { player, mediaKeys, clock } = options;
  if (!initData || initDataType === null) throw new PlaybackError('license-request-failed');

  const session = createSession(mediaKeys, sessionType);
  const requested = session.generateRequest(initDataType, initData as Uint8Array<ArrayBuffer>);
  try {
    await license(session, requested, options);
    const keysBackAt = clock.now();
    const isTaken = await handOver(session, mediaKeys, () => player.retryLicensing({ sessionId }, 0));
    if (!isTaken) throw new PlaybackError('key-expired');

    return { keysGoneAt: clock.now(), keysBackAt };
  } catch (error) {
    // One that is still opening cannot be closed, and one that never opened need not be.
    requested.then(() => session.close()).catch(() => {});
    throw toPlaybackError(error, 'license-request-failed');
  }
}

function createSession(mediaKeys: MediaKeys, type: string): MediaKeySession {
  try {
    return mediaKeys.createSession(type as MediaKeySessionType);
  } catch (cause) {
    throw new PlaybackError('drm-setup-failed', { cause });
  }
}

/** Resolves when the session has keys whose statuses are known. */
function license(
  session: MediaKeySession,
  requested: Promise<void>,
  { acquire, clock, signal }: SessionChangeOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const watch = new AbortController();
    const fail = (error: unknown) => {
      watch.abort();
      reject(error);
    };
    let answers = 0;
    let cancel = () => {};
    /** Each step has its time; while an answer is on its way, the license client is who bounds it. */
    const expectSomething = () => {
      cancel();
      cancel = clock.schedule(() => fail(new PlaybackError('license-timeout')), SILENCE_MS);
    };

    const answer = async (message: Uint8Array) => {
      if (message.length === 0) return;

      cancel();
      answers += 1;
      const bytes = await acquire(session, message);
      await session.update(bytes as Uint8Array<ArrayBuffer>).catch((cause: unknown) => {
        throw new PlaybackError('license-rejected', { cause });
      });
      answers -= 1;
      if (answers === 0 && !watch.signal.aborted) expectSomething();
    };
    const look = () => {
      if (!hasKeys(session)) return;
      watch.abort();
      resolve();
    };

    session.addEventListener(
      'message',
      ({ message }) => void answer(new Uint8Array(message)).then(look, fail),
      { signal: watch.signal },
    );
    session.addEventListener('keystatuseschange', look, { signal: watch.signal });
    signal.addEventListener('abort', () => fail(signal.reason), { signal: watch.signal });
    watch.signal.addEventListener('abort', () => cancel());

    expectSomething();
    requested.catch((cause: unknown) => {
      fail(new PlaybackError('license-request-failed', { cause }));
    });
  });
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

/** Runs what asks the media keys for one session, and lets it have this one. Whether it did is what it says itself. */
async function handOver(
  session: MediaKeySession,
  mediaKeys: MediaKeys,
  ask: () => Promise<boolean>,
): Promise<boolean> {
  let isTaken = false;
  const takeBack = (object: object, name: string) => void Reflect.deleteProperty(object, name);
  // The request was made, and answered. What the prototype has comes to light again below.
  define(session, 'generateRequest', async () => takeBack(session, 'generateRequest'));
  define(mediaKeys, 'createSession', () => {
    takeBack(mediaKeys, 'createSession');
    isTaken = true;
    return session;
  });

  try {
    if (!(await ask()) || !isTaken) return false;
    // Nothing of it is new to the session, and all of it to Shaka.
    session.dispatchEvent(new Event('keystatuseschange'));
    return true;
  } finally {
    takeBack(mediaKeys, 'createSession');
    takeBack(session, 'generateRequest');
  }
}

function define(object: object, name: string, value: (...args: never[]) => unknown): void {
  Object.defineProperty(object, name, { value, configurable: true });
}
