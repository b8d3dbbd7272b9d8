import { describe, expect, it, vi } from 'vitest';
import type { SealedIdentity } from '@secure-player/protocol';
import { createMemorySessionStore } from './memory-session-store.js';
import type { StoredSession } from './session-store.js';

function session(sessionId: string, state: number[] = [1, 2, 3]): StoredSession {
  return {
    sessionId,
    keySystem: 'com.example.drm',
    sessionType: 'persistent-license',
    state: Uint8Array.from(state),
  };
}

/** Stands for an identity: the store only ever hands it on. */
function identity(name: number): SealedIdentity {
  return { certificate: Uint8Array.of(name) } as SealedIdentity;
}

describe('stored sessions', () => {
  it('are read as they were written, until they are removed', async () => {
    const store = createMemorySessionStore();
    await store.write(session('a'));

    expect(await store.read('a')).toEqual(session('a'));
    await store.remove('a');
    expect(await store.read('a')).toBeUndefined();
  });

  it('are listed, and cleared at once', async () => {
    const store = createMemorySessionStore();
    await store.write(session('a'));
    await store.write(session('b'));

    expect(await store.list()).toEqual(['a', 'b']);
    await store.clear();
    expect(await store.list()).toEqual([]);
  });

  it('are replaced by a second write', async () => {
    const store = createMemorySessionStore();
    await store.write(session('a', [1]));
    await store.write(session('a', [2]));

    expect(await store.list()).toEqual(['a']);
    expect(await store.read('a')).toEqual(session('a', [2]));
  });

  it('are copies both ways', async () => {
    const store = createMemorySessionStore();
    const mine = session('a');
    await store.write(mine);
    mine.state.fill(9);
    (await store.read('a'))?.state.fill(9);

    expect(await store.read('a')).toEqual(session('a'));
  });

  it('need not be there to be removed', async () => {
    await expect(createMemorySessionStore().remove('a')).resolves.toBeUndefined();
  });

  it('are of one store alone', async () => {
    const store = createMemorySessionStore();
    await store.write(session('a'));

    expect(await createMemorySessionStore().read('a')).toBeUndefined();
  });
});

describe('the quota', () => {
  it('refuses one session too many, and keeps the others', async () => {
    const store = createMemorySessionStore({ quota: 1 });
    await store.write(session('a'));

    await expect(store.write(session('b'))).rejects.toMatchObject({ name: 'QuotaExceededError' });
    await expect(store.write(session('b'))).rejects.toBeInstanceOf(DOMException);
    expect(await store.list()).toEqual(['a']);
  });

  it('does not count a session twice', async () => {
    const store = createMemorySessionStore({ quota: 1 });
    await store.write(session('a', [1]));
    await store.write(session('a', [2]));

    expect(await store.read('a')).toEqual(session('a', [2]));
  });

  it('has room again after a removal', async () => {
    const store = createMemorySessionStore({ quota: 1 });
    await store.write(session('a'));
    await store.remove('a');
    await store.write(session('b'));

    expect(await store.list()).toEqual(['b']);
  });

  it('may be none at all', async () => {
    await expect(createMemorySessionStore({ quota: 0 }).write(session('a'))).rejects.toMatchObject({
      name: 'QuotaExceededError',
    });
  });
});

describe('a claim', () => {
  it('excludes others until it is given up', async () => {
    const store = createMemorySessionStore();
    const giveUp = await store.claim('a');

    expect(await store.claim('a')).toBeNull();
    expect(await store.claim('b')).not.toBeNull();
    giveUp?.();
    expect(await store.claim('a')).not.toBeNull();
  });

  it('given up twice leaves the next one alone', async () => {
    const store = createMemorySessionStore();
    const giveUp = await store.claim('a');
    giveUp?.();
    await store.claim('a');
    giveUp?.();

    expect(await store.claim('a')).toBeNull();
  });

  it('outlives the stored session', async () => {
    const store = createMemorySessionStore();
    await store.write(session('a'));
    await store.claim('a');
    await store.clear();

    expect(await store.claim('a')).toBeNull();
  });

  it('is of one store alone', async () => {
    await createMemorySessionStore().claim('a');

    expect(await createMemorySessionStore().claim('a')).not.toBeNull();
  });
});

describe('the identity of a device', () => {
  it('is made once for a key system, however many ask at once', async () => {
    const store = createMemorySessionStore();
    const make = vi.fn(async () => identity(make.mock.calls.length));
    const [first, second] = await Promise.all([store.identity('a', make), store.identity('a', make)]);

    expect(first).toBe(second);
    expect(await store.identity('a', make)).toBe(first);
    expect(await store.identity('b', make)).not.toBe(first);
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('is made anew where it could not be made', async () => {
    const store = createMemorySessionStore();
    const fault = new Error('no Web Crypto');
    const mine = identity(1);

    await expect(store.identity('a', () => Promise.reject(fault))).rejects.toBe(fault);
    expect(await store.identity('a', async () => mine)).toBe(mine);
  });

  it('is replaced while it has no certificate, by the first that has one', async () => {
    const store = createMemorySessionStore();
    const mine = identity(2);
    await store.identity('a', async () => ({ ...identity(1), certificate: new Uint8Array() }));
    await Promise.all([store.replaceIdentity('a', mine), store.replaceIdentity('a', identity(3))]);

    expect(await store.identity('a', async () => identity(4))).toBe(mine);
  });

  it('stays when sessions are cleared', async () => {
    const store = createMemorySessionStore();
    const mine = await store.identity('a', async () => identity(1));
    await store.clear();

    expect(await store.identity('a', async () => identity(2))).toBe(mine);
  });
});

describe('the storage key', () => {
  it('encrypts and cannot be taken out', async () => {
    const key = await createMemorySessionStore().storageKey();

    expect(key).toMatchObject({ extractable: false, algorithm: { name: 'AES-GCM' } });
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toBeInstanceOf(DOMException);

    const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };
    const sealed = await crypto.subtle.encrypt(algorithm, key, Uint8Array.of(7));
    expect(new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed))).toEqual(Uint8Array.of(7));
  });

  it('is one per store', async () => {
    const store = createMemorySessionStore();
    const [first, second] = await Promise.all([store.storageKey(), store.storageKey()]);

    expect(first).toBe(second);
    expect(await createMemorySessionStore().storageKey()).not.toBe(first);
  });
});
