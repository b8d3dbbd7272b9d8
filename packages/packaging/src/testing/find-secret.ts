import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyIdFromBytes, keyIdToGuid, keyIdToGuidBytes } from '@secure-player/protocol';

/** The spellings under which a 16-byte key could leak into a file. */
export function spellingsOf(key: Uint8Array): Record<string, Buffer> {
  const bytes = Buffer.from(key);
  const swapped = Buffer.from(keyIdToGuidBytes(keyIdFromBytes(Uint8Array.from(key))));
  const hex = bytes.toString('hex');
  return {
    raw: bytes,
    'raw, GUID order': swapped,
    hex: Buffer.from(hex),
    'hex, upper case': Buffer.from(hex.toUpperCase()),
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

/** Every place under `folder` where `key` stands in any spelling, as `file: spelling`. */
export function findSecret(folder: string, key: Uint8Array): string[] {
  const spellings = Object.entries(spellingsOf(key));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const content = readFileSync(join(entry.parentPath, entry.name));
      return spellings
        .filter(([, bytes]) => content.includes(bytes))
        .map(([name]) => `${entry.name}: ${name}`);
    });
}
