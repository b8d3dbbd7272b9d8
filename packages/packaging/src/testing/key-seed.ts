/** A key seed that no deployment uses. */
export const TEST_KEY_SEED = Uint8Array.from({ length: 30 }, (_, index) => (index * 37 + 11) & 0xff);
