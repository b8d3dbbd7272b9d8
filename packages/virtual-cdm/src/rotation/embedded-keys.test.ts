import { toHex, writeEmbeddedKeys } from '@secure-player/protocol';
import { describe, expect, it } from 'vitest';

import type { MemoryCdm } from '../memory/create-memory-cdm.js';
import type { VirtualMediaKeySession } from '../session/virtual-media-key-session.js';
import { clearkey } from '../system/clearkey.js';
import { widevine } from '../system/widevine.js';
import type { RotationMode, VirtualSystem } from '../system/virtual-system.js';
import { clearKeyLicense, fromJson, keyIdsInitData } from '../testing/clear-key.js';
import { contentKey, SealedServer } from '../testing/sealed-server.js';
import { SessionWatch, setupCdm, statusesOf } from '../testing/setup-cdm.js';

const ROOT = 'a0000000000000000000000000000001';
const LEAF = 'b0000000000000000000000000000001';
const NEXT_LEAF = 'b0000000000000000000000000000002';

/** A `pssh` box in a `moof`, with the content key of one period. */
function embedded(leaf: string, rootKey = contentKey(ROOT)): Promise<Uint8Array<ArrayBuffer>> {
  return writeEmbeddedKeys({ rootKeyId: ROOT, rootKey, keys: [{ keyId: leaf, key: contentKey(leaf) }] });
}

/** A root session with its license, and what comes after it. */
async function setup(rotation: RotationMode, overrides: Partial<VirtualSystem> = {}) {
  const test = setupCdm(clearkey({ rotation, ...overrides }));
  const mediaKeys = await test.mediaKeys();
  const root = mediaKeys.createSession();
  const openRoot = async (license: Parameters<typeof clearKeyLicense>[1] = {}) => {
    await root.generateRequest('keyids', keyIdsInitData(ROOT));
    await root.update(clearKeyLicense([ROOT], { keyPolicy: { use: 'root' }, ...license }));
    await test.cdm.settled();
  };
  const openLeaf = async (leaf = LEAF) => {
    const session = mediaKeys.createSession();
    const watch = new SessionWatch(session);
    await session.generateRequest('cenc', await embedded(leaf));
    await test.cdm.settled();
    return { session, watch };
  };

  return { ...test, mediaKeys, root, openRoot, openLeaf };
}

describe('with a root key by license', () => {
  it('parent: opens keys without a message, and says whose root key it was', async () => {
    const { root, openRoot, openLeaf, cdm } = await setup('parent');
    await openRoot();
    const { session, watch } = await openLeaf();

    expect(watch.events).toEqual(['keystatuseschange']);
    expect(statusesOf(session)).toEqual({ [LEAF]: 'usable' });
    expect(session.parent).toBe(root);
    expect(root.parent).toBeNull();
    expect(cdm.usableKeyIds).toEqual([LEAF]);
    expect(cdm.sessions.at(-1)).toMatchObject({ parentSessionId: root.sessionId });
  });

  it('parent: children close with their parent, and are known to', async () => {
    const { root, openRoot, openLeaf, cdm } = await setup('parent');
    await openRoot();
    const { session } = await openLeaf();
    const { session: next } = await openLeaf(NEXT_LEAF);
    await root.close();

    expect(await session.closed).toBe('parent-closed');
    expect(await next.closed).toBe('parent-closed');
    await cdm.settled();
    expect(cdm.usableKeyIds).toEqual([]);
  });

  it('parent: closing a child leaves the parent and its other children alone', async () => {
    const { root, openRoot, openLeaf, cdm } = await setup('parent');
    await openRoot();
    const { session } = await openLeaf();
    const { session: next } = await openLeaf(NEXT_LEAF);
    await session.close();

    expect(statusesOf(next)).toEqual({ [NEXT_LEAF]: 'usable' });
    expect(statusesOf(root)).toEqual({ [ROOT]: 'usable' });
    expect(cdm.usableKeyIds).toEqual([NEXT_LEAF]);
  });

  it('parent: children expire with the license of the root key, and come back with its renewal', async () => {
    const { root, openRoot, openLeaf, advance, cdm } = await setup('parent');
    const policy = { licenseDurationSeconds: 60 };
    await openRoot({ policy });
    const { session } = await openLeaf();
    expect(session.expiration).toBe(root.expiration);
    await advance(60);
    expect(statusesOf(session)).toEqual({ [LEAF]: 'expired' });

    await root.update(clearKeyLicense([ROOT], { keyPolicy: { use: 'root' }, policy }));
    await cdm.settled();
    expect(statusesOf(session)).toEqual({ [LEAF]: 'usable' });
  });

  it.each([
    ['expired', (cdm: MemoryCdm) => cdm.expire(ROOT)],
    ['removed', (_: MemoryCdm, root: VirtualMediaKeySession) => root.remove()],
  ])('parent: children are over when the root key is %s', async (_, end) => {
    const { root, openRoot, openLeaf, cdm, clock } = await setup('parent');
    await openRoot();
    const { session } = await openLeaf();
    await end(cdm, root);
    await cdm.settled();

    expect(statusesOf(session)).toEqual({ [LEAF]: 'expired' });
    expect(session.expiration).toBeLessThan(clock.now());
    cdm.setHdcp('1.4');
    await cdm.settled();
    expect(statusesOf(session)).toEqual({ [LEAF]: 'expired' });
    expect(cdm.usableKeyIds).toEqual([]);
  });

  it('empty-message: the keys are over when the session of the root key closes', async () => {
    const { root, openRoot, openLeaf, cdm, clock } = await setup('empty-message');
    await openRoot();
    const { session } = await openLeaf();
    await root.close();
    await cdm.settled();

    expect(statusesOf(session)).toEqual({ [LEAF]: 'expired' });
    expect(session.expiration).toBeLessThan(clock.now());
  });

  it('merged: the child closes, and its keys are the parent’s', async () => {
    const { root, openRoot, openLeaf, cdm } = await setup('merged');
    await openRoot();
    const { session, watch } = await openLeaf();

    expect(await session.closed).toBe('parent-merged');
    expect(watch.messages).toEqual([]);
    expect(statusesOf(root)).toEqual({ [ROOT]: 'usable', [LEAF]: 'usable' });
    await openLeaf(NEXT_LEAF);
    expect(cdm.usableKeyIds).toEqual([LEAF, NEXT_LEAF]);
  });

  it('empty-message: a message of no bytes, and no parent', async () => {
    const { openRoot, openLeaf } = await setup('empty-message');
    await openRoot();
    const { session, watch } = await openLeaf();

    expect(watch.messages.map(({ messageType, message }) => [messageType, message.byteLength])).toEqual([
      ['license-request', 0],
    ]);
    expect(session.parent).toBeNull();
    expect(statusesOf(session)).toEqual({ [LEAF]: 'usable' });
  });

  it('spec: always a message, for the root key', async () => {
    const { openRoot, openLeaf } = await setup('spec');
    await openRoot();
    const { session, watch } = await openLeaf();

    expect(watch.events).toEqual(['license-request']);
    expect(fromJson(watch.lastMessage)).toMatchObject({ kids: ['oAAAAAAAAAAAAAAAAAAAAQ'] });
    await session.update(clearKeyLicense([ROOT], { keyPolicy: { use: 'root' } }));
    expect(statusesOf(session)).toEqual({ [ROOT]: 'usable', [LEAF]: 'usable' });
    expect(session.parent).toBeNull();
  });

  it('asks for the root key where nobody has it, in every mode', async () => {
    for (const rotation of ['parent', 'merged', 'empty-message'] as const) {
      const { openLeaf } = await setup(rotation);
      const { session, watch } = await openLeaf();
      expect(fromJson(watch.lastMessage)).toMatchObject({ kids: ['oAAAAAAAAAAAAAAAAAAAAQ'] });
      await session.update(clearKeyLicense([ROOT], { keyPolicy: { use: 'root' } }));
      expect(statusesOf(session)).toMatchObject({ [LEAF]: 'usable' });
    }
  });

  it('refuses keys that another root key has wrapped', async () => {
    const { mediaKeys, openRoot } = await setup('parent');
    await openRoot();
    const session = mediaKeys.createSession();

    await expect(session.generateRequest('cenc', await embedded(LEAF, contentKey(LEAF)))).rejects.toThrow(
      TypeError,
    );
  });

  it('does not open keys with an expired root key', async () => {
    const { root, openRoot, openLeaf, cdm } = await setup('parent');
    await openRoot();
    cdm.expire(ROOT);
    await cdm.settled();
    expect(statusesOf(root)).toEqual({ [ROOT]: 'expired' });
    const { watch } = await openLeaf();

    expect(watch.events).toEqual(['license-request']);
  });
});

describe('with a root key by another way', () => {
  it('baked in: keys are opened without a message and without a parent', async () => {
    const rootKey = toHex(contentKey(ROOT));
    const { openLeaf } = await setup('parent', { rootKeys: { [ROOT]: rootKey } });
    const { session, watch } = await openLeaf();

    expect(watch.events).toEqual(['keystatuseschange']);
    expect(session.parent).toBeNull();
    expect(statusesOf(session)).toEqual({ [LEAF]: 'usable' });
  });

  it('by a side channel: likewise', async () => {
    const { cdm, openLeaf } = await setup('merged');
    cdm.addRootKey(ROOT, toHex(contentKey(ROOT)));
    const { session, watch } = await openLeaf();

    expect(watch.events).toEqual(['keystatuseschange']);
    expect(statusesOf(session)).toEqual({ [LEAF]: 'usable' });
  });
});

it('works with sealed licenses too', async () => {
  const server = await SealedServer.create('widevine');
  const test = setupCdm(widevine({ rotation: 'parent', serverCertificate: 'optional' }));
  const mediaKeys = await test.mediaKeys();
  const root = mediaKeys.createSession();
  const watch = new SessionWatch(root);
  await root.generateRequest('cenc', await embedded(LEAF));
  await test.cdm.settled();
  await root.update(await server.answer(watch.lastMessage, { keyPolicy: { [ROOT]: { use: 'root' } } }));

  const child = mediaKeys.createSession();
  await child.generateRequest('cenc', await embedded(NEXT_LEAF));
  expect(child.parent).toBe(root);
  expect(statusesOf(child)).toEqual({ [NEXT_LEAF]: 'usable' });
});
