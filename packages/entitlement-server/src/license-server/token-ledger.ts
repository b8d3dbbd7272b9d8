/** Remembers which license tokens were used, as long as they could be used again. */
export interface TokenLedger {
  /**
   * Uses a token up. True for exactly one of all calls with this id, in whatever process they are made, and only when that
   * is kept durably; false for the others.
   *
   * @param jti The token's id.
   * @param expiresAt Epoch milliseconds from when on the token is refused anyway, and need not be remembered.
   */
  consume(jti: string, expiresAt: number): Promise<boolean>;
}
