import { beforeEach, describe, expect, it } from 'vitest';

import { silence } from '../testing/fake-origin.js';
import { FILM_FOLDER, putFilm } from '../testing/film.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { readDisk } from '../testing/read-disk.js';
import { sourceOf } from '../testing/setup-device.js';
import { setupFilm } from '../testing/setup-film.js';
import { settle, until } from '../testing/until.js';

beforeEach(freshDatabase);

describe('another version on the server', () => {
  const changed = async () => {
    const set = await setupFilm();
    const release = set.hold(set.seg('audio-4.m4s'));
    await set.start();
    await until(() => set.origin.asked(set.seg('audio-4.m4s')).length === 1);
    await set.manager.pause('film');
    await set.reaches('film', 'paused');
    release();
    return set;
  };

  it('with the same list is gone on with', async () => {
    const { manager, origin, src, seg, reaches } = await changed();
    const text = new TextDecoder().decode(origin.body(src));
    origin.put(src, text.replace('<Period>', '<!-- again --><Period>'));
    await manager.resume('film');
    await reaches('film', 'complete');
    expect(origin.asked(seg('video-1.m4s'))).toHaveLength(1);
  });

  it('with another list replaces what was half here, whose bytes are freed', async () => {
    const { manager, origin, reaches } = await changed();
    putFilm(origin, 'film', { version: 2, isRenamed: true });
    await manager.resume('film');
    await reaches('film', 'complete');
    await until(async () => (await readDisk()).packs.length === 1);
    const { titles, packs, rowPacks } = await readDisk();
    expect(titles).toMatchObject([{ generation: 2, lastPack: null, isComplete: true }]);
    expect(packs).toEqual([titles[0]?.pack]);
    expect(rowPacks).toEqual(packs);
  });

  it('leaves what is whole playable until it is whole itself', async () => {
    const { manager, origin, start, reaches, hold, find } = await setupFilm();
    await start();
    await reaches('film', 'complete');
    const release = hold(`${FILM_FOLDER}film/v2-audio-4.m4s`);
    putFilm(origin, 'film', { version: 2, isRenamed: true });

    await manager.start(sourceOf(`${FILM_FOLDER}film/film.mpd`, 'film'), { languages: ['en'] });
    await until(() => origin.asked(`${FILM_FOLDER}film/v2-audio-4.m4s`).length === 1);
    expect(find('film')).toMatchObject({ status: 'downloading', isPlayable: true });
    const { signal } = new AbortController();
    const title = await manager.open({ id: 'film' } as never, { signal });
    const read = (name: string) => title?.read({ url: `${FILM_FOLDER}film/${name}`, range: null, signal });
    expect((await read('video-1.m4s'))?.data).toEqual(origin.body(`${FILM_FOLDER}film/video-1.m4s`).buffer);
    expect((await readDisk()).packs).toHaveLength(2);

    release();
    await reaches('film', 'complete');
    await until(async () => (await readDisk()).packs.length === 1);
  });

  const KEY_1 = '1'.repeat(32);
  const KEY_2 = '2'.repeat(32);
  const replaced = async () => {
    const set = await setupFilm();
    const { manager, origin, reaches } = set;
    const src = putFilm(origin, 'kept', { keyId: KEY_1 });
    await manager.start(sourceOf(src, 'kept'));
    await reaches('kept', 'complete');
    putFilm(origin, 'kept', { version: 2, isRenamed: true, keyId: KEY_2 });
    const startAgain = () => manager.start(sourceOf(src, 'kept'), { languages: ['en'] });
    return { ...set, src, startAgain };
  };

  it('is licensed together with what is whole, whose license would be lost to it else', async () => {
    const { licenses, startAgain, reaches, manager } = await replaced();
    await startAgain();
    await reaches('kept', 'complete');
    expect(licenses.acquired.map(({ keyIds }) => keyIds)).toEqual([[KEY_1], [KEY_2, KEY_1]]);

    await manager.renewLicense('kept');
    expect(licenses.acquired.at(-1)?.keyIds).toEqual([KEY_2]);
  });

  it('is licensed alone where the license of what is whole has ended', async () => {
    const { licenses, startAgain, reaches } = await replaced();
    licenses.set('kept', { status: 'expired' });
    await startAgain();
    await reaches('kept', 'complete');
    expect(licenses.acquired.at(-1)?.keyIds).toEqual([KEY_2]);
  });

  it('that does not fit leaves the license of what is whole as it is', async () => {
    const { device, licenses, startAgain, reaches } = await replaced();
    device.space = { usedBytes: 0, quotaBytes: 10, isPersisted: false };
    await startAgain();
    expect(await reaches('kept', 'failed')).toMatchObject({ error: { code: 'storage-full' } });
    expect(licenses.acquired).toHaveLength(1);
  });

  it('that was not read yet does not keep the license of what is whole from being renewed', async () => {
    const { manager, licenses, origin, src, startAgain, reaches } = await replaced();
    origin.script(src, silence);
    await startAgain();
    await reaches('kept', 'preparing');
    await manager.renewLicense('kept');
    expect(licenses.acquired.at(-1)?.keyIds).toEqual([KEY_1]);
  });

  it('again and again is given up', async () => {
    const { manager, origin, src, start, reaches } = await setupFilm();
    let version = 1;
    const renew = () => {
      version += 1;
      putFilm(origin, 'film', { version, isRenamed: true });
      return origin.serve({ url: src, range: null });
    };
    // Each time a part is half here, the file turns out to be another one.
    origin.gate = async ({ url }) => {
      if (url.endsWith('audio-4.m4s')) await manager.pause('film');
    };
    for (let round = 0; round < 4; round += 1) {
      origin.script(src, renew);
      await (round === 0 ? start() : manager.resume('film'));
      await reaches('film', 'paused');
      await settle();
    }
    expect(version).toBe(5);
    origin.gate = () => Promise.resolve();
    await manager.resume('film');
    await reaches('film', 'complete');
  });

  it('of other tracks frees what was half here of the last ones', async () => {
    const { manager, origin, src, reaches } = await changed();
    await manager.start(sourceOf(src, 'film'), { trackIds: ['audio/en///'] });
    await reaches('film', 'failed');
    await manager.start(sourceOf(src, 'film'), { maxHeight: 100 });
    await reaches('film', 'complete');
    await until(async () => (await readDisk()).packs.length === 1);
    expect((await readDisk()).titles).toMatchObject([{ generation: 3 }]);
    expect(origin.asked(src).length).toBeGreaterThan(2);
  });
});
