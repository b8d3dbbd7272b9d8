import { PlaybackError } from '@secure-player/core';
import { describe, expect, it, vi } from 'vitest';

import {
  createRights,
  keepMoving,
  loadSession,
  sessionIdsOf,
  setupLicenses,
  titleOf,
} from './testing/setup-licenses.js';

/** Ends the page at the first commit that fits: nothing that it does afterwards is stored either. */
function crashAt(
  { licenses, store }: ReturnType<typeof setupLicenses>,
  isMoment: (change: Parameters<typeof store.onCommit>[0]) => boolean,
): void {
  let isOver = false;
  store.onCommit = (change) => {
    isOver ||= isMoment(change);
    if (!isOver) return;

    licenses.destroy();
    throw new PlaybackError('storage-failed', { message: 'The page is gone.' });
  };
}

/** The next start of the browser. */
async function restart({ newPage, store }: ReturnType<typeof setupLicenses>) {
  store.onCommit = () => {};
  const next = newPage();
  await next.start();

  return next;
}

describe('a page that ends in the middle', () => {
  it('of getting a license leaves none with the module that nobody knows of', async () => {
    const world = setupLicenses();
    const { licenses, store, server, cdm, signal } = world;
    await licenses.start();
    crashAt(world, ({ keep }) => keep !== undefined);
    await expect(licenses.acquire(titleOf(), { signal })).rejects.toThrow('The page is gone.');
    const due = [...store.releases.values()].map((release) =>
      'sessionId' in release ? release.sessionId : '',
    );
    expect(due).toHaveLength(1);
    expect(await loadSession(cdm, due[0] ?? '')).toMatchObject({ isThere: true });

    const next = await restart(world);
    expect(next.get('film')).toBeNull();
    await next.contact({ signal });
    expect(await loadSession(cdm, due[0] ?? '')).toMatchObject({ isThere: false });
    expect(store.releases.size).toBe(0);
    expect(server.asked.map(({ what }) => what)).toEqual(['license', 'release']);
  });

  it('before the session is noted leaves nothing with the module', async () => {
    const world = setupLicenses();
    const { licenses, store, server, signal } = world;
    await licenses.start();
    crashAt(world, ({ owe }) => owe !== undefined && owe.length > 0);
    await expect(licenses.acquire(titleOf(), { signal })).rejects.toThrow('The page is gone.');

    expect(server.asked).toEqual([]);
    expect(store.releases.size).toBe(0);
  });

  it('of a renewal has one license, and the other is given back', async () => {
    const world = setupLicenses();
    const { licenses, store, cdm, signal } = world;
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    const [old = ''] = sessionIdsOf(store);
    crashAt(world, ({ settle }) => settle !== undefined && settle.length > 0);
    await expect(licenses.renew(titleOf(), { signal })).rejects.toThrow('The page is gone.');
    expect(sessionIdsOf(store)).toEqual([old]);

    const next = await restart(world);
    expect(next.get('film')).toMatchObject({ status: 'usable' });
    await next.contact({ signal });
    expect(store.releases.size).toBe(0);
    expect(await loadSession(cdm, old)).toMatchObject({ isThere: true });
  });

  it('of giving back tries again', async () => {
    const world = setupLicenses();
    const { licenses, store, server, cdm, signal } = world;
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    const [sessionId = ''] = sessionIdsOf(store);
    crashAt(world, ({ settle }) => settle !== undefined && settle.length > 0);
    await licenses.remove('film');
    expect(store.releases.size).toBe(1);

    const next = await restart(world);
    await next.contact({ signal });
    expect(store.releases.size).toBe(0);
    expect(server.asked.filter(({ what }) => what === 'release')).toHaveLength(1);
    expect(await loadSession(cdm, sessionId)).toMatchObject({ isThere: false });
  });

  it('after the server has opened a license knows its id', async () => {
    const rights = createRights();
    const world = setupLicenses({ rights });
    const { licenses, signal } = world;
    await licenses.start();
    crashAt(world, ({ owe }) => owe !== undefined && owe.length > 0);
    await expect(licenses.acquire(titleOf(), { signal })).rejects.toThrow('The page is gone.');

    const next = await restart(world);
    expect(next.get('film')).toMatchObject({ status: 'missing' });
    await next.acquire(titleOf(), { signal });
    expect(rights.open).toHaveBeenCalledOnce();
    expect(rights.renew).toHaveBeenCalledOnce();
  });
});

describe('a store that fails', () => {
  it('is told as it is, and never by what must not reject', async () => {
    const { licenses, store, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    store.isBroken = true;

    await expect(licenses.open('film')).rejects.toMatchObject({ code: 'storage-failed' });
    await expect(licenses.notePlayed('film')).rejects.toMatchObject({ code: 'storage-failed' });
    await expect(licenses.acquire(titleOf(), { signal })).rejects.toMatchObject({ code: 'storage-failed' });
    await expect(licenses.remove('film')).rejects.toMatchObject({ code: 'storage-failed' });
    await licenses.contact({ signal });
    expect(licenses.get('film')).toMatchObject({ status: 'usable' });
  });

  it('is told at the start', async () => {
    const { licenses, store } = setupLicenses();
    store.isBroken = true;

    await expect(licenses.start()).rejects.toMatchObject({ code: 'storage-failed' });
  });
});

describe('a module that gives no answer', () => {
  it.each(['create-media-keys', 'generate-request', 'message', 'update', 'close'] as const)(
    'to %s is given up',
    async (step) => {
      const { licenses, cdm, clock, signal } = setupLicenses();
      await licenses.start();
      cdm.failNext(step, 'silent');

      await expect(keepMoving(clock, licenses.acquire(titleOf(), { signal }))).rejects.toMatchObject({
        name: 'PlaybackError',
      });
      expect(licenses.get('film')).toBeNull();
    },
  );

  it('whether it stores licenses does not store any', async () => {
    const { licenses, clock, signal } = setupLicenses({ requestAccess: () => new Promise(() => {}) });
    await licenses.start();
    await keepMoving(clock, licenses.acquire(titleOf(), { signal }));

    expect(licenses.get('film')).toMatchObject({ mode: 'vault' });
  });
});

describe('several calls about one title', () => {
  it('run one after the other', async () => {
    const { licenses, server, store, signal } = setupLicenses();
    await licenses.start();
    await Promise.all([
      licenses.acquire(titleOf(), { signal }),
      licenses.acquire(titleOf(), { signal }),
      licenses.remove('film'),
    ]);

    await vi.waitUntil(() => store.releases.size === 0);
    expect(server.asked.map(({ what }) => what)).toEqual(['license', 'release']);
    expect(licenses.get('film')).toBeNull();
  });

  it('of two pages see what the other has done', async () => {
    const { licenses, newPage, signal } = setupLicenses();
    const other = newPage();
    await Promise.all([licenses.start(), other.start()]);
    await licenses.acquire(titleOf(), { signal });
    expect(other.get('film')).toBeNull();

    await other.refresh('film');
    expect(other.get('film')).toMatchObject({ status: 'usable' });
    await licenses.remove('film');
    await other.refresh('film');
    expect(other.get('film')).toBeNull();
  });
});
