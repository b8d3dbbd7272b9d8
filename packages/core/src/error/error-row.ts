/** What a viewer, or the page on their behalf, can do about a failure. */
export type Recovery =
  | 'retry'
  | 'sign-in'
  | 'upgrade-plan'
  | 'stop-other-stream'
  | 'change-region'
  | 'renew-license'
  | 'go-online'
  | 'lower-quality'
  | 'enable-drm'
  | 'update-browser'
  | 'use-other-device'
  | 'free-space'
  | 'contact-support';

/** What the kit knows of one way to fail. */
export interface ErrorRow {
  readonly recovery: Recovery;
  /** Whether the same attempt, made again, can succeed without anything else changing. */
  readonly retryable: boolean;
  /** For the developer: what happened and where to look. Never interpolated, so nothing can leak through it. */
  readonly explanation: string;
}
