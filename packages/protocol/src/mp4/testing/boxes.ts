import { toHex } from '../../bytes/hex.js';

/** Builds a box from a type and parts; a part given as a number becomes that many zero bytes. */
export function box(type: string, ...parts: readonly (Uint8Array | number)[]): Uint8Array<ArrayBuffer> {
  const content = join(...parts.map((part) => (typeof part === 'number' ? new Uint8Array(part) : part)));
  return join(uint32(8 + content.length), new TextEncoder().encode(type), content);
}

/** A 32-bit number, the most significant byte first. */
export function uint32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Runs of bytes, one after another. */
export function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** The same bytes with some of them replaced. */
export function patch(bytes: Uint8Array, offset: number, replacement: Uint8Array): Uint8Array<ArrayBuffer> {
  const patched = Uint8Array.from(bytes);
  patched.set(replacement, offset);
  return patched;
}

/** Where the bytes of the needle begin; -1 when they do not occur. */
export function indexOfBytes(bytes: Uint8Array, needle: Uint8Array): number {
  const index = toHex(bytes).indexOf(toHex(needle));
  return index < 0 ? -1 : index / 2;
}

/** Boxes of one type, each inside the other. */
export function nest(type: string, depth: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 * depth);
  const name = new TextEncoder().encode(type);
  for (let level = 0; level < depth; level += 1) {
    bytes.set(uint32(bytes.length - 8 * level), 8 * level);
    bytes.set(name, 8 * level + 4);
  }
  return bytes;
}
