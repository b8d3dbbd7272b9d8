import { ByteWriter } from '../bytes/byte-writer.js';

/**
 * What a signature or a cipher is bound to: a purpose, so that one made for another purpose never fits, and parts with
 * their lengths, so that no two lists of parts give the same bytes.
 */
export function signedContext(
  purpose: string,
  ...parts: readonly (string | Uint8Array)[]
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const part of [`secure-player sealed 1: ${purpose}`, ...parts]) {
    const bytes = typeof part === 'string' ? new TextEncoder().encode(part) : part;
    writer.uint32(bytes.length).bytes(bytes);
  }
  return writer.toBytes();
}
