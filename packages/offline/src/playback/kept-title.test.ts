import { PlaybackError } from '@secure-player/core';
import { beforeEach, describe, expect, it } from 'vitest';

import type { AnswerRow } from '../answers/answer-row.js';
import { AnswerIndex } from '../answers/answer-index.js';
import { openDownloadsDatabase } from '../index-database/downloads-database.js';
import { PackLog } from '../packs/pack-log.js';
import { FakeDisk } from '../testing/fake-disk.js';
import { FakeLicenses } from '../testing/fake-licenses.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { incomingAnswer } from '../testing/incoming-answer.js';
import { seededBytes } from '../testing/seeded-random.js';
import { KeptTitle } from './kept-title.js';

const PACK = 'film-1';
const FOLDER = 'https://cdn.example/film/';
const BODY = seededBytes(300, 1);

beforeEach(freshDatabase);

async function setup({ isOnline = false } = {}) {
  const [disk, database, licenses] = [new FakeDisk(), await openDownloadsDatabase(), new FakeLicenses()];
  const index = new AnswerIndex(database);
  const { log } = await PackLog.open(PACK, { packs: disk, index });
  for (const [start, end] of [
    [0, 100],
    [200, 300],
    [100, 200],
  ] as const) {
    const part = { start, fileBytes: BODY.byteLength };
    await log.add(await incomingAnswer(`${FOLDER}film.mp4`, BODY.slice(start, end), part));
  }
  await log.add(await incomingAnswer(`${FOLDER}half.mp4`, BODY.slice(0, 50), { fileBytes: 300 }));
  await log.add(await incomingAnswer(`${FOLDER}empty.vtt`, new Uint8Array()));
  const damaged: AnswerRow[] = [];
  const title = new KeptTitle({
    id: 'film',
    manifest: {
      pack: PACK,
      url: `${FOLDER}film.mpd?token=1`,
      finalUrl: `${FOLDER}edge/film.mpd`,
      type: 'dash',
      contentType: 'application/dash+xml',
      text: '<MPD/>',
    },
    license: { mode: 'none' },
    index,
    packs: disk,
    licenses,
    isOnline: () => isOnline,
    onDamage: async (row) => {
      damaged.push(row);
      await index.markDamaged(row);
    },
  });
  const controller = new AbortController();
  const read = async (name: string, range: { start: number; end: number } | null = null) => {
    const answer = await title.read({ url: `${FOLDER}${name}`, range, signal: controller.signal });
    return answer && new Uint8Array(answer.data);
  };
  const rowOf = async (start: number) =>
    (await index.find(PACK, `${FOLDER}film.mp4`)).find((row) => row.start === start)?.offset ?? 0;
  return { title, disk, database, index, licenses, damaged, controller, read, rowOf };
}

describe('a read', () => {
  it('of the manifest is of what was chosen, by either of its addresses', async () => {
    const { title, read } = await setup();
    expect(title).toMatchObject({ manifestUrl: `${FOLDER}film.mpd?token=1`, type: 'dash' });
    for (const name of ['film.mpd?token=1', 'edge/film.mpd', 'edge/film.mpd#t=1']) {
      expect(new TextDecoder().decode((await read(name)) ?? new Uint8Array())).toBe('<MPD/>');
    }
  });

  it.each([
    [null, 0, 300],
    [{ start: 10, end: 19 }, 10, 20],
    [{ start: 50, end: 249 }, 50, 250],
    [{ start: 290, end: 5_000 }, 290, 300],
    [{ start: 250, end: Number.POSITIVE_INFINITY }, 250, 300],
  ])('of %o is put together from the parts that cover it', async (range, from, to) => {
    const { read } = await setup();
    expect(await read('film.mp4', range)).toEqual(BODY.slice(from, to));
    // A second time it is not compared again, and is the same.
    expect(await read('film.mp4', range)).toEqual(BODY.slice(from, to));
  });

  it('of an empty file is empty', async () => {
    const { read } = await setup();
    expect(await read('empty.vtt')).toEqual(new Uint8Array());
  });

  it('of what is not here, or not all of it, is null', async () => {
    const { read } = await setup();
    expect(await read('none.mp4')).toBeNull();
    expect(await read('half.mp4')).toBeNull();
    expect(await read('half.mp4', { start: 40, end: 60 })).toBeNull();
    expect(await read('film.mp4', { start: 300, end: 400 })).toBeNull();
    expect(await read('half.mp4', { start: 0, end: 49 })).toEqual(BODY.slice(0, 50));
  });

  it('of a key is what the license keeps of it, and no byte more', async () => {
    const { licenses, read } = await setup();
    licenses.readKey = async () => new Uint8Array([9, 9, 1, 2, 9]).subarray(2, 4);
    expect(await read('key')).toEqual(new Uint8Array([1, 2]));
  });

  it('ends with its signal', async () => {
    const { controller, read } = await setup();
    controller.abort(new Error('enough'));
    await expect(read('film.mp4')).rejects.toThrow('enough');
  });

  it('fails typed where the index cannot be read', async () => {
    const { database, read } = await setup();
    database.close();
    const error: unknown = await read('film.mp4').catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'storage-failed' });
    expect(JSON.stringify(error)).not.toContain('cdn.example');
  });
});

describe('what is damaged', () => {
  it('comes from the network where there is one, and is reported once', async () => {
    const { disk, damaged, read, rowOf } = await setup({ isOnline: true });
    disk.damage(PACK, (await rowOf(100)) + 5);
    expect(await read('film.mp4', { start: 50, end: 249 })).toBeNull();
    expect(await read('film.mp4', { start: 50, end: 249 })).toBeNull();
    expect(damaged).toMatchObject([{ start: 100 }]);
    expect(await read('film.mp4', { start: 0, end: 99 })).toEqual(BODY.slice(0, 100));
  });

  it('is an error where there is none', async () => {
    const { disk, read, rowOf } = await setup();
    disk.damage(PACK, await rowOf(0));
    await expect(read('film.mp4')).rejects.toBeInstanceOf(PlaybackError);
    await expect(read('film.mp4', { start: 100, end: 299 })).resolves.toEqual(BODY.slice(100));
  });

  it('may be that the end of the file is gone, or all of it', async () => {
    const { disk, damaged, read, rowOf } = await setup();
    disk.cut(PACK, (await rowOf(100)) + 10);
    await expect(read('film.mp4', { start: 100, end: 199 })).rejects.toMatchObject({
      code: 'download-damaged',
    });
    expect(damaged).toHaveLength(1);
  });

  it('is left alone where it has been fetched again, or forgotten, meanwhile', async () => {
    const { index } = await setup();
    const [row] = await index.find(PACK, `${FOLDER}film.mp4`);
    if (!row) throw new Error('It is not here.');
    await index.put([{ ...row, offset: 5_000 }]);
    await index.markDamaged(row);
    expect((await index.find(PACK, row.url))[0]).toMatchObject({ offset: 5_000, isDamaged: false });
    await index.forget(PACK);
    await index.markDamaged(row);
    expect(await index.list(PACK)).toEqual([]);
  });
});
