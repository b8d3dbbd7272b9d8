import { PlaybackError } from '@secure-player/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { openDownloadsDatabase } from '../index-database/downloads-database.js';
import { DatabasePacks } from '../packs/database-packs.js';
import { FakeLicenses } from '../testing/fake-licenses.js';
import { putFilm } from '../testing/film.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { readDisk } from '../testing/read-disk.js';
import { setupDevice, sourceOf } from '../testing/setup-device.js';
import { setupFilm } from '../testing/setup-film.js';
import { settle, until } from '../testing/until.js';

beforeEach(freshDatabase);

describe('two tabs', () => {
  const both = async () => {
    const first = await setupFilm();
    await until(() => first.manager.getState().isOwner);
    const second = first.openTab();
    await until(() => second.manager.getState().status === 'ready');
    return { first, second };
  };

  it('have one that works; the other follows, and can command', async () => {
    const { first, second } = await both();
    const release = first.hold(first.seg('audio-4.m4s'));
    await second.manager.start(sourceOf(first.src, 'film'));
    expect(await second.reaches('film', 'downloading')).toMatchObject({ id: 'film' });
    expect(second.manager.getState().isOwner).toBe(false);
    await second.manager.pause('film');
    await first.reaches('film', 'paused');
    release();
    await second.manager.resume('film');
    await second.reaches('film', 'complete');
    await first.reaches('film', 'complete');
    await second.manager.remove('film');
    await until(() => !first.find('film') && !second.find('film'));
    expect(second.service.starts).toBe(0);
  });

  it('hand over when the one that works is closed', async () => {
    const { first, second } = await both();
    const release = first.hold(first.seg('audio-4.m4s'));
    await first.start();
    await second.reaches('film', 'downloading');
    await first.manager.destroy();
    release();

    await second.reaches('film', 'complete');
    expect(second.manager.getState().isOwner).toBe(true);
    expect(first.origin.asked(first.seg('video-1.m4s'))).toHaveLength(1);
  });

  it('that comes late is told what goes on', async () => {
    const { first, second } = await both();
    first.origin.gate = () => new Promise(() => {});
    await first.start();
    await first.reaches('film', 'preparing');
    const third = first.openTab();
    await third.reaches('film', 'preparing');
    expect(second.find('film')?.status).toBe('preparing');
  });
});

describe('a tab that opens', () => {
  it('heeds what others do meanwhile', async () => {
    const first = await setupFilm();
    const licenses = new FakeLicenses();
    let go = () => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    let isOpening = false;
    licenses.start = () => {
      isOpening = true;
      return held;
    };
    const second = first.openTab({ licenses });
    await until(() => isOpening);
    // It has read that nothing is here.
    await settle();
    await first.start();
    await first.reaches('film', 'complete');

    go();
    await until(() => second.manager.getState().status === 'ready');
    expect(await second.reaches('film', 'complete')).toMatchObject({ progress: 1 });
  });
});

describe('a start', () => {
  it('frees what no title names', async () => {
    const { manager, start, reaches, openTab } = await setupFilm();
    await start();
    await reaches('film', 'complete');
    await manager.destroy();
    const database = await openDownloadsDatabase();
    const writer = await new DatabasePacks(database).open('orphan-1');
    await writer.append(new Uint8Array(10));
    await writer.flush();
    database.close();

    const other = openTab();
    await until(() => other.manager.getState().isOwner);
    await until(async () => (await readDisk()).packs.length === 1);
    expect(await other.reaches('film', 'complete')).toMatchObject({ progress: 1 });
  });

  it('does not free what is begun meanwhile', async () => {
    const { manager, start, reaches, openTab, origin } = await setupFilm();
    await start();
    await reaches('film', 'complete');
    await manager.destroy();
    const other = openTab();
    const { collect } = other.service;
    let go = () => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    let isOver = false;
    other.service.collect = async (named) => {
      await held;
      const outcome = await collect(named);
      isOver = true;
      return outcome;
    };
    await until(() => other.manager.getState().isOwner);
    await other.manager.start(sourceOf(putFilm(origin, 'second'), 'second'));
    await settle();
    go();
    await until(() => isOver);
    await other.reaches('second', 'complete');
    expect((await readDisk()).packs).toHaveLength(2);
  });

  it.each(['all of it', 'its end'])('fetches again what was lost of a title: %s', async (what) => {
    const { manager, start, reaches, openTab } = await setupFilm();
    await start();
    await reaches('film', 'complete');
    await manager.destroy();
    const database = await openDownloadsDatabase();
    const [title] = await database.getAll('titles');
    if (what === 'all of it') await database.clear('answers');
    await database.delete('bytes', IDBKeyRange.bound([title?.pack, 500], [title?.pack, []]));
    database.close();

    const other = openTab();
    await until(
      () => other.find('film')?.status !== 'complete' && other.manager.getState().status === 'ready',
    );
    expect(await other.reaches('film', 'complete')).toMatchObject({ progress: 1 });
  });

  it('without a database is unavailable, and plays from the network', async () => {
    const { openTab } = setupDevice();
    const { manager } = openTab({ openDatabase: () => Promise.reject(new PlaybackError('storage-failed')) });
    await until(() => manager.getState().status === 'unavailable');
    expect(manager.getState().error).toMatchObject({ code: 'storage-failed' });
    await expect(manager.start(sourceOf('https://a.example/b.mpd', 'b'))).rejects.toMatchObject({
      code: 'storage-failed',
    });
    expect(await manager.open({ id: 'b' } as never, { signal: new AbortController().signal })).toBeNull();
    await manager.destroy();
  });
});
