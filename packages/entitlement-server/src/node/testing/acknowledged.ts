import type { StoreProcess } from './store-process.js';

const STREAMS = 3;
const MINUTE = 60_000;

/** What stores have said so far, to be held to it. */
export class Acknowledged {
  readonly #granted = new Map<string, string>();
  readonly #accepted = new Map<string, number>();
  readonly #offered = new Set<string>();

  /** How often a token was accepted, for all tokens that were. */
  get acceptances(): number[] {
    return [...this.#accepted.values()];
  }

  /** How many leases were granted. */
  get leases(): number {
    return this.#granted.size;
  }

  /** Asks for a stream. */
  async acquire(store: StoreProcess, accountId: string, key: string): Promise<void> {
    const now = Date.now();
    const status = await store.open(
      {
        key,
        accountId,
        loginId: null,
        deviceId: null,
        contentId: 'film',
        intent: 'play',
        format: undefined,
        device: 'TV',
        startedAt: now,
        expiresAt: now + 60 * MINUTE,
      },
      { now, expiresAt: now + 30 * MINUTE, limit: { streams: STREAMS, onLimit: 'deny-new' } },
    );
    if (status === 'granted') this.#granted.set(key, accountId);
  }

  /** Uses a token up, or tries to. */
  async consume(store: StoreProcess, jti: string): Promise<void> {
    this.#offered.add(jti);
    if (await store.consume(jti)) this.#accepted.set(jti, (this.#accepted.get(jti) ?? 0) + 1);
  }

  /**
   * What does not hold, in words; nothing when all is well: every lease that was granted is there, no account has more than it
   * may, and no token is taken once more.
   */
  async findBroken(store: StoreProcess): Promise<string[]> {
    const streams = new Map(
      await Promise.all(
        [...new Set(this.#granted.values())].map(
          async (accountId) => [accountId, await store.streams(accountId)] as const,
        ),
      ),
    );
    const lost = [...this.#granted]
      .filter(([key, accountId]) => streams.get(accountId)?.includes(key) !== true)
      .map(([key]) => `${key} is lost`);
    const crowded = [...streams]
      .filter(([, keys]) => keys.length > STREAMS)
      .map(([accountId]) => `${accountId} has too many`);

    await Promise.all([...this.#offered].map(async (jti) => await this.consume(store, jti)));
    const replayed = [...this.#accepted]
      .filter(([, times]) => times > 1)
      .map(([jti]) => `${jti} was taken again`);
    return [...lost, ...crowded, ...replayed];
  }
}

/** Numbers that are the same in every run: the 32-bit generator of mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
