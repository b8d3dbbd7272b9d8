import { ProtocolError } from '../protocol-error.js';

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** The value of each digit by its character code. */
const VALUE_OF_CODE = createValues();

/** Reads hexadecimal digits of either case, without prefix or separators. `field` names the text in errors. */
export function fromHex(text: string, field = 'hex'): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor(text.length / 2));
  for (let i = 0; i < bytes.length; i += 1) {
    bytes[i] = (valueAt(text, 2 * i, field) << 4) | valueAt(text, 2 * i + 1, field);
  }
  if (text.length % 2 === 1) {
    valueAt(text, text.length - 1, field);
    throw new ProtocolError('truncated', field, 'ends in the middle of a byte', text.length);
  }
  return bytes;
}

function valueAt(text: string, index: number, field: string): number {
  const value = VALUE_OF_CODE[text.charCodeAt(index)];
  if (value === undefined) throw new ProtocolError('malformed', field, 'is not a hexadecimal digit', index);
  return value;
}

/** Writes two lower-case hexadecimal digits per byte. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX_OF_BYTE[byte];
  return text;
}

function createValues(): readonly (number | undefined)[] {
  const values: (number | undefined)[] = Array.from({ length: 128 });
  for (const [value, digit] of [...'0123456789abcdef'].entries()) {
    values[digit.charCodeAt(0)] = value;
    values[digit.toUpperCase().charCodeAt(0)] = value;
  }
  return values;
}
