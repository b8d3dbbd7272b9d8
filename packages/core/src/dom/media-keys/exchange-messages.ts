import type { Clock } from '../../clock/clock.js';
import { PlaybackError } from '../../error/playback-error.js';
import { callEme } from './call-eme.js';

/** How long a session may be silent where nothing else is said: no message, no key, no end, no error. In milliseconds. */
const SILENCE_MS = 10_000;

/** Options of {@link exchangeMessages}. */
export interface SessionExchangeOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long the session may be silent, in milliseconds. @default 10,000 */
  readonly silenceMs?: number | undefined;
  /** Gets the answer to a message of the session; bounds its own time. */
  readonly acquire: (
    session: MediaKeySession,
    message: Uint8Array,
    messageType: MediaKeyMessageType,
  ) => Promise<Uint8Array>;
}

/**
 * Begins something with a session, and answers what it asks until that is done.
 *
 * @throws PlaybackError; what `begin` rejects with; the signal's reason.
 */
export function exchangeMessages(
  session: MediaKeySession,
  begin: () => Promise<unknown>,
  isDone: () => boolean,
  { acquire, clock, signal, silenceMs = SILENCE_MS }: SessionExchangeOptions,
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
      cancel = clock.schedule(() => fail(new PlaybackError('license-timeout')), silenceMs);
    };

    const answer = async (message: Uint8Array, type: MediaKeyMessageType) => {
      if (message.length === 0) return;

      cancel();
      answers += 1;
      const bytes = await acquire(session, message, type);
      await callEme('update', () => session.update(bytes as Uint8Array<ArrayBuffer>), clock);
      answers -= 1;
      if (answers === 0 && !watch.signal.aborted) expectSomething();
    };
    const look = () => {
      if (!isDone()) return;
      watch.abort();
      resolve();
    };

    session.addEventListener(
      'message',
      ({ message, messageType }) => void answer(new Uint8Array(message), messageType).then(look, fail),
      { signal: watch.signal },
    );
    session.addEventListener('keystatuseschange', look, { signal: watch.signal });
    signal.addEventListener('abort', () => fail(signal.reason), { signal: watch.signal });
    watch.signal.addEventListener('abort', () => cancel());

    expectSomething();
    begin().then(look, fail);
  });
}
