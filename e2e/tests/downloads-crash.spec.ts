import type { BrowserContext, Page } from '@playwright/test';

import type { DownloadOrigin } from '../support/download-origin.js';
import { expectWhole, film, keptPaths, settled, start, test } from '../support/download-test.js';
import { expect } from '../support/fixtures.js';

/** Requests that the kit has under way at a time, at most: see `Transfer`. */
const CONCURRENCY = 24;
/** More than that, so that most of it is none of what is under way. */
const SEGMENTS = 72;
const BEFORE_THE_CRASH = 40;
/** Answers that are out, and that nobody waits for to be kept. */
const UNDER_WAY = 3;

test.use({ segments: SEGMENTS });

test('of a tab that crashes, the other one takes over, and fetches nothing again but what was under way', async ({
  context,
  open,
  origin,
}) => {
  const [first, second] = [await open(), await open()];
  await expect.poll(() => film(first)).toMatchObject({ isOwner: true });
  const kept = await downloadInPart(first, second, origin);

  await crash(context, first);
  origin.answerAll();
  expect(await settled(second)).toMatchObject({ status: 'complete' });
  await expect.poll(() => film(second)).toMatchObject({ isOwner: true });
  await expectWhole(second, origin);
  expectFetchedOnce(origin, kept);
});

test('of the only tab, which crashes, the next one finds what was kept, and goes on by itself', async ({
  context,
  open,
  origin,
}) => {
  const only = await open();
  const kept = await downloadInPart(only, only, origin);

  await crash(context, only);
  origin.answerAll();
  const next = await open();
  expect(await settled(next)).toMatchObject({ status: 'complete' });
  await expectWhole(next, origin);
  expectFetchedOnce(origin, kept);
});

/** Resolves in the middle of a download, with the paths of what is kept of it by then. */
async function downloadInPart(owner: Page, reader: Page, origin: DownloadOrigin): Promise<string[]> {
  const enough = origin.answerOnly(BEFORE_THE_CRASH);
  await start(owner, origin);
  await enough;
  const least = BEFORE_THE_CRASH - UNDER_WAY;
  await expect.poll(async () => (await keptPaths(reader, origin)).length).toBeGreaterThanOrEqual(least);

  return keptPaths(reader, origin);
}

/** Ends the process of a tab as the system would. Resolves when the browser has noticed. */
async function crash(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // A tab that is gone does not answer.
  void session.send('Page.crash').catch(() => {});
  await crashed;
}

function expectFetchedOnce(origin: DownloadOrigin, kept: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const path of origin.answers) counts.set(path, (counts.get(path) ?? 0) + 1);

  for (const path of kept) expect(counts.get(path), path).toBe(1);
  expect(origin.answers.length - counts.size).toBeLessThanOrEqual(CONCURRENCY);
}
