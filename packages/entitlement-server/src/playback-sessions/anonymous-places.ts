import { OwnedExpiringMap, type Clock } from '../storage/owned-expiring-map.js';

/** What {@link AnonymousPlaces} works with. */
export interface AnonymousPlacesOptions {
  readonly clock: Clock;
  /** How many sessions of nobody's one network may have. */
  readonly perNetwork: number;
  /** After how long without a heartbeat a session has to yield to another of its network. */
  readonly silenceMs: number;
}

/** A session that has a place, as far as this process knows. */
export interface SilentSession {
  readonly key: string;
  readonly expiresAt: number;
}

/** What became of asking for a place. `silent` is the session that may have to end before there is one. */
export type PlaceOutcome =
  | { readonly status: 'taken' }
  | { readonly status: 'full'; readonly silent: SilentSession | undefined };

interface Place extends SilentSession {
  readonly network: string;
  readonly heardAt: number;
}

/**
 * Sees to it that no network takes all the room that those without an account share. A network may be many people, so none
 * of them loses a session that is heard of: the one that was silent for longest yields, and only after a while.
 *
 * In memory, like the counts of rates: each process has its own, what another one opened is not counted, and whether another
 * one has heard of a session is for the caller to look up.
 */
export class AnonymousPlaces {
  readonly #options: AnonymousPlacesOptions;
  /** Of each network the one that was silent for longest first. */
  readonly #places: OwnedExpiringMap<Place>;

  constructor(options: AnonymousPlacesOptions) {
    this.#options = options;
    this.#places = new OwnedExpiringMap({ clock: options.clock, limit: () => options.perNetwork });
  }

  /** Takes a place for a session that is about to be opened. */
  take(network: string, key: string, expiresAt: number): PlaceOutcome {
    const oldest = this.#places.hasRoom(network) ? undefined : this.#oldestOf(network);
    const { clock, silenceMs } = this.#options;
    if (oldest !== undefined) {
      return { status: 'full', silent: clock() - oldest.heardAt < silenceMs ? undefined : oldest };
    }
    this.#put({ key, network }, expiresAt);
    return { status: 'taken' };
  }

  /** A heartbeat: whoever is heard of keeps the place. */
  keep(key: string, expiresAt: number): void {
    const place = this.#places.get(key);
    if (place === undefined) return;

    // Replacing would leave it where it stands.
    this.#places.delete(key);
    this.#put(place, expiresAt);
  }

  /** The session is over, or was not opened after all. */
  leave(key: string): void {
    this.#places.delete(key);
  }

  /** Unless there is room, once those that ran out are gone. */
  #oldestOf(network: string): Place | undefined {
    const held = this.#places.valuesOf(network);
    return held.length < this.#options.perNetwork ? undefined : held[0];
  }

  #put({ key, network }: Pick<Place, 'key' | 'network'>, expiresAt: number): void {
    this.#places.set(network, key, { key, network, expiresAt, heardAt: this.#options.clock() }, expiresAt);
  }
}
