import { PlaybackError } from '@secure-player/core';
import { beforeEach, describe, expect, it } from 'vitest';

import { openDownloadsDatabase } from '../index-database/downloads-database.js';
import { status } from '../testing/fake-origin.js';
import { putFilm } from '../testing/film.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { sourceOf } from '../testing/setup-device.js';
import { setupFilm } from '../testing/setup-film.js';
import { until } from '../testing/until.js';

beforeEach(freshDatabase);

describe('the queue', () => {
  it('takes as many as it may at a time, the most wanted first', async () => {
    const { manager, origin, find, reaches } = await setupFilm();
    origin.gate = () => new Promise(() => {});
    for (const [id, priority] of [
      ['a', 0],
      ['b', 0],
      ['c', 0],
      ['d', 5],
    ] as const) {
      await manager.start(sourceOf(putFilm(origin, id), id), { priority });
    }
    await reaches('c', 'queued');
    expect(['a', 'b', 'c', 'd'].map((id) => find(id)?.status)).toEqual([
      'preparing',
      'preparing',
      'queued',
      'queued',
    ]);

    await manager.pause('a');
    await reaches('d', 'preparing');
    expect(find('c')?.status).toBe('queued');

    await manager.setPriority('c', 1);
    await manager.remove('b');
    await reaches('c', 'preparing');
  });

  it('waits for the network, and goes on with it', async () => {
    const { setNetwork, start, reaches } = await setupFilm();
    setNetwork({ isOnline: false });
    await start();
    expect(await reaches('film', 'waiting')).toMatchObject({ waitingFor: 'network', retryAt: null });
    setNetwork({ isOnline: true });
    await reaches('film', 'complete');
  });

  it('stops where the network is metered, unless it may', async () => {
    const { manager, origin, setNetwork, start, reaches, seg, hold } = await setupFilm();
    const release = hold(seg('audio-4.m4s'));
    await start();
    await until(() => origin.asked(seg('audio-4.m4s')).length === 1);
    setNetwork({ isMetered: true });
    expect(await reaches('film', 'waiting')).toMatchObject({ waitingFor: 'unmetered-network' });
    release();
    await manager.setMeteredAllowed(true);
    await reaches('film', 'complete');
  });

  it('tries again later, and later each time, until it goes on', async () => {
    const { clock, origin, start, reaches, find, src } = await setupFilm();
    origin.script(src, ...Array.from({ length: 2 }, () => status(503, { 'retry-after': '3600' })));
    await start();
    const waiting = await reaches('film', 'waiting');
    expect(waiting).toMatchObject({
      waitingFor: 'retry',
      retryAt: clock.now() + 5_000,
      error: { httpStatus: 503 },
    });
    expect(JSON.stringify(waiting)).not.toContain('cdn.example/film/film.mpd?');

    clock.advance(5_000);
    await until(() => {
      const download = find('film');
      return download?.status === 'waiting' && download.retryAt === clock.now() + 10_000;
    });
    clock.advance(10_000);
    await reaches('film', 'complete');
  });

  it('goes on when its timer is early by the clock, or the clock was set back', async () => {
    const { clock, origin, start, reaches, src } = await setupFilm();
    origin.script(src, status(503, { 'retry-after': '3600' }));
    await start();
    await reaches('film', 'waiting');
    clock.set(clock.now() - 3_600_000);
    clock.advance(5_000);
    expect(await reaches('film', 'complete')).toMatchObject({ progress: 1 });
  });

  it('does not wait where the viewer does not', async () => {
    const { manager, origin, start, reaches, src } = await setupFilm();
    origin.script(src, status(503, { 'retry-after': '3600' }));
    await start();
    await reaches('film', 'waiting');
    await manager.resume('film');
    expect(await reaches('film', 'complete')).toMatchObject({ progress: 1 });
  });

  it('removes at once what waits for its next attempt', async () => {
    const { manager, clock, licenses, origin, start, reaches, find, src } = await setupFilm();
    origin.script(src, status(503, { 'retry-after': '3600' }));
    await start();
    await reaches('film', 'waiting');
    await manager.remove('film');
    await until(() => !find('film'));
    expect(licenses.removed).toEqual(['film']);
    expect(clock.pending()).toBe(0);
  });

  it('removes at once, when it is told again, what could not be removed', async () => {
    const { manager, service, clock, start, reaches, find } = await setupFilm();
    await start();
    await reaches('film', 'complete');
    const { remove } = service;
    service.remove = () => Promise.reject(new PlaybackError('storage-failed'));
    await manager.remove('film');
    await until(() => clock.pending() === 1);
    expect(find('film')).toMatchObject({ status: 'removing' });
    service.remove = remove;
    await manager.remove('film');
    await until(() => !find('film'));
  });

  it('keeps what it has where something fails for good, and goes on with it', async () => {
    const { manager, origin, start, reaches, seg } = await setupFilm();
    origin.script(seg('audio-4.m4s'), status(403));
    await start();
    expect(await reaches('film', 'failed')).toMatchObject({
      error: { code: 'segment-forbidden', httpStatus: 403 },
    });
    await manager.resume('film');
    await reaches('film', 'complete');
    expect(origin.asked(seg('video-1.m4s'))).toHaveLength(1);
  });

  it('fails where the license is refused, and waits where its server cannot be reached', async () => {
    const { manager, licenses, start, reaches } = await setupFilm();
    licenses.beforeAcquire = () => Promise.reject(new PlaybackError('license-unreachable'));
    await start();
    expect(await reaches('film', 'waiting')).toMatchObject({ error: { code: 'license-unreachable' } });
    licenses.beforeAcquire = () => Promise.reject(new PlaybackError('license-refused'));
    await manager.resume('film');
    expect(await reaches('film', 'failed')).toMatchObject({ error: { code: 'license-refused' } });
  });

  it('survives the loss of its worker', async () => {
    const { service, clock, origin, start, reaches, seg, hold } = await setupFilm();
    const release = hold(seg('audio-4.m4s'));
    await start();
    await until(() => origin.asked(seg('audio-4.m4s')).length === 1);
    service.terminate();
    expect(await reaches('film', 'waiting')).toMatchObject({
      waitingFor: 'retry',
      error: { code: 'storage-failed' },
    });
    release();
    clock.advance(10_000);
    await reaches('film', 'complete');
    expect(service.starts).toBe(2);
  });
});

describe('room', () => {
  it('that is missing is told before anything is fetched for nothing', async () => {
    const { manager, device, origin, start, reaches, seg } = await setupFilm();
    device.space = { usedBytes: 0, quotaBytes: 400, isPersisted: false };
    await start();
    expect(await reaches('film', 'failed')).toMatchObject({
      error: { code: 'storage-full', recovery: 'free-space' },
    });
    expect(origin.asked(seg('video-1.m4s'))).toHaveLength(0);

    device.space = null;
    await manager.resume('film');
    await reaches('film', 'complete');
  });

  it('that runs out loses nothing, and is gone on with when there is some', async () => {
    const { manager, disk, origin, start, reaches } = await setupFilm();
    disk.bytes = 1_300;
    await start();
    const failed = await reaches('film', 'failed');
    expect(failed).toMatchObject({ error: { code: 'storage-full' } });
    await until(() => manager.getState().downloads[0]?.receivedBytes !== failed.totalBytes);
    // Which parts had room is a matter of which came first.
    const kept = (await readAnswers()).map(({ url }) => url).filter((url) => url.endsWith('.m4s'));
    expect(kept).not.toEqual([]);

    disk.bytes = Number.POSITIVE_INFINITY;
    await manager.resume('film');
    await reaches('film', 'complete');
    for (const url of kept) expect(origin.asked(url)).toHaveLength(1);
  });
});

async function readAnswers() {
  const database = await openDownloadsDatabase();
  const rows = await database.getAll('answers');
  database.close();
  return rows;
}
