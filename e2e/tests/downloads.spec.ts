import type { CDPSession, Page } from '@playwright/test';

import { expectWhole, film, settled, start, test, times } from '../support/download-test.js';
import { expect } from '../support/fixtures.js';

const SEGMENTS = 24;

test.use({ segments: SEGMENTS });

test('a title is downloaded once, and read as it was', async ({ open, origin }) => {
  const page = await open();
  await start(page, origin);

  expect(await settled(page)).toMatchObject({ status: 'complete', progress: 1 });
  await expectWhole(page, origin);
  expect(times(origin)).toEqual(times(origin).map(() => 1));
});

test('pause stops it, a reload keeps the pause, and resuming fetches the rest alone', async ({
  open,
  origin,
}) => {
  const page = await open();
  const enough = origin.answerOnly(6);
  await start(page, origin);
  await enough;
  await page.evaluate(() => window.downloadsPage.downloads.pause('film'));
  await expect.poll(() => film(page)).toMatchObject({ status: 'paused' });

  origin.answerAll();
  await page.reload();
  await expect.poll(() => film(page)).toMatchObject({ status: 'paused', isOwner: true });
  const before = origin.answers.length;
  await page.evaluate(() => window.downloadsPage.downloads.resume('film'));
  expect(await settled(page)).toMatchObject({ status: 'complete' });
  // What was on its way when it was paused may have come, and not have been kept.
  expect(origin.answers.length - before).toBeLessThanOrEqual(SEGMENTS + 1);
  await expectWhole(page, origin);
});

test('a reload in the middle goes on by itself', async ({ open, origin }) => {
  const page = await open();
  const enough = origin.answerOnly(9);
  await start(page, origin);
  await enough;
  origin.answerAll();
  await page.reload();

  expect(await settled(page)).toMatchObject({ status: 'complete' });
  await expectWhole(page, origin);
});

test('one tab works, the other follows, commands, and takes over', async ({ open, origin }) => {
  const [first, second] = [await open(), await open()];
  await expect.poll(() => film(first)).toMatchObject({ isOwner: true });
  const enough = origin.answerOnly(8);
  await start(second, origin);
  await enough;
  await expect.poll(() => film(second)).toMatchObject({ isOwner: false, status: 'downloading' });

  origin.answerAll();
  await first.close();
  expect(await settled(second)).toMatchObject({ status: 'complete' });
  await expect.poll(() => film(second)).toMatchObject({ isOwner: true });
  await expectWhole(second, origin);
});

test('without a network it waits, and goes on when it is back', async ({ context, open, origin }) => {
  const page = await open();
  const enough = origin.answerOnly(5);
  await start(page, origin);
  await enough;
  await context.setOffline(true);
  await expect.poll(() => film(page)).toMatchObject({ status: 'waiting', waitingFor: 'network' });

  origin.answerAll();
  await context.setOffline(false);
  expect(await settled(page)).toMatchObject({ status: 'complete' });
  await expectWhole(page, origin);
});

test('a server that fails for a while costs time and nothing else', async ({ open, origin }) => {
  const page = await open();
  let failures = 0;
  origin.inject(/segment-3\.m4s/, (response, pass) => {
    failures += 1;
    if (failures > 2) return pass();
    response.writeHead(503).end();
  });
  await start(page, origin);

  expect(await settled(page)).toMatchObject({ status: 'complete' });
  expect(failures).toBe(3);
});

test('a segment that is gone is told by name, and what is here stays', async ({ open, origin }) => {
  const page = await open();
  origin.inject(/segment-20\.m4s/, (response) => response.writeHead(404).end());
  await start(page, origin);
  await settled(page);
  expect(await film(page)).toMatchObject({ status: 'failed', error: 'segment-unavailable' });

  origin.clear();
  await page.evaluate(() => window.downloadsPage.downloads.resume('film'));
  await expect.poll(() => film(page)).toMatchObject({ status: 'complete' });
  await expectWhole(page, origin);
});

test('a title that changed on the server is begun anew, and nothing of the last one stays', async ({
  open,
  origin,
}) => {
  const page = await open();
  const enough = origin.answerOnly(6);
  await start(page, origin);
  await enough;
  origin.version = 2;
  origin.answerAll();
  await page.reload();

  expect(await settled(page)).toMatchObject({ status: 'complete' });
  await expectWhole(page, origin);
  expect(await packs(page)).toHaveLength(1);
});

test('a byte that changed on the disk is noticed, and its segment alone is fetched again', async ({
  context,
  open,
  origin,
}) => {
  const page = await open();
  await start(page, origin);
  await settled(page);
  const fetched = origin.answers.length;
  await damage(page, 100_000);

  await context.setOffline(true);
  const read = (path: string) =>
    page.evaluate(
      (url) => window.downloadsPage.digests('film', [url]).catch((error) => error.code),
      origin.url(path),
    );
  const errors = [];
  for (const path of origin.paths()) errors.push(await read(path));
  expect(errors.filter((error) => error === 'download-damaged')).toHaveLength(1);

  await context.setOffline(false);
  await expect.poll(() => film(page)).toMatchObject({ status: 'complete' });
  expect(origin.answers.length).toBe(fetched + 1);
  await expectWhole(page, origin);
});

test('a disk that is full loses nothing, and room lets it go on', async ({ context, open, origin, site }) => {
  const page = await open();
  const session = await context.newCDPSession(page);
  await setQuota(session, site.url, 150_000);
  await start(page, origin);
  await settled(page);
  expect(await film(page)).toMatchObject({ status: 'failed', error: 'storage-full' });

  await session.send('Storage.overrideQuotaForOrigin', { origin: site.url });
  await page.evaluate(() => window.downloadsPage.downloads.resume('film'));
  await expect.poll(() => film(page)).toMatchObject({ status: 'complete' });
  await expectWhole(page, origin);
});

test('files that were evicted come back, and files of nobody are freed', async ({ open, origin }) => {
  const page = await open();
  await start(page, origin);
  await settled(page);
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('secure-player-downloads');
    for await (const name of folder.keys()) await folder.removeEntry(name);
    await folder.getFileHandle('an-orphan-7', { create: true });
  });
  const before = origin.answers.length;
  await page.reload();

  await expect.poll(() => origin.answers.length).toBe(before + SEGMENTS + 1);
  await expect.poll(() => film(page)).toMatchObject({ status: 'complete' });
  await expectWhole(page, origin);
  expect(await packs(page)).toHaveLength(1);
});

test('removing frees everything', async ({ open, origin }) => {
  const page = await open();
  await start(page, origin);
  await settled(page);
  await page.evaluate(() => window.downloadsPage.downloads.remove('film'));

  await expect.poll(() => film(page)).toMatchObject({ status: undefined });
  expect(await packs(page)).toEqual([]);
});

/** The files of downloads. */
function packs(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('secure-player-downloads');
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  });
}

/** Turns one byte of the only file around. */
async function damage(page: Page, at: number): Promise<void> {
  await page.evaluate(async (position) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('secure-player-downloads');
    for await (const name of folder.keys()) {
      const handle = await folder.getFileHandle(name);
      const byte = new Uint8Array(await (await handle.getFile()).slice(position, position + 1).arrayBuffer());
      const writer = await handle.createWritable({ keepExistingData: true });
      await writer.write({ type: 'write', position, data: byte.map((value) => value ^ 0xff) });
      await writer.close();
    }
  }, at);
}

async function setQuota(session: CDPSession, origin: string, quotaSize: number): Promise<void> {
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
}
