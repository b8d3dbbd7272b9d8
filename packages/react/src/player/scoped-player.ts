import type { KeptStream, Player, PlayerActions } from '@secure-player/core';

import type { ReadablePlayer } from './player-context.js';

/**
 * Stands for whichever player has joined a scope; for one without a source while none has.
 *
 * Its functions keep their identity when a player leaves and another joins.
 */
export class ScopedPlayer implements ReadablePlayer {
  readonly actions: PlayerActions;
  /** Its listeners are told of all that changes: whoever reads a slice finds that his is the same. */
  readonly timeline: ReadablePlayer['timeline'];
  readonly experience: ReadablePlayer['experience'];
  readonly lease: ReadablePlayer['lease'];
  readonly #nobody: Player;
  #member: Player | null = null;
  #unsubscribe: readonly (() => void)[] = [];
  readonly #listeners = new Set<() => void>();

  /** `nobody` is a player that is never attached. */
  constructor(nobody: Player) {
    this.#nobody = nobody;
    this.timeline = {
      getState: () => this.#current().timeline.getState(),
      subscribe: this.subscribe,
      toJSON: () => this.#current().timeline.toJSON(),
    };
    this.experience = {
      getState: () => this.#current().experience.getState(),
      subscribe: this.subscribe,
    };
    this.lease = {
      ...relayFunctions<KeptStream>(nobody.lease, () => this.#current().lease),
      subscribe: this.subscribe,
    };
    this.actions = relayFunctions(nobody.actions, () => this.#current().actions);
  }

  readonly getState: ReadablePlayer['getState'] = () => this.#current().getState();

  readonly subscribe: ReadablePlayer['subscribe'] = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes a player in, if there is none; a second one stays by itself. Returns what takes it out again. */
  join(player: Player): () => void {
    if (this.#member) return () => {};

    this.#member = player;
    this.#unsubscribe = [player, player.timeline, player.experience, player.lease].map((store) =>
      store.subscribe(this.#tell),
    );
    this.#tell();

    return () => {
      if (this.#member !== player) return;

      for (const unsubscribe of this.#unsubscribe) unsubscribe();
      this.#member = null;
      this.#tell();
    };
  }

  #current(): Player {
    return this.#member ?? this.#nobody;
  }

  readonly #tell = (): void => {
    for (const listener of [...this.#listeners]) listener();
  };
}

function relayFunctions<Functions extends object>(names: Functions, current: () => Functions): Functions {
  const relay = (name: string) => {
    const act = (...parameters: unknown[]): unknown =>
      Reflect.apply(current()[name as keyof Functions] as () => unknown, undefined, parameters);
    return [name, act] as const;
  };

  return Object.freeze(Object.fromEntries(Object.keys(names).map(relay))) as Functions;
}
