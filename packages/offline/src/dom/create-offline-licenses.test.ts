import { writeKeyIdsInitData } from '@secure-player/protocol';
import { describe, expect, it, vi } from 'vitest';

import { KEY_IDS } from './testing/clear-key-server.js';
import { keepMoving, loadSession, sessionIdsOf, setupLicenses, titleOf } from './testing/setup-licenses.js';

describe('a license that a module stores', () => {
  it('is got, and is there after a restart', async () => {
    const { licenses, newPage, server, cdm, store, signal } = setupLicenses();
    await licenses.start();
    expect(licenses.get('film')).toBeNull();
    await licenses.acquire(titleOf(), { signal });

    expect(licenses.get('film')).toEqual({
      mode: 'persistent',
      status: 'usable',
      keySystem: 'org.w3.clearkey',
      expiresAt: null,
      playWithinSeconds: null,
      firstPlayedAt: null,
      renewable: true,
    });
    expect(server.asked.map(({ what }) => what)).toEqual(['license']);
    expect(store.releases.size).toBe(0);

    licenses.destroy();
    const next = newPage();
    await next.start();
    expect(next.get('film')).toEqual(licenses.get('film'));
    const opened = await next.open('film');
    if (opened.mode !== 'persistent') throw new Error('It is no stored license.');
    const [session] = opened.sessions;
    expect(session?.initData).toEqual(titleOf().initData[0]?.data);
    expect(await loadSession(cdm, session?.sessionId ?? '')).toEqual({ isThere: true, keys: KEY_IDS.length });
  });

  it('ends when its module says so', async () => {
    const { licenses, server, clock, signal } = setupLicenses();
    server.policy = { notAfter: clock.now() + 60_000 };
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    expect(licenses.get('film')).toMatchObject({ status: 'usable', expiresAt: clock.now() + 60_000 });

    const told = vi.fn();
    licenses.subscribe(told);
    clock.advance(60_000);
    expect(told).toHaveBeenCalledExactlyOnceWith('film');
    expect(licenses.get('film')).toMatchObject({ status: 'expired' });
    await expect(licenses.open('film')).rejects.toMatchObject({ code: 'offline-license-expired' });
  });

  it('is kept where it is there and usable, and got anew where the module has lost it', async () => {
    const { licenses, server, cdm, store, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    const before = licenses.get('film');
    await licenses.acquire(titleOf(), { signal });
    expect(server.asked).toHaveLength(1);
    expect(licenses.get('film')).toBe(before);

    const [sessionId = ''] = sessionIdsOf(store);
    await loadSession(cdm, sessionId, async (session) => {
      await session.remove();
      await session.update(writeKeyIdsInitData(KEY_IDS));
    });
    await licenses.acquire(titleOf(), { signal });
    expect(server.asked.filter(({ what }) => what === 'license')).toHaveLength(2);
    expect(sessionIdsOf(store)).not.toEqual([sessionId]);
  });

  it('is replaced by another, and is given back when that is stored', async () => {
    const { licenses, server, cdm, store, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    const [old = ''] = sessionIdsOf(store);
    await licenses.renew(titleOf(), { signal });

    const [next = ''] = sessionIdsOf(store);
    expect(next).not.toBe(old);
    await vi.waitUntil(() => store.releases.size === 0);
    expect(server.asked.map(({ what }) => what)).toEqual(['license', 'license', 'release']);
    expect(await loadSession(cdm, old)).toMatchObject({ isThere: false });
    expect(await loadSession(cdm, next)).toMatchObject({ isThere: true });
  });

  it('stays where another is refused', async () => {
    const { licenses, server, cdm, store, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    const before = licenses.get('film');
    const [old = ''] = sessionIdsOf(store);
    server.status = 403;
    await expect(licenses.renew(titleOf(), { signal })).rejects.toMatchObject({ code: 'license-refused' });

    expect(licenses.get('film')).toBe(before);
    expect(await loadSession(cdm, old)).toMatchObject({ isThere: true });
    await vi.waitUntil(() => store.releases.size === 0);
  });

  it('is given back to its server, and the module has it no more', async () => {
    const { licenses, server, cdm, store, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    const [sessionId = ''] = sessionIdsOf(store);
    await licenses.remove('film');

    expect(server.asked.map(({ what }) => what)).toEqual(['license', 'release']);
    expect(store.licenses.size).toBe(0);
    expect(store.releases.size).toBe(0);
    expect(licenses.get('film')).toBeNull();
    expect(await loadSession(cdm, sessionId)).toMatchObject({ isThere: false });
    await expect(licenses.open('film')).rejects.toMatchObject({ code: 'stored-license-missing' });
  });

  it('stays due where its server is away, until a contact', async () => {
    const { licenses, newPage, server, store, clock, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    server.isAway = true;
    await keepMoving(clock, licenses.remove('film'));
    expect(licenses.get('film')).toBeNull();
    expect(store.releases.size).toBe(1);

    licenses.destroy();
    server.isAway = false;
    const next = newPage();
    await next.start();
    await next.contact({ signal });
    expect(server.asked.map(({ what }) => what)).toEqual(['license', 'release']);
    expect(store.releases.size).toBe(0);
  });

  it('stays due while it is played, until a contact', async () => {
    const { licenses, cdm, store, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    const [sessionId = ''] = sessionIdsOf(store);
    await loadSession(cdm, sessionId, async () => {
      await licenses.remove('film');
      expect(store.releases.size).toBe(1);
    });

    await licenses.contact({ signal });
    expect(store.releases.size).toBe(0);
  });

  it('lacks no key that is downloaded for', async () => {
    const { licenses, server, clock, store, signal } = setupLicenses();
    server.withheld = KEY_IDS[1] ?? null;
    await licenses.start();

    await expect(keepMoving(clock, licenses.acquire(titleOf(), { signal }))).rejects.toMatchObject({
      code: 'key-missing',
    });
    expect(licenses.get('film')).toBeNull();
    // The module has stored it, so it has to be given back.
    await keepMoving(
      clock,
      vi.waitUntil(() => store.releases.size === 0),
    );
    expect(server.asked.map(({ what }) => what)).toEqual(['license', 'release']);
  });

  it('is called off with its caller, and leaves nothing behind', async () => {
    const { licenses, server, store } = setupLicenses();
    await licenses.start();
    const controller = new AbortController();
    const reason = new Error('called off');
    store.onCommit = ({ owe }) => {
      if (owe?.length) controller.abort(reason);
    };
    await expect(licenses.acquire(titleOf(), { signal: controller.signal })).rejects.toBe(reason);

    await vi.waitUntil(() => store.releases.size === 0);
    expect(server.asked).toEqual([]);
    expect(licenses.get('film')).toBeNull();
  });

  it('is asked for once for each init data, however often that comes', async () => {
    const { licenses, server, store, signal } = setupLicenses();
    const { initData } = titleOf();
    await licenses.start();
    await licenses.acquire(titleOf({ initData: [...initData, ...initData] }), { signal });

    expect(server.asked).toHaveLength(1);
    expect(sessionIdsOf(store)).toHaveLength(1);
  });
});

describe('a page that is done', () => {
  it('leaves no timer behind, also where something was under way', async () => {
    const { licenses, clock, store, signal } = setupLicenses();
    await licenses.start();
    expect(clock.pending()).toBe(1);
    store.onCommit = ({ keep }) => {
      if (keep) licenses.destroy();
    };
    await licenses.acquire(titleOf(), { signal });

    expect(clock.pending()).toBe(0);
  });
});

describe('titles that no module has a license for', () => {
  it('need none where they are clear', async () => {
    const { licenses, server, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(titleOf({ initData: [], keyIds: [] }), { signal });

    expect(licenses.get('film')).toMatchObject({ mode: 'none', status: 'usable', renewable: false });
    expect(await licenses.open('film')).toEqual({ mode: 'none' });
    await licenses.remove('film');
    expect(server.asked).toEqual([]);
  });

  it('get one at each playback where nothing stores it', async () => {
    const requestAccess = () => Promise.reject(new DOMException('no', 'NotSupportedError'));
    const { licenses, server, signal } = setupLicenses({ requestAccess });
    await licenses.start();
    const drm = { 'com.widevine.alpha': { licenseUrl: 'https://license.example/widevine' } };
    await licenses.acquire(titleOf({ drm }), { signal });

    expect(licenses.get('film')).toMatchObject({
      mode: 'online-license',
      status: 'usable',
      renewable: false,
    });
    expect(await licenses.open('film')).toEqual({ mode: 'online-license' });
    expect(server.asked).toEqual([]);
  });

  it('are told of a mistake in their source', async () => {
    const { licenses, signal } = setupLicenses();
    await licenses.start();
    const drm = { 'org.w3.clearkey': { licenseUrl: '' } };

    await expect(licenses.acquire(titleOf({ drm }), { signal })).rejects.toMatchObject({
      code: 'source-invalid',
    });
  });
});
