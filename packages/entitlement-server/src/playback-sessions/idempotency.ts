import { invalidField } from '../http/problem-error.js';
import { digestSecret } from '../secrets/opaque-secret.js';
import { OwnedExpiringMap, type Clock } from '../storage/owned-expiring-map.js';

/** A request that may be sent twice. */
export interface IdempotentRequest {
  readonly accountId: string;
  /** The Idempotency-Key header. */
  readonly key: string;
  /** What the key stands for, as text that is the same for the same request. */
  readonly fingerprint: string;
}

/** Does a piece of work once per key and gives the same answer every time it is asked for. */
export interface IdempotencyStore<T> {
  run(request: IdempotentRequest, work: () => Promise<T>): Promise<T>;
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

  async run({ accountId, key, fingerprint }: IdempotentRequest, work: () => Promise<T>): Promise<T> {
    // A digest of both: no choice of key can reach into another account's.
    const entryKey = digestSecret(JSON.stringify([accountId, key]));
    const known = this.#answers.get(entryKey);
    if (known !== undefined) {
      if (known.fingerprint === fingerprint) return known.answer;
      throw invalidField('Idempotency-Key', 'was used for another request before');
    }

    const answer = work();
    this.#answers.set(accountId, entryKey, { fingerprint, answer }, this.#clock() + REMEMBERED_MS);
    // A failure is not an answer: the same key may try again.
    return answer.catch((cause: unknown) => {
      this.#answers.delete(entryKey);
      throw cause;
    });
  }
}
