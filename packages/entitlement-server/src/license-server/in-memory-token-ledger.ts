import { OwnedExpiringMap, type Clock } from '../storage/owned-expiring-map.js';
import type { TokenLedger } from './token-ledger.js';

/** Remembers used tokens until they end: as many as can be minted meanwhile. */
export class InMemoryTokenLedger implements TokenLedger {
  readonly #used: OwnedExpiringMap<true>;

  constructor(clock: Clock) {
    this.#used = new OwnedExpiringMap({ clock, limit: () => Infinity });
  }

  async consume(jti: string, expiresAt: number): Promise<boolean> {
    if (this.#used.get(jti)) return false;

    this.#used.set('', jti, true, expiresAt);
    return true;
  }
}
