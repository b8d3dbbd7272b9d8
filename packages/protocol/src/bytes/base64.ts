import { ProtocolError } from '../protocol-error.js';

// The platform's `atob` forgives white space, missing padding and stray bits, and does not say where a fault
// is. Licenses are compared as text and signed, so there must be one spelling per value: these readers accept
// exactly what the writers write (RFC 4648, sections 3.5, 4 and 5).

const COMMON_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const BASE64 = createAlphabet(`${COMMON_DIGITS}+/`);
const BASE64URL = createAlphabet(`${COMMON_DIGITS}-_`);

/** The digits in order, and the value of each by its character code. */
interface Alphabet {
  readonly digits: readonly string[];
  readonly values: readonly (number | undefined)[];
}

/** Reads padded base64 (RFC 4648, section 4). White space is an error: strip it where the format allows it. */
export function fromBase64(text: string, field = 'base64'): Uint8Array<ArrayBuffer> {
  if (text.length % 4 !== 0) {
    throw new ProtocolError('truncated', field, 'must come in groups of four characters', text.length);
  }
  return decode(text.replace(/={1,2}$/, ''), BASE64, field);
}

/** Writes padded base64. */
export function toBase64(bytes: Uint8Array): string {
  const text = encode(bytes, BASE64);
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** Reads base64url without padding, as EME Clear Key demands; a `=` is an error. */
export function fromBase64Url(text: string, field = 'base64url'): Uint8Array<ArrayBuffer> {
  return decode(text, BASE64URL, field);
}

/** Writes base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, BASE64URL);
}

function decode(text: string, alphabet: Alphabet, field: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 === 1) {
    throw new ProtocolError('truncated', field, 'ends in the middle of a byte', text.length);
  }
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let pending = 0;
  let pendingBits = 0;
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    pending = (pending << 6) | valueAt(text, i, alphabet, field);
    pendingBits += 6;
    if (pendingBits < 8) continue;

    pendingBits -= 8;
    bytes[length] = pending >> pendingBits;
    length += 1;
    pending &= (1 << pendingBits) - 1;
  }
  if (pending !== 0) {
    throw new ProtocolError('malformed', field, 'has stray bits in its last digit', text.length - 1);
  }
  return bytes;
}

function valueAt(text: string, index: number, { values }: Alphabet, field: string): number {
  const value = values[text.charCodeAt(index)];
  if (value === undefined) {
    throw new ProtocolError('malformed', field, 'is not a digit of this base64 alphabet', index);
  }
  return value;
}

function encode(bytes: Uint8Array, { digits }: Alphabet): string {
  let text = '';
  let pending = 0;
  let pendingBits = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    pendingBits += 8;
    while (pendingBits >= 6) {
      pendingBits -= 6;
      text += digits[pending >> pendingBits];
      pending &= (1 << pendingBits) - 1;
    }
  }
  return pendingBits === 0 ? text : text + digits[pending << (6 - pendingBits)];
}

function createAlphabet(text: string): Alphabet {
  const digits = [...text];
  const values: (number | undefined)[] = Array.from({ length: 128 });
  for (const [value, digit] of digits.entries()) values[digit.charCodeAt(0)] = value;
  return { digits, values };
}
