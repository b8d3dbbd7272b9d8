/**
 * WebIDL's conversion to `BufferSource`, and "get a copy of the bytes": an ArrayBuffer or any view on one, of whatever
 * realm. The copy is the caller's.
 *
 * @throws TypeError for anything else, for shared and resizable buffers, and for one that was transferred away.
 */
export function toBufferSource(value: unknown): Uint8Array<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    return new Uint8Array(ownedBuffer(buffer), byteOffset, byteLength).slice();
  }
  return new Uint8Array(ownedBuffer(value)).slice();
}

/** By its brand: `instanceof` fails for a buffer of a frame, and a tag can be forged. */
function ownedBuffer(value: unknown): ArrayBuffer {
  let isResizable: unknown;
  try {
    Reflect.get(ArrayBuffer.prototype, 'byteLength', value);
    // Not in ES2022's declarations, and not in every engine.
    isResizable = Reflect.get(ArrayBuffer.prototype, 'resizable', value);
  } catch {
    throw new TypeError('The value is not an ArrayBuffer or a view on one');
  }

  if (isResizable === true) throw new TypeError('The buffer must not be resizable');
  return value as ArrayBuffer;
}
