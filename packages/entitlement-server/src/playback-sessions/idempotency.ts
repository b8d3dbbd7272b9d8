import type { BearerSession } from '../accounts/bearer-sessions.js';
import { invalidField } from '../http/problem-error.js';
import { digestSecret } from '../secrets/opaque-secret.js';
import { OwnedExpiringMap, type Clock } from '../storage/owned-expiring-map.js';

/** A request that may be sent twice. */
export interface IdempotentRequest {
  /** Whose key it is. A second device of the same account that sends the same key means something else by it. */
  readonly login: BearerSession;
  /** The Idempotency-Key header. */
  readonly key: string;
  /** What the key stands for, as text that is the same for the same request. */
  readonly fingerprint: string;
}

/** What is to be done once. */
export interface IdempotentWork<T> {
  start(): Promise<T>;
  /** Whether an earlier answer still stands; one that does not is forgotten, and its key with it. */
  isCurrent(answer: T): Promise<boolean>;
}

/** Does a piece of work once per key and gives the same answer every time it is asked for. */
export interface IdempotencyStore<T> {
  run(request: IdempotentRequest, work: IdempotentWork<T>): Promise<T>;
}

interface Remembered<T> {
  readonly fingerprint: string;
  readonly answer: Promise<T>;
}

const KEYS_PER_ACCOUNT = 256;
const REMEMBERED_MS = 10 * 60_000;
const KEY_TEXT = /^[\u0021-\u007e]{1,255}$/;

/** Checks an Idempotency-Key header before anything is done under it. */
export function requireIdempotencyKey(key: string): void {
  if (!KEY_TEXT.test(key)) throw invalidField('Idempotency-Key', 'must be 1 to 255 visible ASCII characters');
}

/** Remembers answers in memory. It keeps the promise, so a repeat that comes while the work runs waits for it. */
export class InMemoryIdempotencyStore<T> implements IdempotencyStore<T> {
  readonly #clock: Clock;
  readonly #answers: OwnedExpiringMap<Remembered<T>>;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#answers = new OwnedExpiringMap({ clock, limit: () => KEYS_PER_ACCOUNT });
  }

  async run({ login, key, fingerprint }: IdempotentRequest, work: IdempotentWork<T>): Promise<T> {
    // A digest of both: no choice of key can reach into another sign-in's.
    const entryKey = await digestSecret(JSON.stringify([login.id, key]));
    for (let known = this.#answers.get(entryKey); known; known = this.#answers.get(entryKey)) {
      if (await work.isCurrent(await known.answer)) {
        if (known.fingerprint === fingerprint) return known.answer;
        throw invalidField('Idempotency-Key', 'was used for another request before');
      }
      this.#forget(entryKey, known);
    }

    const begun: Remembered<T> = { fingerprint, answer: work.start() };
    this.#answers.set(login.accountId, entryKey, begun, this.#clock() + REMEMBERED_MS);
    // A failure is not an answer: the same key may try again.
    return begun.answer.catch((cause: unknown) => {
      this.#forget(entryKey, begun);
      throw cause;
    });
  }

  /** Only what was looked at: another request may have begun anew under the same key meanwhile. */
  #forget(entryKey: string, remembered: Remembered<T>): void {
    if (this.#answers.get(entryKey) === remembered) this.#answers.delete(entryKey);
  }
}
