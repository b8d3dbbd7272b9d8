import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findSecret } from './find-secret.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();
const key = Uint8Array.from({ length: 16 }, (_, index) => (index * 53 + 7) & 0xff);

function plant(text: string): string {
  const planted = mkdtempSync(join(folder, 'planted-'));
  writeFileSync(join(planted, 'log'), `{"message":${text},"level":"info"}`);
  return planted;
}

describe('findSecret', () => {
  it.each([
    ['JSON of the bytes', JSON.stringify(key)],
    ['indented JSON of the bytes', JSON.stringify(key, null, 2)],
    ['JSON of a Buffer', JSON.stringify(Buffer.from(key))],
    ['indented JSON of a Buffer', JSON.stringify(Buffer.from(key), null, 2)],
    ['JSON of an array', JSON.stringify([...key])],
    ['the bytes as a string', String(key)],
    ['numbers with spaces', [...key].join(' ')],
    ['what the console prints', inspect(key)],
    ['what the console prints of an array', inspect([...key])],
    ['what the console prints of a Buffer', inspect(Buffer.from(key))],
    ['hex with colons', Buffer.from(key).toString('hex').match(/../g)?.join(':') ?? ''],
  ])('finds a key in %s', (_, text) => {
    expect(findSecret(plant(text), key)).not.toEqual([]);
  });

  it('finds nothing where another key stands', () => {
    const other = key.map((byte) => byte ^ 1);
    for (const text of [JSON.stringify(other), inspect(other), String(other)]) {
      expect(findSecret(plant(text), key)).toEqual([]);
    }
  });
});
