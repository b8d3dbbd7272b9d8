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

const SWEEP_INTERVAL_MS = 60_000;
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
  readonly #keysByOwner = new Map<string, Set<string>>();
  #sweptAt = 0;
  #sweeping: IterableIterator<[key: string, entry: Entry<V>]> | undefined;

  constructor(options: OwnedExpiringMapOptions) {
    this.#options = options;
  }

  /** How many entries are held, expired ones that were not swept yet included. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * Whether an owner may have a further entry without losing the oldest. Entries that ran out may count for a minute
   * more: looking for them at every question would make a full map slow.
   */
  hasRoom(owner: string): boolean {
    this.#sweep(Infinity);
    return (this.#keysByOwner.get(owner)?.size ?? 0) < this.#options.limit(owner);
  }

  /** Adds or replaces an entry. Replacing keeps its age, so renewing does not protect it from the owner's bound. */
  set(owner: string, key: string, value: V, expiresAt: number): void {
    this.#sweep(SWEEP_PORTION);

    const keys = this.#keysByOwner.get(owner) ?? new Set<string>();
    this.#keysByOwner.set(owner, keys);
    keys.add(key);
    this.#entries.set(key, { owner, value, expiresAt });

    const [oldest] = keys;
    if (keys.size > this.#options.limit(owner) && oldest !== undefined) this.delete(oldest);
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
    for (const key of this.#keysByOwner.get(owner) ?? []) {
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
    const keys = this.#keysByOwner.get(entry.owner);
    keys?.delete(key);
    if (keys?.size === 0) this.#keysByOwner.delete(entry.owner);
  }

  /** Goes on with the sweep that is under way, or begins one when the last is a minute old. */
  #sweep(portion: number): void {
    const now = this.#options.clock();
    if (this.#sweeping === undefined) {
      if (now - this.#sweptAt < SWEEP_INTERVAL_MS) return;
      this.#sweptAt = now;
      this.#sweeping = this.#entries.entries();
    }
    for (let seen = 0; seen < portion; seen += 1) {
      const { done, value } = this.#sweeping.next();
      if (done) {
        this.#sweeping = undefined;
        return;
      }
      const [key, { expiresAt }] = value;
      if (expiresAt <= now) this.delete(key);
    }
  }
}
