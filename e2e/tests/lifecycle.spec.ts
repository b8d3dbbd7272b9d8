import { toSource, type Source } from '@secure-player/react';
import type { Page } from '@playwright/test';

import type { LifecyclePage } from '../harness/lifecycle.js';
import { expectPicture } from '../support/expect-picture.js';
import { expect, test as base } from '../support/fixtures.js';
import { readHeap } from '../support/heap.js';
import { countPlatform } from '../support/platform-counts.js';
import { watchRenders } from '../support/rendered-components.js';
import type { Site } from '../support/site.js';

/** The page that mounts, hides and removes players. */
const test = base.extend<{ render: (page: LifecyclePage | null) => Promise<void> }>({
  render: async ({ page, site }, provide) => {
    await countPlatform(page);
    await watchRenders(page);
    site.licenses.length = 0;
    await page.goto(`${site.url}/harness/lifecycle.html`);
    await provide((next) => page.evaluate((how) => window.lifecycle.render(how), next));
    site.faults.clear();
    site.licenses.length = 0;
  },
});

const ANY = { atMost: 720 };

/** The free film, in standard definition. */
async function previewOf(site: Site): Promise<Source> {
  const session = await site.openPlaybackSession({ token: null, contentId: 'first-light-preview' });

  return toSource(session.source);
}

const openSessions = (page: Page) => page.evaluate(() => window.platformCounts.openSessions());
const statusOf = (page: Page, id: string) => page.evaluate((name) => window.lifecycle.state(name).status, id);

test('a hundred films that were begun and left leave nothing behind', async ({ page, site, render }) => {
  // A hundred films in place of one.
  test.slow();
  const source = await previewOf(site);
  const cycle = (times: number) =>
    page.evaluate(([film, count]) => window.lifecycle.cycle(film, count), [source, times] as const);
  const listeners = () =>
    page.evaluate(() => [window.platformCounts.pageListeners(), window.platformCounts.mediaListeners()]);
  // What is loaded once and stays: the engine's code, the browser's caches.
  await cycle(5);
  await expect.poll(() => openSessions(page)).toBe(0);
  const [before, listenersBefore] = [await readHeap(page), await listeners()];

  const start = Date.now();
  await cycle(100);
  const seconds = (Date.now() - start) / 1000;
  await expect.poll(() => openSessions(page)).toBe(0);
  await expect.poll(listeners).toEqual(listenersBefore);
  const nothing = { detachedVideos: 0, mediaKeys: 0, mediaSources: 0, engines: 0 };
  await expect.poll(() => readHeap(page)).toMatchObject(nothing);
  const after = await readHeap(page);

  const growth = after.bytes - before.bytes;
  test.info().annotations.push({
    type: 'figures',
    description: `100 cycles in ${seconds.toFixed(1)} s; the heap grew by ${(growth / 1024).toFixed(0)} KiB`,
  });
  expect(await page.evaluate(() => window.platformCounts.attachedSources())).toBe(105);
  expect(growth).toBeLessThan(2 * 1024 * 1024);
  await render(null);
});

test('ten seconds of a film render nothing but what shows the time', async ({ page, site, render }) => {
  const source = await previewOf(site);
  const tenSeconds = async () => {
    await expect.poll(() => statusOf(page, 'film')).toBe('playing');
    await expectPicture(page, ANY);
    const start = await page.evaluate(() => {
      window.renderedComponents.length = 0;
      window.lifecycle.commits.total = 0;
      return window.lifecycle.state('film').currentTime;
    });
    await expect
      .poll(() => page.evaluate(() => window.lifecycle.state('film').currentTime), { timeout: 60_000 })
      .toBeGreaterThan(start + 10);

    return page.evaluate(() => ({
      commits: window.lifecycle.commits.total,
      rendered: [...new Set(window.renderedComponents)],
      status: window.lifecycle.state('film').status,
    }));
  };

  await render({ sources: { film: source } });
  expect(await tenSeconds()).toEqual({ commits: 0, rendered: [], status: 'playing' });

  await render({ sources: { film: source }, hasClock: true, controls: true });
  const { commits, rendered } = await tenSeconds();
  expect(commits).toBeGreaterThan(20);
  expect(rendered).toEqual(['Clock']);
});

test('an <Activity> that is hidden pauses, and plays on when it is shown, under the same license', async ({
  page,
  site,
  render,
}) => {
  const sources = { film: await previewOf(site) };
  const video = page.locator('video');
  await render({ sources });
  const before = await expectPicture(page, ANY);

  await render({ sources, mode: 'hidden' });
  await expect(video).toBeHidden();
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.paused)).toBe(true);
  expect(await openSessions(page)).toBeGreaterThan(0);

  await render({ sources, mode: 'visible' });
  expect(await expectPicture(page, ANY)).toBeGreaterThan(before);
  expect(site.licenses).toHaveLength(1);
  expect(await page.evaluate(() => window.platformCounts.attachedSources())).toBe(1);

  await render({ sources, mode: 'hidden' });
  await render(null);
  await expect.poll(() => openSessions(page)).toBe(0);
});

test('a sibling that suspends hides the film behind the fallback, and the film goes on', async ({
  page,
  site,
  render,
}) => {
  const sources = { film: await previewOf(site) };
  await render({ sources });
  await expectPicture(page, ANY);

  await render({ sources, isWaiting: true });
  await expect(page.getByText('Waiting for words')).toBeVisible();
  await page.evaluate(() => window.lifecycle.arrive());
  await expect(page.getByText('They have arrived.')).toBeVisible();
  await expectPicture(page, ANY);
  expect(site.licenses).toHaveLength(1);
});

test('two players on a page play two films, each in its own format', async ({ page, site, render }) => {
  const hls = await site.openPlaybackSession({
    token: null,
    contentId: 'first-light-preview',
    format: 'hls',
  });
  await render({ sources: { first: await previewOf(site), second: toSource(hls.source) } });
  await expectPicture(page.locator('#first'), ANY);
  await expectPicture(page.locator('#second'), ANY);

  // One that goes leaves the other as it is.
  await render({ sources: { second: toSource(hls.source) } });
  await expectPicture(page.locator('#second'), ANY);
  expect(await page.evaluate(() => window.platformCounts.attachedSources())).toBe(2);
  await render(null);
  await expect.poll(() => openSessions(page)).toBe(0);
});

/** Where a load stands when it is given up: its manifest, its license or its segments are under way. */
const MOMENTS = [
  ['manifest', /\.mpd$/],
  ['license', /^\/license\//],
  ['segments', /\.m4s$/],
] as const;

for (const [moment, path] of MOMENTS) {
  test(`a film that is removed while its ${moment} is under way leaves nothing open`, async ({
    page,
    site,
    render,
  }) => {
    const source = await previewOf(site);
    const { asked, answer } = holdAnswers(site, path);
    await render({ sources: { film: source } });
    await asked;
    await render(null);
    answer();

    await expect.poll(() => openSessions(page)).toBe(0);
    const nothing = { detachedVideos: 0, mediaKeys: 0, mediaSources: 0, engines: 0 };
    await expect.poll(() => readHeap(page)).toMatchObject(nothing);
  });

  test(`another film plays that was given while the ${moment} of the first is under way`, async ({
    page,
    site,
    render,
  }) => {
    const first = await previewOf(site);
    const { source: second } = await site.openPlaybackSession({
      token: await site.logIn('premium'),
      format: 'hls',
    });
    const { asked, answer } = holdAnswers(site, path);
    await render({ sources: { film: first } });
    await asked;
    await render({ sources: { film: toSource(second) } });
    answer();

    await expectPicture(page, ANY);
    expect(await page.evaluate(() => window.lifecycle.state('film').error)).toBeNull();
    await render(null);
    await expect.poll(() => openSessions(page)).toBe(0);
  });
}

test('a film that is mounted again at once, ten times, plays, and only the last is alive', async ({
  page,
  site,
  render,
}) => {
  const sources = { film: await previewOf(site) };
  for (let time = 0; time < 10; time += 1) {
    await render({ sources });
    await render(null);
  }
  await render({ sources });

  await expectPicture(page, ANY);
  await expect.poll(async () => (await readHeap(page)).engines).toBe(1);
  await render(null);
  await expect.poll(() => openSessions(page)).toBe(0);
});

/** Holds the answers back to requests for a path. `asked` resolves with the first of them; `answer` lets all pass. */
function holdAnswers(site: Site, path: RegExp): { asked: Promise<void>; answer: () => void } {
  let [ask, answer] = [() => {}, () => {}];
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const answered = new Promise<void>((resolve) => (answer = resolve));
  site.faults.inject(path, async (_, pass) => {
    ask();
    await answered;
    return pass();
  });

  return { asked, answer };
}
