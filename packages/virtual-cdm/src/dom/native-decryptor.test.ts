import { readClearKeyLicense, readKeyIdsInitData, toHex } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';

import { isVirtualCdmError } from '../virtual-cdm-error.js';
import { NativeDecryptor } from './native-decryptor.js';

const KEY_ID = '00112233445566778899aabbccddeeff';
const OTHER_KEY_ID = 'ffeeddccbbaa99887766554433221100';
const keyOf = (byte: number) => new Uint8Array(16).fill(byte);

/** Clear Key as the browser has it, down to what the decryptor uses of it. */
class MediaKeysDouble {
  readonly open: { readonly keyId: string; readonly key: string }[] = [];
  /** How many keys there were after each change. */
  readonly counts: number[] = [];
  refuses: string | null = null;

  createSession() {
    let held: { readonly keyId: string; readonly key: string } | null = null;
    let asked = '';
    return {
      generateRequest: async (type: string, bytes: Uint8Array) => {
        asked = `${type} ${readKeyIdsInitData(bytes).join(' ')}`;
      },
      update: async (bytes: Uint8Array) => {
        if (this.refuses !== null) throw new TypeError(this.refuses);
        const [entry] = readClearKeyLicense(bytes).keys;
        if (!entry || asked !== `keyids ${entry.keyId}`) throw new TypeError('Not what was asked for.');
        held = { keyId: entry.keyId, key: toHex(entry.key).slice(0, 2) };
        this.counts.push(this.open.push(held));
      },
      close: async () => {
        if (!held) return;
        this.open.splice(this.open.indexOf(held), 1);
        this.counts.push(this.open.length);
      },
    };
  }
}

function setup() {
  const keys = new MediaKeysDouble();
  const decryptor = new NativeDecryptor(keys as unknown as MediaKeys);
  const held = () => keys.open.map(({ keyId, key }) => `${keyId} ${key}`);

  return { keys, decryptor, held };
}

describe('a native decryptor', () => {
  it('holds a key until it is taken out', async () => {
    const { decryptor, held } = setup();
    await decryptor.addKey({ owner: 'a', keyId: KEY_ID, key: keyOf(1) });
    await decryptor.addKey({ owner: 'a', keyId: OTHER_KEY_ID, key: keyOf(2) });
    expect(held()).toEqual([`${KEY_ID} 01`, `${OTHER_KEY_ID} 02`]);

    await decryptor.removeKey({ owner: 'a', keyId: KEY_ID });
    await decryptor.removeKey({ owner: 'a', keyId: KEY_ID });
    expect(held()).toEqual([`${OTHER_KEY_ID} 02`]);
  });

  it('tells whose a key is', async () => {
    const { decryptor, held } = setup();
    await decryptor.addKey({ owner: 'a', keyId: KEY_ID, key: keyOf(1) });
    await decryptor.addKey({ owner: 'b', keyId: KEY_ID, key: keyOf(1) });
    await decryptor.removeKey({ owner: 'a', keyId: KEY_ID });

    expect(held()).toEqual([`${KEY_ID} 01`]);
  });

  it('replaces a key without a gap', async () => {
    const { keys, decryptor, held } = setup();
    const key = { owner: 'a', keyId: KEY_ID };
    await decryptor.addKey({ ...key, key: keyOf(1) });
    await decryptor.addKey({ ...key, key: keyOf(2) });

    expect(held()).toEqual([`${KEY_ID} 02`]);
    expect(keys.counts).toEqual([1, 2, 1]);
  });

  it('takes the calls for one key in their order', async () => {
    const { decryptor, held } = setup();
    const key = { owner: 'a', keyId: KEY_ID };
    await Promise.all([
      decryptor.addKey({ ...key, key: keyOf(1) }),
      decryptor.removeKey(key),
      decryptor.addKey({ ...key, key: keyOf(2) }),
    ]);

    expect(held()).toEqual([`${KEY_ID} 02`]);
  });

  it('says with a typed error that a key was refused, and takes the next one', async () => {
    const { keys, decryptor, held } = setup();
    const key = { owner: 'a', keyId: KEY_ID };
    keys.refuses = 'Invalid key length.';
    const refusal: unknown = await decryptor
      .addKey({ ...key, key: keyOf(1) })
      .catch((error: unknown) => error);
    keys.refuses = null;
    await decryptor.addKey({ ...key, key: keyOf(2) });

    expect(isVirtualCdmError(refusal) && refusal.code).toBe('not-supported');
    expect(held()).toEqual([`${KEY_ID} 02`]);
  });

  it('keeps the old key where the new one is refused', async () => {
    const { keys, decryptor, held } = setup();
    const key = { owner: 'a', keyId: KEY_ID };
    await decryptor.addKey({ ...key, key: keyOf(1) });
    keys.refuses = 'Invalid key length.';
    await expect(decryptor.addKey({ ...key, key: keyOf(2) })).rejects.toThrow('refused');

    expect(held()).toEqual([`${KEY_ID} 01`]);
  });

  it('has no key any more once it is closed, not even one that was on its way', async () => {
    const { decryptor, held } = setup();
    await decryptor.addKey({ owner: 'a', keyId: KEY_ID, key: keyOf(1) });
    const onItsWay = decryptor.addKey({ owner: 'a', keyId: OTHER_KEY_ID, key: keyOf(2) });
    await decryptor.close();
    await onItsWay;
    await decryptor.addKey({ owner: 'b', keyId: KEY_ID, key: keyOf(3) });

    expect(held()).toEqual([]);
  });
});
