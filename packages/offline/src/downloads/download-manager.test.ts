import { PlaybackError, resolveSource } from '@secure-player/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { openDownloadsDatabase } from '../index-database/downloads-database.js';
import { silence } from '../testing/fake-origin.js';
import { FILM_FOLDER, mediaOf, putFilm } from '../testing/film.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { readDisk } from '../testing/read-disk.js';
import { sourceOf } from '../testing/setup-device.js';
import { setupFilm } from '../testing/setup-film.js';
import { settle, until } from '../testing/until.js';

beforeEach(freshDatabase);

describe('a download', () => {
  it('comes from the manifest to the last byte', async () => {
    const { manager, origin, licenses, start, reaches } = await setupFilm();
    await start();
    const download = await reaches('film', 'complete');

    expect(download).toMatchObject({ progress: 1, isPlayable: true, bytesPerSecond: null });
    expect(download.receivedBytes).toBe(download.totalBytes);
    expect(download.receivedBytes).toBe(
      origin.list().reduce((sum, url) => sum + origin.body(url).byteLength, 0),
    );
    expect(download.tracks.map(({ kind }) => kind)).toEqual(['video', 'audio']);
    expect(licenses.acquired).toHaveLength(1);
    for (const url of mediaOf(origin, 'film')) expect(origin.asked(url)).toHaveLength(1);
    await manager.destroy();
  });

  it('is the same snapshot while nothing changes', async () => {
    const { manager, start, reaches } = await setupFilm();
    await start();
    const download = await reaches('film', 'complete');
    await settle();
    const state = manager.getState();

    await manager.setPriority('nothing', 1);
    await manager.resume('nothing');
    await settle();

    expect(manager.getState()).toBe(state);
    expect(state.downloads[0]).toBe(download);
    expect(Object.isFrozen(state.downloads[0])).toBe(true);
  });

  it('waits at a pause, which outlives the tab, and goes on with what it has', async () => {
    const { manager, origin, openTab, start, reaches, hold, seg } = await setupFilm();
    const release = hold(seg('audio-4.m4s'));
    await start();
    await until(() => origin.asked(seg('audio-4.m4s')).length === 1);
    await until(async () => (await readDisk()).rowPacks.length > 0);
    await manager.pause('film');
    const paused = await reaches('film', 'paused');
    await until(() => manager.getState().downloads[0]?.receivedBytes !== 0);
    expect(paused.progress).toBeLessThan(1);
    release();
    await manager.destroy();

    const other = openTab();
    expect((await other.reaches('film', 'paused')).receivedBytes).toBeGreaterThan(0);
    await other.manager.resume('film');
    await other.reaches('film', 'complete');
    expect(origin.asked(seg('video-1.m4s'))).toHaveLength(1);
  });

  it('that is removed while it comes is gone, with its license and its bytes', async () => {
    const { manager, licenses, start, find, hold, origin, seg } = await setupFilm();
    hold(seg('audio-4.m4s'));
    await start();
    await until(() => origin.asked(seg('audio-4.m4s')).length === 1);

    await manager.remove('film');
    await until(() => !find('film'));

    expect(licenses.removed).toEqual(['film']);
    expect(await readDisk()).toEqual({ packs: [], rowPacks: [], titles: [] });
  });

  it('that is wanted again while it is removed comes anew', async () => {
    const { manager, licenses, start, reaches, find } = await setupFilm();
    await start();
    await reaches('film', 'complete');
    let go = () => {};
    licenses.beforeRemove = () => new Promise((resolve) => (go = resolve));
    await manager.remove('film');
    expect(find('film')?.status).toBe('removing');

    await start();
    go();
    await reaches('film', 'complete');

    const { packs, titles } = await readDisk();
    expect(packs).toEqual(titles.map(({ pack }) => pack));
    expect(licenses.acquired).toHaveLength(2);
  });

  it('whose removal was cut short is gone at the next start', async () => {
    const { manager, licenses, openTab, start, reaches } = await setupFilm();
    await start();
    await reaches('film', 'complete');
    const database = await openDownloadsDatabase();
    await manager.destroy();
    const [row] = await database.getAll('titles');
    if (row) await database.put('titles', { ...row, intent: 'remove' });
    database.close();

    const other = openTab();
    await until(() => other.manager.getState().isOwner);
    await until(() => other.manager.getState().downloads.length === 0 && licenses.removed.length === 1);
    expect(await readDisk()).toEqual({ packs: [], rowPacks: [], titles: [] });
  });

  it('stays for as long as its license could not be forgotten, of which nobody would know else', async () => {
    const { manager, clock, licenses, start, reaches, find } = await setupFilm();
    await start();
    await reaches('film', 'complete');
    licenses.beforeRemove = () => Promise.reject(new PlaybackError('storage-failed'));
    await manager.remove('film');
    await until(() => clock.pending() === 1);
    expect(find('film')?.status).toBe('removing');
    expect((await readDisk()).packs).toHaveLength(1);

    licenses.beforeRemove = () => {};
    clock.advance(10_000);
    await until(() => !find('film'));
    expect(licenses.removed).toEqual(['film']);
    expect((await readDisk()).packs).toEqual([]);
  });

  it('whose removal fails is tried again', async () => {
    const { manager, service, clock, licenses, start, reaches, find } = await setupFilm();
    await start();
    await reaches('film', 'complete');
    licenses.beforeRemove = () => {
      service.remove = () => Promise.reject(new PlaybackError('storage-failed'));
    };
    const { remove } = service;
    await manager.remove('film');
    await until(() => clock.pending() === 1);
    expect(find('film')?.status).toBe('removing');

    service.remove = remove;
    licenses.beforeRemove = () => {};
    clock.advance(10_000);
    await until(() => !find('film'));
    expect((await readDisk()).packs).toEqual([]);
  });
});

describe('a license', () => {
  it('is not renewed of what nothing is known of yet', async () => {
    const { manager, origin, src, start, reaches } = await setupFilm();
    origin.script(src, silence);
    await start();
    await reaches('film', 'preparing');
    await expect(manager.renewLicense('film')).rejects.toMatchObject({ code: 'download-missing' });
    await expect(manager.renewLicense('nothing')).resolves.toBeUndefined();
  });
});

describe('a source', () => {
  it('without an id, or that is no address, is refused', async () => {
    const { manager, src } = await setupFilm();
    for (const source of [
      { src },
      sourceOf('http://[', 'a', { type: 'dash' }),
      sourceOf('blob:https://a/b', 'b', { type: 'hls' }),
    ]) {
      await expect(manager.start(source)).rejects.toMatchObject({ code: 'source-invalid' });
    }
    expect(manager.getState().downloads).toEqual([]);
  });

  it('is kept without session and functions, which the page gives back', async () => {
    const { origin, openTab } = await setupFilm();
    const src = putFilm(origin, 'other');
    const prepareRequest = (request: unknown) => request;
    const { manager, reaches } = openTab({
      locks: undefined,
      completeSource: (source) => ({ ...source, title: `${source.title}!` }),
    });
    await manager.start({
      ...sourceOf(src, 'other', { title: 'Other' }),
      session: { id: 'secret-session', heartbeatSeconds: 10 },
      drm: { 'org.w3.clearkey': { licenseUrl: '/license', prepareRequest: prepareRequest as never } },
    });
    const { source } = await reaches('other', 'complete');

    expect(source.title).toBe('Other!');
    const { titles } = await readDisk();
    expect(JSON.stringify(titles)).not.toContain('secret-session');
    expect(titles[0]?.source.drm).toEqual({ 'org.w3.clearkey': { licenseUrl: '/license' } });
  });

  it('is inspected without keeping anything', async () => {
    const { manager, device, src } = await setupFilm();
    device.space = { usedBytes: 0, quotaBytes: 500, isPersisted: false };
    const offer = await manager.inspect(sourceOf(src, 'film'));
    expect(offer.tracks).toHaveLength(2);
    expect(offer.estimate()).toBe(600);
    expect(offer.estimate(offer.chosenTrackIds.slice(0, 1))).toBe(400);
    expect(offer.fits).toBe(false);
    expect(await readDisk()).toEqual({ packs: [], rowPacks: [], titles: [] });
    await expect(manager.inspect(sourceOf(`${FILM_FOLDER}none.mpd`, 'none'))).rejects.toMatchObject({
      code: 'manifest-not-found',
    });
  });
});

describe('an inspection', () => {
  it('ends with its signal, in the worker, too', async () => {
    const { manager, origin, src } = await setupFilm();
    origin.script(src, silence);
    const controller = new AbortController();
    const offer = manager.inspect(sourceOf(src, 'film'), { signal: controller.signal });
    await until(() => origin.asked(src).length === 1);
    const reason = new Error('The viewer has gone.');
    controller.abort(reason);
    await expect(offer).rejects.toBe(reason);
    await until(() => origin.asked(src)[0]?.init.signal?.aborted);
  });

  it('does not wait without an end for a page that never gives its credentials', async () => {
    const { clock, openTab, src } = await setupFilm();
    const asked: AbortSignal[] = [];
    const other = openTab({
      askFor: (_, signal) => () => {
        asked.push(signal);
        return new Promise(() => {});
      },
    });
    const offer = other.manager.inspect(sourceOf(src, 'film'));
    await until(() => asked.length === 1);
    clock.advance(60_000);
    await expect(offer).rejects.toMatchObject({ code: 'manifest-unreachable' });
    expect(asked[0]?.aborted).toBe(true);
  });
});

describe('the end of a tab', () => {
  it('comes although the page never gives its credentials', async () => {
    const { origin, openTab, src, manager } = await setupFilm();
    await manager.destroy();
    const asked: string[] = [];
    const other = openTab({
      askFor: () => (purpose) => {
        asked.push(purpose);
        return new Promise(() => {});
      },
    });
    await other.manager.start(sourceOf(src, 'film'));
    await until(() => asked.length === 1);
    await other.manager.destroy();
    expect(origin.requests).toHaveLength(0);
  });

  it('comes although the server never answers, and leaves nobody listening', async () => {
    const { manager, licenses, origin, start, src, reaches } = await setupFilm();
    origin.script(src, silence);
    await start();
    await reaches('film', 'preparing');
    await manager.destroy();
    expect(licenses.listeners).toBe(0);
    await expect(manager.pause('film')).rejects.toMatchObject({ code: 'storage-failed' });
  });

  it('comes when a newer version takes the index, though its worker has lost it too', async () => {
    const { start, origin, seg, hold, manager, openTab } = await setupFilm();
    hold(seg('audio-4.m4s'));
    await start();
    await until(() => origin.asked(seg('audio-4.m4s')).length === 1);
    const follower = openTab();
    await until(() => follower.manager.getState().status === 'ready');
    const newer = indexedDB.open('secure-player-downloads', 99);
    await until(() => newer.readyState === 'done');
    newer.result.close();

    expect(manager.getState()).toMatchObject({ status: 'unavailable', error: { code: 'storage-failed' } });
    await until(() => !manager.getState().isOwner);
  });
});

describe('a title that is here', () => {
  const never = () => new Promise<never>(() => {});
  const { signal } = new AbortController();

  it('is opened without waiting for what a list of all shows', async () => {
    const { manager, openTab, start, reaches } = await setupFilm();
    await start();
    await reaches('film', 'complete');
    await manager.destroy();

    const other = openTab({ space: never });
    const title = await other.manager.open(resolveSource({ src: '/film.mpd', id: 'film' }), { signal });

    expect(title?.type).toBe('dash');
    expect(other.manager.getState().status).toBe('starting');
  });

  it('shows its pictures from here, and those that are not here from the network', async () => {
    const { manager, origin, src, find, reaches } = await setupFilm();
    const poster = `${FILM_FOLDER}film/poster.jpg`;
    origin.put(poster, 'a picture', { type: 'image/jpeg' });
    await manager.start(sourceOf(src, 'film', { poster }));
    await reaches('film', 'complete');

    const thumbnails = `${FILM_FOLDER}film/none.vtt`;
    const pictures = await manager.findPictures({ id: 'film', poster, thumbnails });
    expect(pictures).toEqual({ poster: expect.stringMatching(/^blob:/), thumbnails });
    expect(await (await fetch(pictures.poster ?? '')).text()).toBe('a picture');
    await until(() => find('film')?.source.poster === pictures.poster);
    expect(await manager.findPictures({ id: 'film' })).toEqual({ poster: undefined, thumbnails: undefined });
    expect(await manager.findPictures({ id: 'nothing', poster })).toMatchObject({ poster });

    await manager.remove('film');
    await until(() => !find('film'));
    expect(await manager.findPictures({ id: 'film', poster })).toMatchObject({ poster });
  });
});
