import { OwnedExpiringMap, type Clock } from '../storage/owned-expiring-map.js';

/** What {@link AnonymousPlaces} works with. */
export interface AnonymousPlacesOptions {
  readonly clock: Clock;
  /** How many sessions of nobody's one network may have. */
  readonly perNetwork: number;
  /** After how long without a heartbeat a session has to yield to another of its network. */
  readonly silenceMs: number;
}

/** What became of asking for a place. `instead` is the key of the session that has to end for it, if one has to. */
export type PlaceOutcome =
  | { readonly status: 'taken'; readonly instead: string | undefined }
  | { readonly status: 'full' };

interface Place {
  readonly key: string;
  readonly network: string;
  readonly heardAt: number;
}

/**
 * Sees to it that no network takes all the room that those without an account share. A network may be many people, so none
 * of them loses a session that is heard of: the one that was silent for longest yields, and only after a while.
 *
 * In memory, like the counts of rates: each process has its own, and what another one opened is not counted.
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
    if (oldest && clock() - oldest.heardAt < silenceMs) return { status: 'full' };

    if (oldest) this.#places.delete(oldest.key);
    this.#put({ key, network }, expiresAt);
    return { status: 'taken', instead: oldest?.key };
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
    this.#places.set(network, key, { key, network, heardAt: this.#options.clock() }, expiresAt);
  }
}
