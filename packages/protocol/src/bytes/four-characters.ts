import { ProtocolError } from '../protocol-error.js';

/**
 * Four-character codes, such as `cenc`, that formats store as one number. They are read as Latin-1, so
 * that every number has a text and the text gives the number back.
 */
export function toFourCharacters(code: number): string {
  return String.fromCharCode(code >>> 24, (code >>> 16) & 0xff, (code >>> 8) & 0xff, code & 0xff);
}

/** The number for a four-character code. `field` names it in errors. */
export function fromFourCharacters(text: string, field: string): number {
  const codes = Array.from(text, (character) => character.charCodeAt(0));
  if (codes.length !== 4 || codes.some((code) => code > 0xff)) {
    throw new ProtocolError('invalid-value', field, 'must be four characters, such as `cenc`');
  }
  return codes.reduce((number, code) => number * 0x100 + code, 0);
}
