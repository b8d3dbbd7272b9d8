import type { CatalogTitle } from '@secure-player/protocol';

/** Why a title cannot be kept on this device by whoever is here. */
export type KeepingObstacle = 'not-offered' | 'signed-out' | 'subscription-ended';

/** Who wants to keep a title. */
export interface Keeper {
  /** Epoch milliseconds; `null` without an end. */
  readonly subscriptionEndsAt: number | null;
}

/** What keeps a title from being downloaded, before the server is asked; `null` where nothing does. */
export function whyNotKept(
  { access, storable }: Pick<CatalogTitle, 'access' | 'storable'>,
  keeper: Keeper | null,
  now: number,
): KeepingObstacle | null {
  if (!storable) return 'not-offered';
  if (keeper === null) return 'signed-out';

  const { subscriptionEndsAt } = keeper;
  const hasEnded = subscriptionEndsAt !== null && subscriptionEndsAt <= now;
  return access === 'subscription' && hasEnded ? 'subscription-ended' : null;
}
