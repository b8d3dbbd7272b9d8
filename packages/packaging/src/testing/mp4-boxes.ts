/** A box as this package's tests look at it. */
export interface TestBox {
  readonly type: string;
  readonly content: Uint8Array;
}

/** The boxes directly inside `bytes`. */
export function boxesIn(bytes: Uint8Array): TestBox[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: TestBox[] = [];
  for (let start = 0; start < bytes.length;) {
    const size = view.getUint32(start);
    if (size < 8 || start + size > bytes.length) throw new Error(`broken box at ${start}`);
    const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    boxes.push({ type, content: bytes.subarray(start + 8, start + size) });
    start += size;
  }
  return boxes;
}

/** All boxes at `path`, such as `moof`, `traf`, `senc`. */
export function boxesAt(bytes: Uint8Array, ...path: readonly string[]): TestBox[] {
  const [type, ...rest] = path;
  const found = boxesIn(bytes).filter((box) => box.type === type);
  return rest.length === 0 ? found : found.flatMap(({ content }) => boxesAt(content, ...rest));
}
