import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../bytes/hex.js';
import { join } from '../mp4/testing/boxes.js';
import { keyIdsOfPssh } from '../pssh/key-ids-of-pssh.js';
import { readPsshBoxes, writePsshBox, type PsshBox } from '../pssh/pssh-box.js';
import { SYSTEM_IDS } from '../pssh/system-ids.js';
import {
  EMBEDDED_KEYS_SYSTEM_ID,
  readEmbeddedKeys,
  writeEmbeddedKeys,
  type EmbeddedKeys,
} from './embedded-keys.js';

const ROOT_KEY_ID = 'abba271e8bcf552bbd2e86a434a9a5d9';
const ROOT_KEY = Uint8Array.from({ length: 16 }, (_, index) => index);
const KEYS = ['2f05477fc24bb4faefd86517156daffc', 'd0376d53da1df818792f7c5bbf45dffc'].map((keyId, index) => ({
  keyId,
  key: new Uint8Array(16).fill(0xb0 + index),
}));
const INIT = { rootKeyId: ROOT_KEY_ID, rootKey: ROOT_KEY, keys: KEYS };

async function writeBox(init = INIT): Promise<PsshBox> {
  const [box] = readPsshBoxes(await writeEmbeddedKeys(init));
  if (box === undefined) throw new Error('There is no box.');
  return box;
}

function read(box: PsshBox): EmbeddedKeys {
  const embedded = readEmbeddedKeys(box);
  if (embedded === null) throw new Error('The box is of another system.');
  return embedded;
}

describe('embedded keys', () => {
  it('are opened by the root key', async () => {
    const embedded = read(await writeBox());

    expect(embedded).toMatchObject({ rootKeyId: ROOT_KEY_ID, keyIds: KEYS.map(({ keyId }) => keyId) });
    expect(await embedded.open(ROOT_KEY)).toEqual(KEYS);
  });

  it('stand in a box that lists the key ids for everyone', async () => {
    const box = await writeBox();

    expect(box).toMatchObject({ version: 1, systemId: EMBEDDED_KEYS_SYSTEM_ID });
    expect(keyIdsOfPssh(box)).toEqual(KEYS.map(({ keyId }) => keyId));
  });

  it('are not to be seen', async () => {
    const bytes = toHex(await writeEmbeddedKeys(INIT));

    expect(KEYS.filter(({ key }) => bytes.includes(toHex(key)))).toEqual([]);
    expect(bytes).not.toContain(toHex(ROOT_KEY));
  });

  it('stay closed under another root key', async () => {
    const embedded = read(await writeBox());

    await expect(embedded.open(new Uint8Array(16))).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'embeddedKeys.keys[0].key' }),
    );
    await expect(embedded.open(new Uint8Array(15))).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'embeddedKeys.rootKey' }),
    );
  });

  it('are bound to the key ids', async () => {
    const box = await writeBox();
    const moved = (from: string, to: string): PsshBox => ({
      ...box,
      keyIds: box.keyIds.map((keyId) => (keyId === from ? to : keyId)),
      data: fromHex(toHex(box.data).replace(from, to)),
    });

    await expect(read(moved(ROOT_KEY_ID, '0'.repeat(32))).open(ROOT_KEY)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'embeddedKeys.keys[0].key' }),
    );
    await expect(read(moved(KEYS[1]?.keyId ?? '', '0'.repeat(32))).open(ROOT_KEY)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-value', field: 'embeddedKeys.keys[1].key' }),
    );
  });

  it('are found among boxes of other systems', async () => {
    const bytes = join(writePsshBox({ systemId: SYSTEM_IDS.widevine }), await writeEmbeddedKeys(INIT));

    expect(readPsshBoxes(bytes).map((box) => readEmbeddedKeys(box)?.rootKeyId ?? null)).toEqual([
      null,
      ROOT_KEY_ID,
    ]);
  });

  it.each<[string, Partial<PsshBox>, string, string]>([
    ['no data', { data: new Uint8Array() }, 'malformed', 'embeddedKeys.rootKeyId'],
    ['broken data', { data: Uint8Array.of(0x0a, 0x10) }, 'truncated', 'embeddedKeys.1'],
    ['a key id more in its list', { keyIds: [ROOT_KEY_ID] }, 'malformed', 'embeddedKeys.keys'],
    ['an empty list', { keyIds: [] }, 'malformed', 'embeddedKeys.keys'],
  ])('are refused in a box with %s', async (_, change, code, field) => {
    const box = { ...(await writeBox()), ...change };

    expect(() => readEmbeddedKeys(box)).toThrow(
      expect.objectContaining({ name: 'ProtocolError', code, field }),
    );
  });

  it.each([
    ['no keys', { keys: [] }, 'embeddedKeys.keys'],
    [
      'too many keys',
      { keys: Array.from({ length: 257 }, () => ({ keyId: ROOT_KEY_ID, key: ROOT_KEY })) },
      'embeddedKeys.keys',
    ],
    ['a root key of 15 bytes', { rootKey: new Uint8Array(15) }, 'embeddedKeys.rootKey'],
    [
      'a key of 15 bytes',
      { keys: [{ keyId: ROOT_KEY_ID, key: new Uint8Array(15) }] },
      'embeddedKeys.keys[0].key',
    ],
    [
      'a key id in another spelling',
      { keys: [{ keyId: '{x}', key: ROOT_KEY }] },
      'embeddedKeys.keys[0].keyId',
    ],
    ['a root key id in another spelling', { rootKeyId: 'x' }, 'embeddedKeys.rootKeyId'],
  ])('are not written with %s', async (_, change, field) => {
    await expect(writeEmbeddedKeys({ ...INIT, ...change })).rejects.toThrow(
      expect.objectContaining({ name: 'ProtocolError', code: 'invalid-value', field }),
    );
  });
});
