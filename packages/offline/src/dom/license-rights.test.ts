import { PlaybackError } from '@secure-player/core';
import { describe, expect, it, vi } from 'vitest';

import type { OfflineRightsCheck } from '../licenses/offline-rights.js';
import {
  createRights,
  keepMoving,
  LICENSE_URL,
  sessionIdsOf,
  setupLicenses,
  titleOf,
} from './testing/setup-licenses.js';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;

async function acquired(
  change: Parameters<typeof createRights>[0] = {},
  options: Parameters<typeof setupLicenses>[0] = {},
) {
  const rights = createRights(change);
  const world = setupLicenses({ rights, ...options });
  await world.licenses.start();
  await world.licenses.acquire(titleOf(), { signal: world.signal });

  return { ...world, rights };
}

const checkOf = (change: Partial<OfflineRightsCheck>): OfflineRightsCheck => ({
  status: 'active',
  expiresAt: null,
  playWithinSeconds: null,
  renewable: true,
  serverTime: NOW,
  ...change,
});

describe('a license that a server keeps a list of', () => {
  it('is asked for by its id, and lasts as long as the server says', async () => {
    const { licenses, rights, server } = await acquired({ expiresAt: NOW + DAY, playWithinSeconds: 60 });

    expect(rights.open).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 'film' }), {
      signal: expect.any(AbortSignal),
    });
    expect(server.asked.map(({ url }) => url)).toEqual([`${LICENSE_URL}?offline=secret-1`]);
    expect(licenses.get('film')).toMatchObject({
      expiresAt: NOW + DAY,
      playWithinSeconds: 60,
      status: 'usable',
    });
  });

  it('is not asked for where the title needs none that is kept', async () => {
    const rights = createRights();
    const { licenses, signal } = setupLicenses({ rights });
    await licenses.start();
    await licenses.acquire(titleOf({ initData: [], keyIds: [] }), { signal });

    expect(rights.open).not.toHaveBeenCalled();
  });

  it('is refused as the server says', async () => {
    const rights = createRights();
    rights.open.mockRejectedValue(new PlaybackError('device-limit-reached'));
    const { licenses, signal } = setupLicenses({ rights });
    await licenses.start();

    await expect(licenses.acquire(titleOf(), { signal })).rejects.toMatchObject({
      code: 'device-limit-reached',
    });
    expect(licenses.get('film')).toBeNull();
  });

  it('is not waited for without an end', async () => {
    const rights = createRights();
    rights.open.mockReturnValue(new Promise(() => {}));
    const { licenses, clock, signal } = setupLicenses({ rights });
    await licenses.start();

    await expect(keepMoving(clock, licenses.acquire(titleOf(), { signal }))).rejects.toMatchObject({
      code: 'entitlement-failed',
    });
  });

  it('goes on with the id that it has where the license itself fails, and shows that it is missing', async () => {
    const rights = createRights();
    const { licenses, server, signal, store } = setupLicenses({ rights });
    await licenses.start();
    server.status = 403;
    await expect(licenses.acquire(titleOf(), { signal })).rejects.toMatchObject({ code: 'license-refused' });
    expect(licenses.get('film')).toMatchObject({ status: 'missing' });
    await expect(licenses.open('film')).rejects.toMatchObject({ code: 'stored-license-missing' });

    server.status = 200;
    await licenses.acquire(titleOf(), { signal });
    expect(rights.renew).toHaveBeenCalledWith('secret-1', expect.anything());
    expect(rights.open).toHaveBeenCalledOnce();
    expect(licenses.get('film')).toMatchObject({ status: 'usable' });
    // What was begun and came to nothing must not end what goes by the same id.
    await vi.waitUntil(() => store.releases.size === 0);
    expect(server.asked.filter(({ what, url }) => what === 'release' && url.includes('secret'))).toEqual([]);
  });

  it('is renewed by its id, and gives its last session back without it', async () => {
    const { licenses, rights, server, store, signal } = await acquired({ expiresAt: NOW + DAY });
    await licenses.notePlayed('film');
    await licenses.renew(titleOf(), { signal });
    await vi.waitUntil(() => store.releases.size === 0);

    expect(rights.renew).toHaveBeenCalledExactlyOnceWith('secret-1', expect.anything());
    expect(server.asked.map(({ what, url }) => [what, url])).toEqual([
      ['license', `${LICENSE_URL}?offline=secret-1`],
      ['license', `${LICENSE_URL}?offline=secret-1`],
      ['release', LICENSE_URL],
    ]);
    expect(licenses.get('film')).toMatchObject({ firstPlayedAt: null });
  });

  it('is opened anew where the server has forgotten it', async () => {
    const { licenses, rights, store, signal } = await acquired();
    rights.renew.mockRejectedValue(new PlaybackError('stored-license-missing'));
    await licenses.renew(titleOf(), { signal });

    expect(rights.open).toHaveBeenCalledTimes(2);
    expect(store.licenses.get('film')?.rightsId).toBe('secret-2');
  });

  it('is taken off the list when it is removed', async () => {
    const { licenses, server } = await acquired();
    await licenses.remove('film');

    expect(server.asked.at(-1)).toMatchObject({ what: 'release', url: `${LICENSE_URL}?offline=secret-1` });
  });

  it('is taken off the list also where no module tells of it', async () => {
    const { licenses, server, store } = await acquired({}, { isPersistent: false });
    await licenses.remove('film');

    expect(server.asked.at(-1)).toMatchObject({
      what: 'release',
      url: `${LICENSE_URL}?offline=secret-1`,
      body: expect.not.stringContaining('type'),
    });
    expect(store.releases.size).toBe(0);
  });
});

describe('a contact with the server', () => {
  it('brings other terms', async () => {
    const { licenses, rights, signal } = await acquired({ expiresAt: NOW + DAY });
    rights.check.mockResolvedValue(checkOf({ expiresAt: NOW + 2 * DAY, renewable: false }));
    const told = vi.fn();
    licenses.subscribe(told);
    await licenses.contact({ signal });

    expect(licenses.get('film')).toMatchObject({ expiresAt: NOW + 2 * DAY, renewable: false });
    expect(told).toHaveBeenCalledExactlyOnceWith('film');
  });

  it.each([
    ['says so', async () => checkOf({ status: 'revoked' })],
    ['refuses with that', () => Promise.reject(new PlaybackError('offline-license-revoked'))],
  ] as const)('deletes what was revoked, where the server %s', async (_, check) => {
    const { licenses, rights, server, store, signal } = await acquired();
    const [sessionId] = sessionIdsOf(store);
    rights.check.mockImplementation(check);
    await licenses.contact({ signal });

    expect(sessionId).toBeDefined();
    expect(licenses.get('film')).toMatchObject({ status: 'revoked', renewable: false });
    await expect(licenses.open('film')).rejects.toMatchObject({ code: 'offline-license-revoked' });
    expect(sessionIdsOf(store)).toEqual([]);
    expect(store.releases.size).toBe(0);
    expect(server.asked.at(-1)).toMatchObject({ what: 'release' });
  });

  it('deletes the keys of what was revoked from the vault', async () => {
    const { licenses, rights, store, signal } = await acquired({}, { isPersistent: false });
    rights.check.mockResolvedValue(checkOf({ status: 'revoked' }));
    await licenses.contact({ signal });

    expect(store.licenses.get('film')?.holder).toMatchObject({ mode: 'vault', keys: [] });
    await licenses.acquire(titleOf(), { signal });
    expect(rights.open).toHaveBeenCalledTimes(2);
    expect(licenses.get('film')).toMatchObject({ status: 'usable' });
  });

  it('shows as missing what the server does not know', async () => {
    const { licenses, rights, signal } = await acquired();
    rights.check.mockRejectedValue(new PlaybackError('stored-license-missing'));
    await licenses.contact({ signal });

    expect(licenses.get('film')).toMatchObject({ status: 'missing' });
  });

  it('changes nothing where the server is away, and does not reject', async () => {
    const { licenses, rights, signal } = await acquired();
    const before = licenses.get('film');
    rights.check.mockRejectedValue(new PlaybackError('entitlement-failed'));
    await licenses.contact({ signal });

    expect(licenses.get('film')).toBe(before);
  });

  it('tells of the first playback until the server has heard of it', async () => {
    const { licenses, rights, clock, store, signal } = await acquired({ playWithinSeconds: 60 });
    rights.reportFirstPlay.mockRejectedValue(new PlaybackError('entitlement-failed'));
    await licenses.notePlayed('film');
    const at = clock.now();
    await vi.waitUntil(() => rights.reportFirstPlay.mock.calls.length === 1);

    rights.reportFirstPlay.mockResolvedValue();
    await licenses.contact({ signal });
    await licenses.contact({ signal });
    expect(rights.reportFirstPlay.mock.calls.map(([id, time]) => [id, time])).toEqual([
      ['secret-1', at],
      ['secret-1', at],
    ]);
    expect(store.licenses.get('film')?.firstPlay).toEqual({ at, isReported: true });
  });

  it('is made once for all who ask at a time', async () => {
    const { licenses, rights, signal } = await acquired();
    await Promise.all([licenses.contact({ signal }), licenses.contact({ signal })]);

    expect(rights.check).toHaveBeenCalledOnce();
  });

  it('ends for one who leaves it, and for the others goes on', async () => {
    const { licenses, rights, signal } = await acquired();
    let answer: (check: OfflineRightsCheck) => void = () => {};
    rights.check.mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const leaving = new AbortController();
    const [left, stayed] = [licenses.contact({ signal: leaving.signal }), licenses.contact({ signal })];
    await vi.waitUntil(() => rights.check.mock.calls.length === 1);
    leaving.abort();
    await left;
    answer(checkOf({ status: 'revoked' }));
    await stayed;

    expect(licenses.get('film')).toMatchObject({ status: 'revoked' });
  });

  it('does not last without an end', async () => {
    const { licenses, rights, clock, signal } = await acquired();
    rights.check.mockReturnValue(new Promise(() => {}));

    await keepMoving(clock, licenses.contact({ signal }));
    expect(licenses.get('film')).toMatchObject({ status: 'usable' });
  });
});

describe('the clock of the device', () => {
  it('that was set back lets no license with an end be used, until a server has told the time', async () => {
    const { licenses, newPage, clock, rights, signal } = await acquired({ expiresAt: NOW + DAY });
    await licenses.contact({ signal });
    licenses.destroy();
    clock.set(NOW - DAY);
    const next = newPage();
    await next.start();
    expect(next.get('film')).toMatchObject({ status: 'clock-behind' });
    await expect(next.open('film')).rejects.toMatchObject({ code: 'clock-behind' });

    rights.check.mockResolvedValue(checkOf({ expiresAt: NOW + DAY }));
    const told = vi.fn();
    next.subscribe(told);
    await next.contact({ signal });
    expect(told).toHaveBeenCalledWith('film');
    expect(next.get('film')).toMatchObject({ status: 'usable' });
    // By the server's time, though the device does not know of it.
    clock.advance(DAY);
    expect(next.get('film')).toMatchObject({ status: 'expired' });
  });

  it('that had been ahead is taken back by a server’s time', async () => {
    const { licenses, newPage, clock, rights, signal } = await acquired({ expiresAt: NOW + DAY });
    licenses.destroy();
    clock.set(NOW + 30 * DAY);
    const ahead = newPage();
    await ahead.start();
    expect(ahead.get('film')).toMatchObject({ status: 'expired' });
    clock.advance(300_000);
    ahead.destroy();

    clock.set(NOW);
    const mended = newPage();
    await mended.start();
    expect(mended.get('film')).toMatchObject({ status: 'clock-behind' });
    rights.check.mockResolvedValue(checkOf({ expiresAt: NOW + DAY }));
    await mended.contact({ signal });
    expect(mended.get('film')).toMatchObject({ status: 'usable' });
  });

  it('does not matter for a license without an end', async () => {
    const { licenses, newPage, clock, signal } = await acquired();
    await licenses.contact({ signal });
    licenses.destroy();
    clock.set(NOW - DAY);
    const next = newPage();
    await next.start();

    expect(next.get('film')).toMatchObject({ status: 'usable' });
  });
});
