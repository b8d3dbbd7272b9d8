import 'fake-indexeddb/auto';

import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';

import { releaseOfSession } from './due-release.js';
import { IndexedDbLicenseStore } from './indexed-db-license-store.js';
import type { LicenseRecord } from './license-record.js';
import { NO_TERMS } from './license-terms.js';
import { createManualClock } from './testing/manual-clock.js';

const opened: IndexedDbLicenseStore[] = [];
let count = 0;

afterEach(() => {
  for (const store of opened.splice(0)) store.close();
});

function setup(name = `licenses-${(count += 1)}`) {
  const clock = createManualClock();
  const store = new IndexedDbLicenseStore({ clock, name });
  opened.push(store);

  return { name, store, clock };
}

function recordOf(titleId: string): LicenseRecord {
  return {
    titleId,
    standing: 'stored',
    holder: { mode: 'online-license' },
    keyIds: [],
    urlKeys: [],
    terms: NO_TERMS,
    bounds: NO_TERMS,
    rightsId: null,
    firstPlay: null,
    source: { src: '/film.mpd' },
  };
}

describe('licenses in IndexedDB', () => {
  it('are there after a restart, with what is due', async () => {
    const { name, store } = setup();
    const record = recordOf('film');
    const release = releaseOfSession(record, 'org.w3.clearkey', 'session');
    await store.commit({ keep: record, owe: [release] });
    store.close();

    const next = setup(name).store;
    expect(await next.record('film')).toEqual(record);
    expect(await next.records()).toEqual([record]);
    expect(await next.dueReleases()).toEqual([release]);
    expect(await next.record('other')).toBeNull();
  });

  it('change at once, or not at all', async () => {
    const { store } = setup();
    const record = recordOf('film');
    const release = releaseOfSession(record, 'org.w3.clearkey', 'session');
    await store.commit({ keep: record, owe: [release] });
    const unstorable = { ...recordOf('other'), source: (() => {}) as never };

    await expect(
      store.commit({ keep: unstorable, settle: [release.id], forget: 'film' }),
    ).rejects.toMatchObject({
      code: 'storage-failed',
    });
    expect(await store.records()).toEqual([record]);
    expect(await store.dueReleases()).toEqual([release]);
  });

  it('share one key that cannot be exported, whoever asks first', async () => {
    const { name, store } = setup();
    const make = () =>
      crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const other = setup(name).store;
    const [one, two] = await Promise.all([store.wrappingKey(make), other.wrappingKey(make)]);

    const iv = new Uint8Array(12);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, one, new Uint8Array([1]));
    expect(new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, two, sealed))).toEqual(
      new Uint8Array([1]),
    );
  });

  it('keep the latest time, and a server’s in place of any', async () => {
    const { store } = setup();
    expect(await store.readTime()).toBeNull();
    await store.writeTime(2_000, { isProven: false });
    await store.writeTime(1_000, { isProven: false });
    expect(await store.readTime()).toBe(2_000);
    await store.writeTime(1_500, { isProven: true });
    expect(await store.readTime()).toBe(1_500);
  });

  it('have one name for the device', async () => {
    const { name, store } = setup();
    const first = await store.deviceId(() => 'one');
    store.close();

    expect(first).toBe('one');
    expect(await setup(name).store.deviceId(() => 'two')).toBe('one');
  });

  it('let go of a database that another page deletes or upgrades, and say so where it has', async () => {
    const { name, store } = setup();
    await store.commit({ keep: recordOf('film') });
    const newer = await openDB(name, 2);
    await expect(store.records()).rejects.toMatchObject({ code: 'storage-failed' });
    newer.close();
  });

  it('are waited for in vain where another page holds an older database, for a bounded time', async () => {
    const { name, store, clock } = setup();
    const old = await openDB(name, 1);
    const upgrading = openDB(name, 2);
    // The upgrade waits for the old one, and whatever is opened after it waits too.
    const records = store.records();
    clock.advance(10_000);
    await expect(records).rejects.toMatchObject({ code: 'storage-failed' });

    old.close();
    (await upgrading).close();
  });
});
