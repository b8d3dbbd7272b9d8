import type { LicensePolicy } from '@secure-player/protocol';

/** What bounds the licenses of a title. What is absent bounds nothing; 0 is a bound that has been reached at once. */
export interface TitlePolicy extends LicensePolicy {
  /**
   * Whether `notAfter` ends what plays; false lets a playback session that was opened to play before it be watched to its end.
   * @default true
   */
  readonly expireMidPlay?: boolean | undefined;
  /** Lets licenses be stored, each for this long. @default as `canPersist` says, and without a term */
  readonly offline?: { readonly termSeconds: number } | undefined;
  /** The windows of a rental, which the server counts itself: asking for another license does not begin them anew. */
  readonly rental?: RentalTerms | undefined;
}

/** The two windows of a rental. */
export interface RentalTerms {
  /** From the renting on: when it must have been started. @default any time */
  readonly startWithinSeconds?: number | undefined;
  /** From the first license for playing on. @default without end */
  readonly playWithinSeconds?: number | undefined;
}
