import { ProtocolError } from '../protocol-error.js';

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Reads hexadecimal digits of either case, without prefix or separators. `field` names the text in errors. */
export function fromHex(text: string, field = 'hex'): Uint8Array<ArrayBuffer> {
  const stray = text.search(/[^0-9a-f]/i);
  if (stray >= 0) {
    throw new ProtocolError('malformed', field, 'is not a hexadecimal digit', stray);
  }
  if (text.length % 2 === 1) {
    throw new ProtocolError('truncated', field, 'ends in the middle of a byte', text.length);
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i += 1) {
    bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

/** Writes two lower-case hexadecimal digits per byte. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX_OF_BYTE[byte];
  return text;
}
