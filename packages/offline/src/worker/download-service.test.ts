import { beforeEach, describe, expect, it } from 'vitest';

import { AnswerIndex } from '../answers/answer-index.js';
import { coverRange } from '../answers/cover-range.js';
import { openDownloadsDatabase } from '../index-database/downloads-database.js';
import { createManualClock } from '../licenses/testing/manual-clock.js';
import { FakeDisk } from '../testing/fake-disk.js';
import { FakeOrigin, status } from '../testing/fake-origin.js';
import { FILM_FOLDER, mediaOf, putFilm } from '../testing/film.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { seededBytes, seededRandom } from '../testing/seeded-random.js';
import { settle, until } from '../testing/until.js';
import { PART_BYTES } from '../transfer/missing-parts.js';
import { DownloadService } from './download-service.js';

const PACK = 'film-1';
const NO_PROGRESS = () => {};

beforeEach(freshDatabase);

/** The service of a worker that can be killed. */
async function startService(origin: FakeOrigin, disk: FakeDisk) {
  const database = await openDownloadsDatabase();
  const index = new AnswerIndex(database);
  const network = {
    fetch: origin.fetch,
    clock: createManualClock(),
    random: () => 0.5,
    isOnline: () => true,
  };
  const service = new DownloadService({ packs: disk, index }, network);
  const kill = (keptShare = 0) => {
    database.close();
    disk.crash(keptShare);
  };
  return { service, index, kill };
}

async function setup() {
  const [origin, disk] = [new FakeOrigin(), new FakeDisk()];
  const source = { src: putFilm(origin, 'film') };
  const request = { pack: PACK, source, preferences: {} };
  const run = async (service: DownloadService) => {
    const prepared = await service.prepare(request, null);
    const outcome = prepared.status === 'done' ? await service.transfer(PACK, NO_PROGRESS) : prepared;
    await service.stop(PACK);
    return outcome;
  };
  return { origin, disk, request, run, ...(await startService(origin, disk)) };
}

/** What is kept of a file, byte for byte. */
async function readKept(disk: FakeDisk, index: AnswerIndex, url: string, length: number) {
  const rows = (await index.find(PACK, url)).filter(({ isDamaged }) => !isDamaged);
  const slices = coverRange({ start: 0, end: length - 1 }, rows);
  const parts = await Promise.all(
    (slices ?? []).map(async ({ stretch, from, to }) =>
      (await disk.read(PACK, stretch.offset, stretch.length))?.subarray(from, to),
    ),
  );
  return new Uint8Array(parts.flatMap((part) => [...(part ?? [])]));
}

async function expectWhole(origin: FakeOrigin, disk: FakeDisk, index: AnswerIndex): Promise<void> {
  for (const url of origin.list()) {
    const body = origin.body(url);
    expect(await readKept(disk, index, url, body.byteLength)).toEqual(body);
  }
  const rows = await index.list(PACK);
  expect(await disk.size(PACK)).toBe(rows.reduce((sum, { length }) => sum + length, 0));
}

describe('a kill at any moment', () => {
  const isMedia = (url: string) => !url.endsWith('.mpd');
  let kept = 0;

  it.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'costs what was under way, and nothing else (%i)',
    async (seed) => {
      const random = seededRandom(seed);
      const { origin, disk, run, service, index, kill } = await setup();
      let life = { service, index, kill };
      /** What the index named at a kill, and how many requests there had been. */
      const safe: { readonly urls: readonly string[]; readonly asked: number }[] = [];

      for (let kills = 0; kills < 3; kills += 1) {
        await Promise.race([moment(origin, random), run(life.service)]);
        for (let wait = Math.floor(random() * 3); wait > 0; wait -= 1) await settle();
        const rows = await life.index.list(PACK);
        safe.push({ urls: rows.map(({ url }) => url).filter(isMedia), asked: origin.requests.length });
        life.kill(random());
        life = await startService(origin, disk);
      }
      origin.gate = () => Promise.resolve();
      expect(await run(life.service)).toEqual({ status: 'done', value: null });

      await expectWhole(origin, disk, life.index);
      for (const { urls, asked } of safe) {
        const again = origin.requests.slice(asked).map(({ url }) => url);
        expect(urls.filter((url) => again.includes(url))).toEqual([]);
      }
      kept += safe.reduce((sum, { urls }) => sum + urls.length, 0);
    },
  );

  it('was one with something kept, and something to do', () => {
    expect(kept).toBeGreaterThan(100);
    expect(kept).toBeLessThan(20 * 3 * 10);
  });

  /** Resolves after some answers; those behind it never come. */
  function moment(origin: FakeOrigin, random: () => number): Promise<void> {
    let left = 1 + Math.floor(random() * 9);
    return new Promise((resolve) => {
      origin.gate = async ({ url }) => {
        for (let wait = Math.floor(random() * 4); wait > 0; wait -= 1) await Promise.resolve();
        if (left <= 0) await new Promise(() => {});
        if (isMedia(url)) left -= 1;
        if (left <= 0) resolve();
      };
    });
  }
});

describe('a stop', () => {
  it('that comes before a title was opened stops it all the same', async () => {
    const { service, origin, request } = await setup();
    const outcome = service.prepare(request, null);
    await service.stop(PACK);
    expect(await outcome).toEqual({ status: 'stopped' });
    expect(origin.requests).toHaveLength(0);
    expect(await service.transfer(PACK, NO_PROGRESS)).toEqual({ status: 'stopped' });
  });

  it('keeps what has come, and lets go of the file', async () => {
    const { service, origin, disk, index, request } = await setup();
    const last = `${FILM_FOLDER}film/audio-4.m4s`;
    origin.gate = ({ url }) => (url === last ? new Promise(() => {}) : Promise.resolve());
    await service.prepare(request, null);
    const outcome = service.transfer(PACK, NO_PROGRESS);
    await until(() => origin.asked(last).length === 1);
    await service.stop(PACK);
    expect(await outcome).toEqual({ status: 'stopped' });
    expect((await index.list(PACK)).length).toBeGreaterThan(2);
    await expect(disk.open(PACK)).resolves.toBeDefined();
  });
});

describe('what is damaged', () => {
  const damage = async (name: string) => {
    const set = await setup();
    await set.run(set.service);
    const [row] = await set.index.find(PACK, `${FILM_FOLDER}film/${name}`);
    if (!row) throw new Error('It is not here.');
    await set.index.markDamaged(row);
    set.origin.requests.length = 0;
    return set;
  };

  it.each(['video-2.m4s', 'video-init.mp4', 'film.mpd'])('is fetched alone: %s', async (name) => {
    const { service, origin, index, disk, run } = await damage(name);
    expect(await service.measure(PACK)).toMatchObject({ value: { isIntact: false } });
    expect(await run(service)).toMatchObject({ status: 'done' });
    expect(origin.requests.map(({ url }) => url)).toEqual([
      `${FILM_FOLDER}film/film.mpd`,
      ...(name === 'film.mpd' ? [] : [`${FILM_FOLDER}film/${name}`]),
    ]);
    expect(await service.measure(PACK)).toMatchObject({ value: { isIntact: true } });
    expect(await readKept(disk, index, `${FILM_FOLDER}film/${name}`, 100)).toEqual(
      origin.body(`${FILM_FOLDER}film/${name}`).slice(0, 100),
    );
  });

  it('and comes back as something else is another version', async () => {
    const { service, origin, run } = await damage('video-2.m4s');
    origin.put(`${FILM_FOLDER}film/video-2.m4s`, seededBytes(100, 77));
    expect(await run(service)).toEqual({ status: 'changed' });
  });

  it('and comes back the same by another tag is the same', async () => {
    const { service, origin, run } = await damage('video-2.m4s');
    const url = `${FILM_FOLDER}film/video-2.m4s`;
    origin.put(url, origin.body(url), { etag: '"of another server"' });
    expect(await run(service)).toMatchObject({ status: 'done' });
  });
});

describe('a title that is one file', () => {
  const src = `${FILM_FOLDER}one/film.mpd`;
  const file = `${FILM_FOLDER}one/film.mp4`;
  const bytes = 2 * PART_BYTES + 1_000;
  const single = async () => {
    const set = await setup();
    set.origin.put(
      src,
      '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT8S"><Period>' +
        '<AdaptationSet contentType="video"><Representation id="v" bandwidth="4000000"><BaseURL>film.mp4</BaseURL>' +
        '</Representation></AdaptationSet></Period></MPD>',
    );
    set.origin.put(file, new Uint8Array(bytes).fill(7), { etag: '"1"' });
    const { service } = set;
    const runFile = async () => {
      const prepared = await service.prepare({ pack: PACK, source: { src }, preferences: {} }, null);
      const told: number[][] = [];
      const outcome =
        prepared.status === 'done'
          ? await service.transfer(PACK, (received, total) => told.push([received, total]))
          : prepared;
      await service.stop(PACK);
      return { outcome, told };
    };
    const covered = async () =>
      coverRange({ start: 0, end: bytes - 1 }, await set.index.find(PACK, file)) !== null;
    return { ...set, runFile, covered };
  };

  it('comes in parts, each of which is asked for once', async () => {
    const { origin, runFile, covered } = await single();
    const { outcome, told } = await runFile();
    expect(outcome).toMatchObject({ status: 'done' });
    expect(origin.asked(file).map(({ range }) => range)).toEqual([
      `bytes=0-${PART_BYTES - 1}`,
      `bytes=${PART_BYTES}-${2 * PART_BYTES - 1}`,
      `bytes=${2 * PART_BYTES}-${bytes - 1}`,
    ]);
    expect(await covered()).toBe(true);
    const [received, total] = told.at(-1) ?? [];
    expect(received).toBe(total);
  });

  it('has no holes where the server answers with less than it was asked for', async () => {
    const { origin, runFile, covered } = await single();
    const short = ({ url, range }: { url: string; range: string | null }) => {
      const start = Number(/=(\d+)-/.exec(range ?? '')?.[1]);
      return origin.serve({ url, range: `bytes=${start}-${start + 999_999}` });
    };
    origin.script(file, ...Array.from({ length: 3 }, () => short));
    expect((await runFile()).outcome).toMatchObject({ status: 'done' });
    expect(await covered()).toBe(true);
  });

  it('has no holes where all of it was damaged', async () => {
    const { origin, index, runFile, covered } = await single();
    origin.script(file, ({ url }) => origin.serve({ url, range: null }));
    await runFile();
    for (const row of await index.find(PACK, file)) await index.markDamaged(row);
    expect((await runFile()).outcome).toMatchObject({ status: 'done' });
    expect(await covered()).toBe(true);
  });

  it('fails where nobody says how long it is', async () => {
    const { origin, runFile } = await single();
    const part = () =>
      new Response(new Uint8Array(PART_BYTES), {
        status: 206,
        headers: { 'content-range': `bytes 0-${PART_BYTES - 1}/*` },
      });
    origin.script(file, part, part);
    expect((await runFile()).outcome).toMatchObject({
      status: 'failed',
      isTransient: false,
      error: { code: 'segment-unavailable' },
    });
  });

  it.each([
    ['length', { body: new Uint8Array(bytes + 1).fill(7), etag: '"1"' }],
    ['tag', { body: new Uint8Array(bytes).fill(8), etag: '"2"' }],
  ])('is another version where its %s is another between two parts', async (_, { body, etag }) => {
    const { origin, runFile } = await single();
    origin.gate = async ({ range }) => {
      if (range?.startsWith(`bytes=${PART_BYTES}`)) origin.put(file, body, { etag });
    };
    expect((await runFile()).outcome).toEqual({ status: 'changed' });
  });
});

describe('what is beside a film', () => {
  const withExtras = async () => {
    const set = await setup();
    const [poster, thumbnails] = ['poster.jpg', 'thumbs.vtt'].map((name) => `${FILM_FOLDER}film/${name}`);
    const images = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => `${FILM_FOLDER}film/${name}`);
    const cues = images
      .map((image, n) => `00:0${n}.000 --> 00:0${n}.900\n${image}#xywh=0,0,1,1\n`)
      .join('\n');
    set.origin.put(thumbnails ?? '', `WEBVTT\n\n${cues}`);
    for (const url of [poster ?? '', ...images]) set.origin.put(url, seededBytes(20, url.length));
    const request = { ...set.request, source: { ...set.request.source, poster, thumbnails } };
    return { ...set, poster, thumbnails, images, request };
  };

  it('is kept, images of thumbnails too', async () => {
    const { service, index, request, poster, thumbnails, images } = await withExtras();
    expect(await service.prepare(request, null)).toMatchObject({ status: 'done' });
    const urls = (await index.list(PACK)).map(({ url }) => url);
    expect(urls).toEqual(expect.arrayContaining([poster, thumbnails, ...images]));
  });

  it('is not waited for where it cannot be had', async () => {
    const { service, origin, request, poster, images } = await withExtras();
    origin.script(poster ?? '', status(404));
    origin.script(images[0] ?? '', status(404));
    expect(await service.prepare(request, null)).toMatchObject({ status: 'done' });
    expect(images.flatMap((image) => origin.asked(image))).toHaveLength(1);
  });

  it('that did not come as a whole is gone on with the next time', async () => {
    const { service, origin, index, request, poster, thumbnails, images } = await withExtras();
    origin.script(images[1] ?? '', status(404));
    await service.prepare(request, null);
    await service.prepare(request, null);
    expect((await index.list(PACK)).map(({ url }) => url)).toEqual(expect.arrayContaining(images));
    const asked = [poster, thumbnails, ...images].map((url) => origin.asked(url ?? '').length);
    expect(asked).toEqual([1, 1, 1, 2, 1]);
  });
});

describe('packs', () => {
  it('that no title names are freed, their rows and their files', async () => {
    const { service, disk, index, run } = await setup();
    await run(service);
    await (await disk.open('orphan-1')).close();
    expect(await service.collect([PACK])).toEqual({ status: 'done', value: 1 });
    expect(await disk.list()).toEqual([PACK]);
    expect(await service.collect([])).toEqual({ status: 'done', value: 1 });
    expect([await disk.list(), [...(await index.packs())]]).toEqual([[], []]);
  });

  it('are counted by their rows, and by what there is of their file', async () => {
    const { service, disk, run } = await setup();
    expect(await service.measure(PACK)).toEqual({ status: 'done', value: { bytes: 0, isIntact: false } });
    await run(service);
    const bytes = disk.usedBytes;
    expect(await service.measure(PACK)).toEqual({ status: 'done', value: { bytes, isIntact: true } });
    disk.cut(PACK, bytes - 1);
    expect(await service.measure(PACK)).toMatchObject({ value: { isIntact: false } });
  });
});

describe('a title named by another address', () => {
  it('is gone on with where it leads to the same', async () => {
    const { service, origin, request, run } = await setup();
    await run(service);
    const src = `${request.source.src}?token=2`;
    origin.put(src, origin.body(request.source.src));
    origin.requests.length = 0;
    expect(await service.prepare({ ...request, source: { src } }, null)).toMatchObject({ status: 'done' });
    expect(await service.transfer(PACK, NO_PROGRESS)).toMatchObject({ status: 'done' });
    expect(origin.requests).toHaveLength(1);
  });

  it('is another version where it leads to something else', async () => {
    const { service, origin, request, run } = await setup();
    await run(service);
    const src = putFilm(origin, 'elsewhere', { version: 2 });
    expect(await service.prepare({ ...request, source: { src } }, null)).toEqual({ status: 'changed' });
  });

  /** The film as of one visit: its addresses, and everything below them, are of that visit alone. */
  const SIGNATURES = {
    'a token in the path, by a redirect': (origin: FakeOrigin, src: string, visit: string) => {
      const at = putFilm(origin, visit);
      origin.put(src, origin.body(at), { finalUrl: at });
    },
    'tokens in the queries of segments': (origin: FakeOrigin, src: string, visit: string) => {
      const text = new TextDecoder().decode(origin.body(putFilm(origin, 'film')));
      for (const url of mediaOf(origin, 'film')) origin.put(`${url}?token=${visit}`, origin.body(url));
      origin.put(src, text.replaceAll(/\.(mp4|m4s)"/g, `.$1?token=${visit}"`));
    },
  };

  it.each(Object.entries(SIGNATURES))('is gone on with under %s', async (_, sign) => {
    const { service, origin, disk, index, request, run } = await setup();
    const { src } = request.source;
    sign(origin, src, 'first');
    const isFirst = (url: string) => url.includes('first');
    const names = origin.list().filter((url) => isFirst(url) && !url.endsWith('.mpd'));
    const last = names.find((url) => url.includes('audio-4'));
    origin.script(last ?? '', status(403));
    expect(await run(service)).toMatchObject({ status: 'failed' });
    const before = (await index.list(PACK)).length;

    sign(origin, src, 'second');
    origin.requests.length = 0;
    expect(await run(service)).toEqual({ status: 'done', value: null });
    // The manifest, one answer of each track to compare, and what is missing.
    expect(origin.requests).toHaveLength(3 + names.length + 1 - before);
    expect(origin.requests.filter(({ url }) => isFirst(url))).toEqual([]);
    for (const url of names) {
      const body = origin.body(url);
      expect(await readKept(disk, index, url, body.byteLength)).toEqual(body);
    }
  });
});

it('no error names an address', async () => {
  const { service, origin, request } = await setup();
  origin.script(
    request.source.src,
    status(404),
    () => new Response('<MPD type="dynamic"/>'),
    () => new Response('<x'),
  );
  for (let round = 0; round < 3; round += 1) {
    const outcome = await service.prepare(request, async () => ({ authorization: 'Bearer secret' }));
    expect(outcome).toMatchObject({ status: 'failed' });
    expect(JSON.stringify(outcome)).not.toMatch(/https?:|cdn\.example|secret/);
  }
});
