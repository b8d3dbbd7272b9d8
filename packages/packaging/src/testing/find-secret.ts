import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyIdFromBytes, keyIdToGuid, keyIdToGuidBytes } from '@secure-player/protocol';

/** The spellings under which a 16-byte key could leak into a file. */
export function spellingsOf(key: Uint8Array): Record<string, Buffer> {
  const bytes = Buffer.from(key);
  const swapped = Buffer.from(keyIdToGuidBytes(keyIdFromBytes(Uint8Array.from(key))));
  const hex = bytes.toString('hex');
  const pairs = hex.match(/../g) ?? [];
  return {
    raw: bytes,
    'raw, GUID order': swapped,
    hex: Buffer.from(hex),
    'hex, upper case': Buffer.from(hex.toUpperCase()),
    'hex with spaces': Buffer.from(pairs.join(' ')),
    'hex with colons': Buffer.from(pairs.join(':')),
    'hex, GUID order': Buffer.from(swapped.toString('hex')),
    GUID: Buffer.from(keyIdToGuid(keyIdFromBytes(Uint8Array.from(key)))),
    'GUID, little-endian': Buffer.from(keyIdToGuid(keyIdFromBytes(Uint8Array.from(swapped)))),
    ...base64Spellings('base64', bytes),
    ...base64Spellings('base64, GUID order', swapped),
    'UTF-16 hex': Buffer.from(hex, 'utf16le'),
  };
}

/** A key amid other bytes has one of three shapes in base64, in either alphabet; the characters it shares are cut off. */
function base64Spellings(name: string, bytes: Buffer): Record<string, Buffer> {
  const shapes = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '')
      .slice(Math.ceil((shift * 8) / 6), -1),
  );
  return Object.fromEntries(
    shapes.flatMap((shape, shift) => [
      [`${name} +${shift}`, Buffer.from(shape)],
      [`${name}url +${shift}`, Buffer.from(shape.replaceAll('+', '-').replaceAll('/', '_'))],
    ]),
  );
}

/**
 * The bytes as numbers with anything between them, and with or without their places before them: what String(),
 * JSON.stringify() and the console make of a Uint8Array, a Buffer or an array.
 */
function decimalsOf(key: Uint8Array): RegExp {
  const [first, ...rest] = key;
  const others = rest.map((byte, index) => `\\D{1,16}(?:${index + 1}\\D{1,6})?${byte}`);
  return new RegExp(`(?<!\\d)${first}${others.join('')}(?!\\d)`);
}

/** Every place under `folder` where `key` stands in any spelling, as `file: spelling`. */
export function findSecret(folder: string, key: Uint8Array): string[] {
  const spellings = Object.entries(spellingsOf(key));
  const decimals = decimalsOf(key);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const content = readFileSync(join(entry.parentPath, entry.name));
      const found = spellings.filter(([, bytes]) => content.includes(bytes)).map(([name]) => name);
      if (decimals.test(content.toString('latin1'))) found.push('decimals');
      return found.map((name) => `${entry.name}: ${name}`);
    });
}
