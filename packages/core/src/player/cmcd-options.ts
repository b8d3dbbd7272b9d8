/**
 * Common Media Client Data (CTA-5004): what a player tells delivery networks with each request for media, such as the bitrate
 * and the length of its buffer.
 */
export interface CmcdOptions {
  /** Ties the requests of one playback together. No secret. @default a random one for each load */
  readonly sessionId?: string | undefined;
  /** @default the `id` of the source */
  readonly contentId?: string | undefined;
  /** As headers, which cost a preflight for each segment of another origin. @default false: in the query */
  readonly useHeaders?: boolean | undefined;
}
