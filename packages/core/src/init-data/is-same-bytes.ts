/** Whether two pieces of bytes are the same. For what is no secret: it takes longer where they differ later. */
export function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
