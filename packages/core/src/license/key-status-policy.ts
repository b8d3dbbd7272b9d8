/** What is done about keys that cannot be used. */
export interface KeyStatusPolicy {
  /**
   * For keys that the display does not allow:
   *
   * - `fallback` plays what the display does allow, goes back up when that changes, and ends where nothing is left;
   * - `error` ends playback at the first such key, whatever else could be played;
   * - `continue` falls back too, and where nothing is left it waits for another display and does not end.
   *
   * @default 'fallback'
   */
  readonly outputRestricted?: 'fallback' | 'error' | 'continue' | undefined;
  /**
   * For keys whose license ends:
   *
   * - `renew` asks for another license ahead of the end, and ends playback where none came;
   * - `error` asks for none by itself, and ends playback at the first key that has expired;
   * - `continue` asks for none by itself and does not end: the picture waits for a renewal, which is the page's to ask for.
   *
   * A content decryption module that asks for a renewal by itself is answered in each.
   *
   * @default 'renew'
   */
  readonly expired?: 'renew' | 'error' | 'continue' | undefined;
}

/** What is done where a page says nothing. */
export const DEFAULT_KEY_STATUS_POLICY = Object.freeze({
  outputRestricted: 'fallback',
  expired: 'renew',
} as const satisfies KeyStatusPolicy);
