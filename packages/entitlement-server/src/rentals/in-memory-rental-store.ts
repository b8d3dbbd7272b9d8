import type { Rental, RentalStore } from './rental-store.js';

/** Keeps rentals in memory, one per account and title. */
export class InMemoryRentalStore implements RentalStore {
  readonly #byAccount = new Map<string, Map<string, Rental>>();

  async rent(accountId: string, contentId: string, now: number): Promise<Rental> {
    const rental: Rental = { contentId, rentedAt: now, startedAt: null };
    const rentals = this.#byAccount.get(accountId) ?? new Map<string, Rental>();
    rentals.delete(contentId);
    this.#byAccount.set(accountId, rentals.set(contentId, rental));
    return rental;
  }

  async find(accountId: string, contentId: string): Promise<Rental | undefined> {
    return this.#byAccount.get(accountId)?.get(contentId);
  }

  async start(accountId: string, contentId: string, now: number): Promise<Rental | undefined> {
    const rentals = this.#byAccount.get(accountId);
    const rental = rentals?.get(contentId);
    if (rental === undefined || rental.startedAt !== null) return rental;

    const started: Rental = { ...rental, startedAt: now };
    rentals?.set(contentId, started);
    return started;
  }

  async listOf(accountId: string): Promise<readonly Rental[]> {
    return [...(this.#byAccount.get(accountId)?.values() ?? [])].sort((a, b) => b.rentedAt - a.rentedAt);
  }
}
