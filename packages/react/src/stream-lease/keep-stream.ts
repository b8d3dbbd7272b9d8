'use client';

import {
  StreamLease,
  type EntitlementBackend,
  type PlaybackSessionSource,
  type Player,
} from '@secure-player/core';
import { createPageLifecycle } from '@secure-player/core/dom';

/** Whose stream is kept, and where. */
export interface KeptStreamOptions {
  readonly player: Player;
  readonly backend: EntitlementBackend;
  readonly session: PlaybackSessionSource;
}

interface Keeping {
  readonly options: KeptStreamOptions;
  readonly lease: StreamLease;
  isEnding: boolean;
}

const keepings = new WeakMap<Player, Keeping>();
/** What a player's last lease still says to the server. */
const farewells = new WeakMap<Player, Promise<void>>();

/**
 * Holds a stream until the returned function is called.
 *
 * Fast Refresh ends effects and runs them again in one task, and so it does not end what it keeps: a stream that was given
 * back in between may be somebody else's.
 */
export function keepStream(options: KeptStreamOptions): () => void {
  const { player } = options;
  const kept = keepings.get(player);
  const keeping = kept && isSame(kept.options, options) ? kept : replace(kept, options);
  keeping.isEnding = false;

  return () => {
    keeping.isEnding = true;
    queueMicrotask(() => {
      if (keeping.isEnding) end(keeping);
    });
  };
}

function isSame(from: KeptStreamOptions, to: KeptStreamOptions): boolean {
  return from.backend === to.backend && from.session.id === to.session.id;
}

function replace(kept: Keeping | undefined, options: KeptStreamOptions): Keeping {
  if (kept) end(kept);

  const { player } = options;
  const lease = new StreamLease({
    ...options,
    page: createPageLifecycle(),
    after: farewells.get(player),
  });
  const keeping = { options, lease, isEnding: false };
  keepings.set(player, keeping);
  lease.start();

  return keeping;
}

function end({ options, lease }: Keeping): void {
  const { player } = options;
  if (keepings.get(player)?.lease !== lease) return;

  keepings.delete(player);
  farewells.set(player, lease.stop());
}
