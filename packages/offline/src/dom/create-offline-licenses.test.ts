import { describe, expect, it, vi } from 'vitest';

import { KEY_IDS } from './testing/clear-key-server.js';
import { loadSession, setupLicenses, titleOf } from './testing/setup-licenses.js';

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

  it('is given back to its server, and the module has it no more', async () => {
    const { licenses, server, cdm, store, signal } = setupLicenses();
    await licenses.start();
    await licenses.acquire(titleOf(), { signal });
    const opened = await licenses.open('film');
    const sessionId = opened.mode === 'persistent' ? (opened.sessions[0]?.sessionId ?? '') : '';
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
    const removed = licenses.remove('film');
    await vi.waitUntil(() => {
      clock.advance(500);
      return store.licenses.size === 0;
    });
    const stop = setInterval(() => clock.advance(500), 1);
    await removed;
    clearInterval(stop);
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
});
