/** The body of `POST /v1/rentals`. */
export interface RentalRequest {
  readonly contentId: string;
}

/** One rental. Times are epoch milliseconds. */
export interface RentalResponse {
  readonly contentId: string;
  readonly rentedAt: number;
  /** When it was first played; null as long as it was not. */
  readonly startedAt: number | null;
  /** By when it must be started, or, once it is, finished; null without such a bound. */
  readonly endsAt: number | null;
}

/** The answer to `GET /v1/rentals`, newest first. */
export interface RentalsResponse {
  readonly rentals: readonly RentalResponse[];
}
