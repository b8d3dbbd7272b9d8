/** One account's rental of one title. All times are epoch milliseconds. */
export interface Rental {
  readonly contentId: string;
  readonly rentedAt: number;
  /** When its first license to play was given out, or what was prefetched of it began to play; null as long as neither was. */
  readonly startedAt: number | null;
}

/** Where rentals are kept. */
export interface RentalStore {
  /** Begins a rental anew; an earlier one of the same title is replaced. */
  rent(accountId: string, contentId: string, now: number): Promise<Rental>;
  find(accountId: string, contentId: string): Promise<Rental | undefined>;
  /** Starts the rental's playback, unless it was started before: the first call counts, whoever else calls at once. */
  start(accountId: string, contentId: string, now: number): Promise<Rental | undefined>;
  /** Newest first. */
  listOf(accountId: string): Promise<readonly Rental[]>;
}
