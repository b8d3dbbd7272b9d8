import { describe, expect, it } from 'vitest';

import { MemoryDecryptor } from '../decryptor/memory-decryptor.js';
import { createMemorySessionStore } from '../storage/memory-session-store.js';
import type { SessionStore } from '../storage/session-store.js';
import { clearkey } from '../system/clearkey.js';
import { clearKeyLicense, keyIdsInitData } from '../testing/clear-key.js';
import { setupCdm, statusesOf } from '../testing/setup-cdm.js';
import { KeyRing } from './key-ring.js';

const FIRST = '00112233445566778899aabbccddeeff';
const SECOND = '0f1e2d3c4b5a69788796a5b4c3d2e1f1';

async function open(type: 'temporary' | 'persistent-license' = 'temporary', storage?: SessionStore) {
  const test = setupCdm(clearkey(), { storage });
  const mediaKeys = await test.mediaKeys(type);
  const session = mediaKeys.createSession(type);
  await session.generateRequest('keyids', keyIdsInitData(FIRST));

  return { ...test, mediaKeys, session, license: clearKeyLicense([FIRST], { type }) };
}

describe('calls that overlap', () => {
  it('update() and close(): no key outlives the session', async () => {
    const { session, license, cdm } = await open();
    await Promise.all([session.update(license), session.close()]);
    await cdm.settled();

    expect(await session.closed).toBe('closed-by-application');
    expect(cdm.usableKeyIds).toEqual([]);
    expect(session.keyStatuses.size).toBe(0);
  });

  it('update() and an eviction: likewise, and nothing hangs', async () => {
    const { session, license, cdm } = await open('persistent-license');
    const update = session.update(license).catch(() => {});
    cdm.evict();
    await update;

    expect(await session.closed).toBe('resource-evicted');
    expect(cdm.usableKeyIds).toEqual([]);
  });

  it('load() and a hardware reset: the session is closed, and its claim is free', async () => {
    const { session, license, cdm, mediaKeys } = await open('persistent-license');
    await session.update(license);
    const { sessionId } = session;
    await session.close();
    const loaded = mediaKeys.createSession('persistent-license');
    const load = loaded.load(sessionId).catch(() => {});
    cdm.resetHardware();
    await load;
    await cdm.settled();

    expect(await loaded.closed).toBe('hardware-context-reset');
    expect(cdm.usableKeyIds).toEqual([]);
    expect(await mediaKeys.createSession('persistent-license').load(sessionId)).toBe(true);
  });

  it('update() and remove(): what was removed stays removed, however slow the store is', async () => {
    const slow = createMemorySessionStore();
    const write = slow.write.bind(slow);
    const { session, license, mediaKeys } = await open('persistent-license', slow);
    await session.update(license);
    let letWrite = () => {};
    const isAllowed = new Promise<void>((resolve) => {
      letWrite = resolve;
    });
    const begun = new Promise<void>((resolve) => {
      slow.write = async (stored) => {
        resolve();
        await isAllowed;
        await write(stored);
      };
    });
    const changes = Promise.all([session.update(license), session.remove()]);
    await begun;
    letWrite();
    await changes;
    const { sessionId } = session;
    await session.close();

    const loaded = mediaKeys.createSession('persistent-license');
    expect(await loaded.load(sessionId)).toBe(true);
    expect(statusesOf(loaded)).toEqual({ [FIRST]: 'released' });
  });
});

describe('a license that cannot be stored', () => {
  it('is refused whole: nothing of it is usable later', async () => {
    const storage = createMemorySessionStore({ quota: 0 });
    const { session, license, cdm } = await open('persistent-license', storage);
    await expect(session.update(license)).rejects.toMatchObject({ name: 'QuotaExceededError' });

    cdm.setHdcp('1.4');
    await cdm.settled();
    expect(session.keyStatuses.size).toBe(0);
    expect(cdm.usableKeyIds).toEqual([]);
    await session.close();
    expect(await session.closed).toBe('closed-by-application');
  });
});

describe('a store that fails', () => {
  function setupFailingStore() {
    const storage = createMemorySessionStore();
    const write = storage.write.bind(storage);
    let fails = false;
    storage.write = (stored) => (fails ? Promise.reject(new Error('The disk is full.')) : write(stored));
    return { storage, fail: (isFailing: boolean) => (fails = isFailing) };
  }

  it('leaves a license in use that could not be removed, until it is', async () => {
    const { storage, fail } = setupFailingStore();
    const { session, license, cdm } = await open('persistent-license', storage);
    await session.update(license);
    fail(true);
    await expect(session.remove()).rejects.toThrow('The disk is full.');
    cdm.setHdcp('1.4');
    await cdm.settled();
    expect(statusesOf(session)).toEqual({ [FIRST]: 'usable' });
    expect(cdm.usableKeyIds).toEqual([FIRST]);

    fail(false);
    await session.remove();
    expect(statusesOf(session)).toEqual({ [FIRST]: 'released' });
    expect(cdm.usableKeyIds).toEqual([]);
  });

  it('keeps no key of a session that closes', async () => {
    const { storage, fail } = setupFailingStore();
    const { cdm, mediaKeys } = setupCdm(clearkey({ usageRecords: true }), { storage });
    const session = (await mediaKeys('persistent-usage-record')).createSession('persistent-usage-record');
    await session.generateRequest('keyids', keyIdsInitData(FIRST));
    await session.update(clearKeyLicense([FIRST]));
    fail(true);
    await expect(session.close()).rejects.toThrow('The disk is full.');

    expect(cdm.usableKeyIds).toEqual([]);
    expect(await session.closed).toBe('closed-by-application');
  });
});

describe('a new license', () => {
  it('does not bring back what had ended by an older one', async () => {
    const { session, cdm, advance } = await open();
    await session.update(clearKeyLicense([FIRST], { policy: { licenseDurationSeconds: 10 } }));
    await advance(11);
    await session.update(clearKeyLicense([SECOND]));

    expect(statusesOf(session)).toEqual({ [SECOND]: 'usable' });
    expect(cdm.usableKeyIds).toEqual([SECOND]);
  });

  it('begins its rental anew', async () => {
    const { session, advance } = await open();
    const license = clearKeyLicense([FIRST], { policy: { rentalDurationSeconds: 10 } });
    await session.update(license);
    await advance(11);
    await session.update(license);

    expect(statusesOf(session)).toEqual({ [FIRST]: 'usable' });
  });
});

it('an end that a test has made is stored with the license', async () => {
  const { session, license, cdm, mediaKeys } = await open('persistent-license');
  await session.update(license);
  cdm.expire(FIRST);
  await cdm.settled();
  const { sessionId } = session;
  await session.close();

  const loaded = mediaKeys.createSession('persistent-license');
  await loaded.load(sessionId);
  expect(statusesOf(loaded)).toEqual({ [FIRST]: 'expired' });
});

it('a session that was never used closes with the CDM, too', async () => {
  const { cdm, mediaKeys } = await open();
  const unused = mediaKeys.createSession();
  cdm.uninstall();

  expect(await unused.closed).toBe('internal-error');
  expect(() => mediaKeys.createSession()).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
});

describe('the key ring', () => {
  const key = (keyId: string, byte: number) => ({ keyId, key: new Uint8Array(16).fill(byte), policy: {} });

  it('leaves an equal key alone, and never takes a key out that stays', async () => {
    const calls: string[] = [];
    const memory = new MemoryDecryptor();
    const ring = new KeyRing(
      {
        addKey: async (owned) => {
          calls.push(`add ${owned.key[0]}`);
          await memory.addKey(owned);
        },
        removeKey: async (owned) => {
          calls.push('remove');
          await memory.removeKey(owned);
        },
      },
      'owner',
    );
    for (const byte of [1, 1, 2]) {
      ring.replace([key(FIRST, byte)]);
      await ring.apply(() => 'usable');
    }
    expect(calls).toEqual(['add 1', 'add 2']);

    ring.replace([]);
    await ring.apply(() => 'usable');
    expect(calls).toEqual(['add 1', 'add 2', 'remove']);
    expect(memory.usableKeyIds).toEqual([]);
  });

  it('says of a key that the decryptor refuses that it failed, until it works or has ended', async () => {
    let isRefused = true;
    const ring = new KeyRing(
      {
        addKey: async () => {
          if (isRefused) throw new Error('refused');
        },
        removeKey: async () => {},
      },
      'owner',
    );
    ring.replace([key(FIRST, 1)]);
    await ring.apply(() => 'usable');
    expect(ring.statuses.get(FIRST)).toBe('internal-error');
    await ring.apply(() => 'expired');
    expect(ring.statuses.get(FIRST)).toBe('expired');

    isRefused = false;
    await ring.apply(() => 'usable');
    expect(ring.statuses.get(FIRST)).toBe('usable');
  });
});
