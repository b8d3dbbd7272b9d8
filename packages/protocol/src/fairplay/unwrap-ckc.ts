export function unwrapCkc(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  throw new Error(`not written yet: ${bytes.length}`);
}
