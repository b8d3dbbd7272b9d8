/** Whether two pieces of init data are the same bytes; there is none that none would be the same as. */
export function isSameInitData(one: Uint8Array | null, other: Uint8Array | null): boolean {
  if (!one || !other || one.length !== other.length) return false;

  return one.every((byte, index) => byte === other[index]);
}
