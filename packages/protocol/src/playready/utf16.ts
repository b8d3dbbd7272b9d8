import { ByteWriter } from '../bytes/byte-writer.js';
import { ProtocolError } from '../protocol-error.js';

/** UTF-16 in the byte order of Windows, without a byte order mark. */
export function toUtf16(text: string): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (let i = 0; i < text.length; i += 1) writer.uint16LittleEndian(text.charCodeAt(i));
  return writer.toBytes();
}

/**
 * Reads XML in UTF-8 or UTF-16, of either byte order, with or without a byte order mark, and leaves out its XML
 * declaration. Without a mark, the first `<` tells. `field` names it in errors.
 */
export function readXmlText(bytes: Uint8Array, field: string): string {
  let text: string;
  try {
    // It drops a byte order mark by itself.
    text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new ProtocolError('malformed', field, 'is neither UTF-8 nor UTF-16');
  }
  return text.replace(/^<\?xml[\t\n\r ][^?<>]*\?>/, '');
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const isLess = (byte: number | undefined): boolean => byte === 0x3c;
  if ((first === 0xff && second === 0xfe) || (isLess(first) && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && isLess(second))) return 'utf-16be';
  return 'utf-8';
}
