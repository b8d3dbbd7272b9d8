import { expect, it } from 'vitest';

import type { NewOfflineLicense, StoredTerms } from '../../offline-licenses/offline-license-store.js';
import { MINUTE, NOW, setUpStore, type StoreFactory } from './conformance-setup.js';

const DAY = 1440 * MINUTE;
const TERMS: StoredTerms = { expiresAt: NOW + 2 * DAY, startBy: NOW + DAY, playWithinMs: 60 * MINUTE };
const PLACE = { now: NOW, limit: null };

/** A license of account `anna` on her phone, two days long. */
export function newOfflineLicense(change: Partial<NewOfflineLicense> & { key: string }): NewOfflineLicense {
  return {
    accountId: 'anna',
    deviceId: 'phone',
    device: 'Chrome on Android',
    contentId: 'film',
    format: 'dash',
    createdAt: NOW,
    ...TERMS,
    ...change,
  };
}

/** What a store has to do with offline licenses. */
export function describeOfflineLicenses(createStore: StoreFactory): void {
  const setUp = async () => {
    const { tenant, clock } = await setUpStore(createStore);
    return { store: tenant.offlineLicenses, clock };
  };

  it('keeps a license as it was opened, and opens it once', async () => {
    const { store } = await setUp();
    const opened = newOfflineLicense({ key: 'a' });
    const license = { ...opened, renewedAt: null, firstPlayedAt: null, end: null };
    await expect(store.open(opened, PLACE)).resolves.toEqual({ status: 'granted', license });
    await expect(store.open({ ...opened, accountId: 'ben' }, PLACE)).resolves.toEqual({
      status: 'exists',
      license,
    });
    await expect(store.find('a')).resolves.toEqual(license);
    await expect(store.find('b')).resolves.toBeUndefined();
  });

  it('keeps what has no bound as that', async () => {
    const { store } = await setUp();
    const bare = { expiresAt: null, startBy: null, playWithinMs: null, format: undefined };
    await store.open(newOfflineLicense({ key: 'a', ...bare }), PLACE);
    await expect(store.find('a')).resolves.toMatchObject(bare);
    await expect(store.begin('a', NOW + 1)).resolves.toMatchObject({
      firstPlayedAt: NOW + 1,
      expiresAt: null,
    });
  });

  it('counts devices and not licenses, and those of one account', async () => {
    const { store } = await setUp();
    const place = { now: NOW, limit: 2 };
    const open = async (key: string, change: Partial<NewOfflineLicense>) =>
      (await store.open(newOfflineLicense({ key, ...change }), place)).status;
    await expect(open('a', {})).resolves.toBe('granted');
    await expect(open('b', {})).resolves.toBe('granted');
    await expect(open('c', { deviceId: 'tv' })).resolves.toBe('granted');
    await expect(open('d', { deviceId: 'laptop' })).resolves.toBe('refused');
    await expect(open('e', { deviceId: 'laptop', accountId: 'ben' })).resolves.toBe('granted');
    await expect(open('f', { contentId: 'series' })).resolves.toBe('granted');
    await expect(store.find('d')).resolves.toBeUndefined();
  });

  it.each([
    ['revoked', { reason: 'revoked', at: NOW }, {}],
    ['released', { reason: 'released', at: NOW }, {}],
    ['expired', null, { expiresAt: NOW }],
  ] as const)('gives the place of a license that is %s to another device', async (_, end, change) => {
    const { store } = await setUp();
    await store.open(newOfflineLicense({ key: 'a', ...change }), PLACE);
    if (end !== null) await store.end('a', end);
    const other = newOfflineLicense({ key: 'b', deviceId: 'tv' });
    await expect(store.open(other, { now: NOW, limit: 1 })).resolves.toMatchObject({ status: 'granted' });
  });

  it('grants places to as many of the devices that come at once as there are', async () => {
    const { store } = await setUp();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const license = newOfflineLicense({ key: `k${index}`, deviceId: `d${index % 25}` });
        return { license, ...(await store.open(license, { now: NOW, limit: 2 })) };
      }),
    );
    const granted = outcomes.filter(({ status }) => status === 'granted');
    expect(new Set(granted.map(({ license }) => license.deviceId)).size).toBe(2);
    expect(granted).toHaveLength(4);
    await expect(store.listOf('anna')).resolves.toHaveLength(4);
  });

  it('gives the last place to one of several that expired and are renewed at once', async () => {
    const { store } = await setUp();
    const keys = Array.from({ length: 10 }, (_, index) => `k${index}`);
    for (const key of keys) {
      await store.open(newOfflineLicense({ key, deviceId: key, expiresAt: NOW }), PLACE);
    }
    const outcomes = await Promise.all(
      keys.map(async (key) => await store.renew(key, TERMS, { now: NOW, limit: 1 })),
    );
    expect(outcomes.filter(({ status }) => status === 'granted')).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'refused')).toHaveLength(9);
  });

  it('begins another term with a renewal, of which nothing was played yet', async () => {
    const { store } = await setUp();
    await store.open(newOfflineLicense({ key: 'a' }), PLACE);
    await store.begin('a', NOW + 1);
    const terms = { expiresAt: NOW + 9 * DAY, startBy: null, playWithinMs: 5 };
    const outcome = await store.renew('a', terms, { now: NOW + 2, limit: 1 });
    expect(outcome).toMatchObject({
      status: 'granted',
      license: { ...terms, createdAt: NOW, renewedAt: NOW + 2, firstPlayedAt: null },
    });
    await expect(store.find('a')).resolves.toEqual(outcome.status === 'granted' && outcome.license);
    await expect(store.renew('b', terms, PLACE)).resolves.toEqual({ status: 'over', license: undefined });
  });

  it('lets the first play of a term bring its end nearer, once', async () => {
    const { store } = await setUp();
    await store.open(newOfflineLicense({ key: 'a' }), PLACE);
    const begun = { firstPlayedAt: NOW + 5, expiresAt: NOW + 5 + 60 * MINUTE };
    await expect(store.begin('a', NOW + 5)).resolves.toMatchObject(begun);
    await expect(store.begin('a', NOW + 900)).resolves.toMatchObject(begun);
    await expect(store.begin('b', NOW)).resolves.toBeUndefined();

    await store.open(newOfflineLicense({ key: 'c', expiresAt: NOW + 9 }), PLACE);
    await expect(store.begin('c', NOW + 5)).resolves.toMatchObject({ expiresAt: NOW + 9 });
  });

  it('counts a play that began before the term from the beginning of the term', async () => {
    const { store } = await setUp();
    await store.open(newOfflineLicense({ key: 'a' }), PLACE);
    await expect(store.begin('a', NOW - DAY)).resolves.toMatchObject({
      firstPlayedAt: NOW,
      expiresAt: NOW + 60 * MINUTE,
    });

    const renewedAt = NOW + DAY;
    const terms = { ...TERMS, expiresAt: NOW + 3 * DAY };
    await store.renew('a', terms, { now: renewedAt, limit: null });
    await expect(store.begin('a', NOW + 5)).resolves.toMatchObject({
      firstPlayedAt: renewedAt,
      expiresAt: renewedAt + 60 * MINUTE,
    });
  });

  it('ends a license once and for good', async () => {
    const { store } = await setUp();
    await store.open(newOfflineLicense({ key: 'a' }), PLACE);
    const end = { reason: 'revoked', at: NOW + 1 } as const;
    await store.end('a', end);
    await store.end('a', { reason: 'released', at: NOW + 2 });
    await store.end('b', end);
    await expect(store.find('a')).resolves.toMatchObject({ end });
    await expect(store.renew('a', TERMS, PLACE)).resolves.toMatchObject({ status: 'over', license: { end } });
  });

  it('lists those of an account, newest first', async () => {
    const { store } = await setUp();
    await store.open(newOfflineLicense({ key: 'a' }), PLACE);
    await store.open(newOfflineLicense({ key: 'b' }), PLACE);
    await store.open(newOfflineLicense({ key: 'c', createdAt: NOW - 1 }), PLACE);
    await store.open(newOfflineLicense({ key: 'd', accountId: 'ben' }), PLACE);
    const keys = (await store.listOf('anna')).map(({ key }) => key);
    expect(keys).toEqual(['b', 'a', 'c']);
    await expect(store.listOf('carl')).resolves.toEqual([]);
  });

  it('remembers a license for 90 days after its end, and one without an end', async () => {
    const { store, clock } = await setUp();
    await store.open(newOfflineLicense({ key: 'revoked' }), PLACE);
    await store.end('revoked', { reason: 'revoked', at: NOW + DAY });
    await store.open(newOfflineLicense({ key: 'expired' }), PLACE);
    await store.open(newOfflineLicense({ key: 'endless', expiresAt: null }), PLACE);
    const found = async () => (await store.listOf('anna')).map(({ key }) => key).sort();

    // From here on nothing is opened: that would sweep what other tests keep in the same database.
    clock.now = NOW + 91 * DAY - 1;
    await expect(found()).resolves.toEqual(['endless', 'expired', 'revoked']);
    clock.now = NOW + 91 * DAY;
    await expect(found()).resolves.toEqual(['endless', 'expired']);
    clock.now = NOW + 92 * DAY;
    await expect(found()).resolves.toEqual(['endless']);
    await expect(store.find('expired')).resolves.toBeUndefined();
    await expect(store.renew('expired', TERMS, PLACE)).resolves.toMatchObject({ status: 'over' });
  });

  it('opens another one under a key that is forgotten', async () => {
    const { store } = await setUp();
    await store.open(newOfflineLicense({ key: 'a', expiresAt: NOW - 90 * DAY }), PLACE);
    await expect(store.find('a')).resolves.toBeUndefined();
    await expect(store.open(newOfflineLicense({ key: 'a' }), PLACE)).resolves.toMatchObject({
      status: 'granted',
      license: TERMS,
    });
  });

  it('keeps 512 licenses of an account and pushes out its oldest', async () => {
    const { store } = await setUp();
    await store.open(newOfflineLicense({ key: 'other', accountId: 'ben' }), PLACE);
    for (let index = 0; index < 513; index += 1)
      await store.open(newOfflineLicense({ key: `k${index}` }), PLACE);
    await expect(store.find('k0')).resolves.toBeUndefined();
    await expect(store.find('k1')).resolves.toBeDefined();
    await expect(store.find('other')).resolves.toBeDefined();
  });
}
