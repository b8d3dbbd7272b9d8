/** The current time in epoch milliseconds. */
export type Clock = () => number;

/** What an {@link OwnedExpiringMap} needs. */
export interface OwnedExpiringMapOptions {
  readonly clock: Clock;
  /** How many entries one owner may have; a further one replaces that owner's oldest. */
  readonly limit: (owner: string) => number;
}

interface Entry<V> {
  readonly owner: string;
  readonly value: V;
  readonly expiresAt: number;
}

/** What one owner has. */
interface Possessions {
  readonly keys: Set<string>;
  sweptAt: number;
}

const SWEEP_INTERVAL_MS = 60_000;
/** How often what a full owner has is looked through, however often it is asked for room. */
const OWNER_SWEEP_INTERVAL_MS = 2_000;
/** How many entries a call that adds one looks at on the way: all of a full map at once would take a third of a second. */
const SWEEP_PORTION = 64;

/**
 * Entries that end by themselves and cannot fill the memory. The bound is per owner and not for all together:
 * otherwise one caller who opens sessions in a loop would push everybody else's out. Where one owner stands for many
 * callers, ask {@link OwnedExpiringMap.hasRoom} first.
 */
export class OwnedExpiringMap<V> {
  readonly #options: OwnedExpiringMapOptions;
  readonly #entries = new Map<string, Entry<V>>();
  readonly #owners = new Map<string, Possessions>();
  #sweptAt = 0;
  #sweeping: IterableIterator<string> | undefined;

  constructor(options: OwnedExpiringMapOptions) {
    this.#options = options;
  }

  /** How many entries are held, expired ones that were not swept yet included. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * Whether an owner may have a further entry without losing the oldest. When there seems to be no room, what ran out is
   * looked for among what the owner has, but for the two seconds after it was.
   */
  hasRoom(owner: string): boolean {
    const limit = this.#options.limit(owner);
    const owned = this.#owners.get(owner);
    if (owned === undefined || owned.keys.size < limit) return limit > 0;

    const now = this.#options.clock();
    if (Math.abs(now - owned.sweptAt) < OWNER_SWEEP_INTERVAL_MS) return false;

    owned.sweptAt = now;
    for (const key of owned.keys) this.#deleteExpired(key, now);
    return owned.keys.size < limit;
  }

  /** Adds or replaces an entry. Replacing keeps its age, so renewing does not protect it from the owner's bound. */
  set(owner: string, key: string, value: V, expiresAt: number): void {
    this.#sweep();

    const owned = this.#owners.get(owner) ?? { keys: new Set(), sweptAt: Number.NEGATIVE_INFINITY };
    this.#owners.set(owner, owned);
    owned.keys.add(key);
    this.#entries.set(key, { owner, value, expiresAt });
    if (owned.keys.size <= this.#options.limit(owner)) return;

    const [oldest] = owned.keys;
    if (oldest !== undefined) this.delete(oldest);
  }

  /** The entry's value, unless there is none or its time is over. */
  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.expiresAt > this.#options.clock()) return entry.value;

    this.delete(key);
    return undefined;
  }

  /** Everything an owner has, oldest first. */
  valuesOf(owner: string): V[] {
    const values: V[] = [];
    for (const key of this.#owners.get(owner)?.keys ?? []) {
      const value = this.get(key);
      if (value !== undefined) values.push(value);
    }
    return values;
  }

  /** Everything there is, in no order that means anything; what ran out but was not swept yet is left out. */
  *values(): IterableIterator<V> {
    for (const { value, expiresAt } of this.#entries.values()) {
      if (expiresAt > this.#options.clock()) yield value;
    }
  }

  /** Removes an entry; one that does not exist is no error. */
  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;

    this.#entries.delete(key);
    const keys = this.#owners.get(entry.owner)?.keys;
    keys?.delete(key);
    if (keys?.size === 0) this.#owners.delete(entry.owner);
  }

  /** Goes on with the sweep that is under way, or begins one when the last is a minute old. */
  #sweep(): void {
    const now = this.#options.clock();
    if (this.#sweeping === undefined) {
      if (Math.abs(now - this.#sweptAt) < SWEEP_INTERVAL_MS) return;
      this.#sweptAt = now;
      this.#sweeping = this.#entries.keys();
    }
    for (let seen = 0; seen < SWEEP_PORTION; seen += 1) {
      const { done, value } = this.#sweeping.next();
      if (done) {
        this.#sweeping = undefined;
        return;
      }
      this.#deleteExpired(value, now);
    }
  }

  #deleteExpired(key: string, now: number): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined && entry.expiresAt <= now) this.delete(key);
  }
}
