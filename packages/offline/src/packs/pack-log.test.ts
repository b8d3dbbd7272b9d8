import { beforeEach, describe, expect, it } from 'vitest';

import { AnswerIndex } from '../answers/answer-index.js';
import { openDownloadsDatabase, type DownloadsDatabase } from '../index-database/downloads-database.js';
import { FakeDisk } from '../testing/fake-disk.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { incomingAnswer } from '../testing/incoming-answer.js';
import { seededBytes, seededRandom } from '../testing/seeded-random.js';
import { settle } from '../testing/until.js';
import { DatabasePacks } from './database-packs.js';
import { PackLog } from './pack-log.js';
import type { WritablePacks } from './packs.js';

const PACK = 'pack-1';

beforeEach(freshDatabase);

async function setup() {
  const database = await openDownloadsDatabase();
  const disk = new FakeDisk();
  const index = new AnswerIndex(database);
  return { database, disk, index, ...(await PackLog.open(PACK, { packs: disk, index })) };
}

/** Every row points at the bytes that it was written for. */
async function expectAgreement(packs: WritablePacks, index: AnswerIndex): Promise<void> {
  for (const { offset, length, sha256 } of await index.list(PACK)) {
    const data = await packs.read(PACK, offset, length);
    expect(data?.byteLength).toBe(length);
    expect(await crypto.subtle.digest('SHA-256', data ?? new Uint8Array())).toEqual(sha256);
  }
}

describe('an answer', () => {
  it('is flushed before the index names it', async () => {
    const { disk, index, log } = await setup();
    const seen: number[] = [];
    let told: Promise<unknown> = Promise.resolve();
    disk.beforeFlush = () => {
      told = index.list(PACK).then((rows) => seen.push(rows.length));
    };

    await log.add(await incomingAnswer('a'));
    await told;

    expect(seen).toEqual([0]);
    expect(await index.list(PACK)).toHaveLength(1);
    await expectAgreement(disk, index);
  });

  it('shares a flush with all that come while one is under way', async () => {
    const { disk, index, log } = await setup();
    let flushes = 0;
    disk.beforeFlush = () => void (flushes += 1);
    const answers = await Promise.all(['a', 'bb', 'ccc', 'dddd'].map((url) => incomingAnswer(url)));

    await Promise.all(answers.map((answer) => log.add(answer)));

    expect(flushes).toBe(2);
    expect(await index.list(PACK)).toHaveLength(4);
    await expectAgreement(disk, index);
  });

  it('replaces what had its name, and an empty one is one too', async () => {
    const { disk, index, log } = await setup();
    await log.add(await incomingAnswer('a', seededBytes(5, 1)));
    await log.add(await incomingAnswer('a', seededBytes(7, 2)));
    await log.add(await incomingAnswer('empty', new Uint8Array()));

    expect((await index.list(PACK)).map(({ url, length, end }) => [url, length, end])).toEqual([
      ['a', 7, 6],
      ['empty', 0, -1],
    ]);
    await expectAgreement(disk, index);
  });
});

describe('a pack that is opened again', () => {
  it('loses the rows that point behind its end', async () => {
    const { disk, index, log } = await setup();
    await log.add(await incomingAnswer('a', seededBytes(10, 1)));
    await log.add(await incomingAnswer('b', seededBytes(10, 2)));
    await log.close();
    disk.cut(PACK, 19);

    const { rows } = await PackLog.open(PACK, { packs: disk, index });

    expect(rows.map(({ url }) => url)).toEqual(['a']);
    expect(await index.list(PACK)).toHaveLength(1);
    expect(disk.usedBytes).toBe(10);
  });

  it('loses the bytes that no row names', async () => {
    const { disk, index, log } = await setup();
    await log.add(await incomingAnswer('a', seededBytes(10, 1)));
    await log.close();
    const writer = await disk.open(PACK);
    await writer.append(seededBytes(30, 3));
    await writer.close();

    await PackLog.open(PACK, { packs: disk, index });

    expect(disk.usedBytes).toBe(10);
  });

  it('is let go of where the index cannot be read', async () => {
    const { database, disk, index, log } = await setup();
    await log.close();
    database.close();

    await expect(PackLog.open(PACK, { packs: disk, index })).rejects.toHaveProperty(
      'name',
      'InvalidStateError',
    );
    await expect(disk.open(PACK)).resolves.toBeDefined();
  });
});

describe('a disk that is full', () => {
  it('rejects the batch, gives its bytes back, and keeps what was there', async () => {
    const { disk, index, log } = await setup();
    await log.add(await incomingAnswer('a', seededBytes(10, 1)));
    disk.capacity = 25;
    const answers = await Promise.all(
      ['b', 'cc', 'ddd'].map((url) => incomingAnswer(url, seededBytes(10, url.length))),
    );

    const results = await Promise.allSettled(answers.map((answer) => log.add(answer)));

    // The first is a batch of its own, the others are one that comes behind it.
    expect(results).toEqual([
      { status: 'fulfilled', value: undefined },
      ...[2, 3].map(() => ({
        status: 'rejected',
        reason: expect.objectContaining({ name: 'QuotaExceededError' }) as unknown,
      })),
    ]);
    const rows = await index.list(PACK);
    expect(rows.map(({ url }) => url)).toEqual(['a', 'b']);
    expect(disk.usedBytes).toBe(20);
    await expectAgreement(disk, index);

    disk.capacity = Number.POSITIVE_INFINITY;
    await log.add(await incomingAnswer('e', seededBytes(10, 5)));
    expect(await index.list(PACK)).toHaveLength(3);
    await expectAgreement(disk, index);
  });

  it('rejects what the index does not take', async () => {
    const { database, disk, log } = await setup();
    await log.add(await incomingAnswer('a', seededBytes(10, 1)));
    database.close();

    await expect(log.add(await incomingAnswer('b'))).rejects.toHaveProperty('name', 'InvalidStateError');
    expect(disk.usedBytes).toBe(10);
  });
});

it.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'index and file agree after a crash at any moment (%i)',
  async (seed) => {
    const random = seededRandom(seed);
    const disk = new FakeDisk();
    const promised = new Set<string>();

    for (let life = 0; life < 3; life += 1) {
      const database = await openDownloadsDatabase();
      const index = new AnswerIndex(database);
      const { log, rows } = await PackLog.open(PACK, { packs: disk, index });
      const here = new Set(rows.map(({ url }) => url));
      expect([...promised].filter((url) => !here.has(url))).toEqual([]);
      await expectAgreement(disk, index);
      expect(disk.usedBytes).toBe(rows.reduce((sum, { length }) => sum + length, 0));

      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, place) => {
          const data = seededBytes(1 + Math.floor(random() * 40), seed * 100 + life * 10 + place);
          return incomingAnswer(`${life}/${place}`, data);
        }),
      );
      let left = Math.floor(random() * 7);
      await new Promise<void>((crash) => {
        if (left === 0) crash();
        for (const answer of answers) {
          void (async () => {
            for (let wait = Math.floor(random() * 30); wait > 0; wait -= 1) await Promise.resolve();
            await log.add(answer).catch(() => {});
            promised.add(answer.url);
            left -= 1;
            if (left === 0) crash();
          })();
        }
        if (left === 6) void settle().then(crash);
      });
      database.close();
      disk.crash(random());
    }
  },
);

describe('packs as rows of the index', () => {
  let database: DownloadsDatabase;
  let packs: DatabasePacks;

  beforeEach(async () => {
    database = await openDownloadsDatabase();
    packs = new DatabasePacks(database);
    const writer = await packs.open(PACK);
    await writer.append(new Uint8Array([0, 1, 2]));
    await writer.append(new Uint8Array());
    await writer.append(new Uint8Array([3, 4, 5, 6]));
    await writer.flush();
    await writer.append(new Uint8Array([7]));
  });

  it('are read across what was appended at a time, and up to what was flushed', async () => {
    expect(await packs.read(PACK, 0, 3)).toEqual(new Uint8Array([0, 1, 2]));
    expect(await packs.read(PACK, 2, 3)).toEqual(new Uint8Array([2, 3, 4]));
    expect(await packs.read(PACK, 3, 4)).toEqual(new Uint8Array([3, 4, 5, 6]));
    expect(await packs.read(PACK, 6, 10)).toEqual(new Uint8Array([6]));
    expect(await packs.read('other', 0, 1)).toBeNull();
    expect(await packs.size(PACK)).toBe(7);
    expect(await packs.size('other')).toBeNull();
  });

  it('are listed once each, cut, and removed', async () => {
    const other = await packs.open('other-1');
    await other.append(new Uint8Array([9]));
    await other.flush();
    expect(await packs.list()).toEqual(['other-1', PACK]);

    const writer = await packs.open(PACK);
    expect(writer.size).toBe(7);
    await writer.truncate(3);
    expect(await packs.size(PACK)).toBe(3);

    await packs.remove(PACK);
    await packs.remove(PACK);
    expect(await packs.list()).toEqual(['other-1']);
  });

  it('forget what was appended and not flushed when they are cut', async () => {
    const writer = await packs.open(PACK);
    await writer.append(new Uint8Array([7, 8]));
    await writer.truncate(7);
    await writer.append(new Uint8Array([70]));
    await writer.flush();

    expect(await packs.read(PACK, 6, 9)).toEqual(new Uint8Array([6, 70]));
  });
});
