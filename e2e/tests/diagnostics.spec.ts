import { toSource, type KeySystem, type Source, type TimelineDocument } from '@secure-player/react';
import type { Page, Request } from '@playwright/test';

import type { DiagnosticsOptions } from '../harness/diagnostics.js';
import { expect, test } from '../support/key-system-test.js';
import type { Site } from '../support/site.js';

const GROUPS = ['AUDIO', 'SD', 'HD'] as const;
/** Clear Key has no server certificate. */
const STEPS = {
  'org.w3.clearkey': ['access', 'keys', 'session', 'challenge', 'server', 'update', 'statuses'],
  'com.widevine.alpha': [
    'access',
    'keys',
    'certificate',
    'session',
    'challenge',
    'server',
    'update',
    'statuses',
  ],
} as const;

test.afterEach(({ site }) => {
  site.licenses.length = 0;
});

/** Plays the film under a key system on the page of the diagnostics. */
async function play(page: Page, site: Site, keySystem: KeySystem, options: Partial<DiagnosticsOptions> = {}) {
  await page.goto(`${site.url}/harness/diagnostics.html`);
  const token = await site.logIn('premium');
  const { source } = await site.openPlaybackSession({ token });
  const preferred: Source = { ...toSource(source), preferredKeySystems: [keySystem] };
  await page.evaluate(([given, how]) => window.diagnostics.show(given, how), [
    preferred,
    { token, ...options },
  ] as const);
  await expect(page.locator('[data-secure-player]')).toHaveAttribute('data-status', 'playing');

  return { token, source };
}

/** The exported text, once the statuses of the keys are known. */
async function exportTimeline(page: Page): Promise<string> {
  const read = () => page.evaluate(() => window.diagnostics.timeline().exportTimeline());
  await expect.poll(read).toContain('"usable"');

  return read();
}

for (const [keySystem, steps] of Object.entries(STEPS)) {
  test(`the timeline of ${keySystem} has every step, with its duration and without a secret`, async ({
    page,
    site,
  }) => {
    const { token, source } = await play(page, site, keySystem as KeySystem);
    const text = await exportTimeline(page);
    const { entries } = JSON.parse(text) as TimelineDocument;

    expect(entries.map(({ step }) => step)).toEqual(steps);
    expect(new Set(entries.map(({ outcome }) => outcome))).toEqual(new Set(['ok']));
    expect(entries.map(({ atMs }) => atMs)).toEqual(entries.map(({ atMs }) => atMs).sort((a, b) => a - b));
    for (const { atMs, durationMs } of entries) {
      expect(durationMs).toBeGreaterThanOrEqual(0);
      expect(atMs + (durationMs ?? 0)).toBeLessThan(60_000);
    }
    expect(entries.find(({ step }) => step === 'server')?.detail).toMatchObject({
      attempt: 1,
      httpStatus: 200,
    });

    const [license = ''] = site.licenses;
    const secrets = [token, license.slice(0, 24), source.session?.id ?? '', site.url, '/license'];
    for (const group of GROUPS) {
      const { keyId, key } = await site.contentKey('first-light', group);
      secrets.push(
        keyId,
        ...(['hex', 'base64', 'base64url'] as const).map((as) => Buffer.from(key).toString(as)),
      );
    }
    expect(secrets.filter((secret) => secret.length < 8 || text.includes(secret))).toEqual([]);
  });
}

test('the figures tell how playback began, and render nobody anew while it goes on', async ({
  page,
  site,
}) => {
  await play(page, site, 'com.widevine.alpha');
  const measure = () => page.evaluate(() => window.diagnostics.player().getQualityOfExperience());
  await expect.poll(async () => (await measure()).timeToFirstFrameMs).not.toBeNull();
  const { timeToFirstFrameMs, drmShare, rebufferRatio } = await measure();
  const { entries } = JSON.parse(await exportTimeline(page)) as TimelineDocument;
  const server = entries.find(({ step }) => step === 'server')?.durationMs ?? 0;

  expect(timeToFirstFrameMs).toBeGreaterThan(server);
  expect(drmShare).toBeGreaterThan(0);
  expect(drmShare).toBeLessThan(1);
  expect(rebufferRatio).toBeLessThan(1);
  await expect.poll(async () => (await measure()).totalFrames).toBeGreaterThan(10);

  const rendered = () => page.evaluate(() => window.diagnostics.figures.map((one) => JSON.stringify(one)));
  const all = await rendered();
  // In StrictMode each effect runs twice at the mount, and only there.
  expect(new Set(all.slice(2)).size).toBe(all.slice(2).length);
});

test('the watermark comes back when it is removed or hidden, says so, and lies over the picture in fullscreen', async ({
  page,
  site,
}) => {
  const { source } = await play(page, site, 'org.w3.clearkey', { watermark: 'viewer@example.com' });
  const mark = page.locator('[data-secure-player] > [data-part="watermark"]');
  const tamperings = () => page.evaluate(() => window.diagnostics.tamperings.map(({ kind }) => kind));
  await expect(mark).toHaveText(`viewer@example.com ${source.session?.id}`);
  await expect(mark).toBeVisible();

  await mark.evaluate((element) => element.remove());
  await expect(mark).toBeVisible();
  await mark.evaluate((element: HTMLElement) => element.style.setProperty('display', 'none', 'important'));
  await expect(mark).toBeVisible();
  expect(await tamperings()).toEqual(['removed', 'altered']);

  // A sheet of the page has no say in it.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('[data-part="watermark"] { display: none !important; opacity: 0 !important }');
    document.adoptedStyleSheets = [sheet];
  });
  await expect(mark).toBeVisible();
  await expect(mark).toHaveCSS('opacity', '0.28');

  await page.mouse.click(640, 360);
  await page.locator('[data-secure-player]').evaluate((root) => root.requestFullscreen());
  await expect
    .poll(() => page.evaluate(() => document.fullscreenElement?.className))
    .toContain('secure-player');
  await expect(mark).toBeVisible();
});

test('requests carry CMCD where the page switches it on, and in it neither token nor license URL', async ({
  page,
  site,
}) => {
  const told: { path: string; cmcd: string }[] = [];
  page.on('request', (request: Request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (/\.(?:mpd|m4s|mp4)$/.test(pathname))
      told.push({ path: pathname, cmcd: searchParams.get('CMCD') ?? '' });
  });
  await play(page, site, 'com.widevine.alpha');
  expect(new Set(told.map(({ cmcd }) => cmcd))).toEqual(new Set(['']));

  // The first page streams on until it is left, and its segments are not the second one's.
  await page.goto('about:blank');
  told.length = 0;
  const { token } = await play(page, site, 'com.widevine.alpha', { cmcd: { sessionId: 'playback-1' } });
  await expect.poll(() => told.filter(({ path }) => /\.(?:m4s|mp4)$/.test(path)).length).toBeGreaterThan(2);
  for (const { cmcd } of told) {
    expect(cmcd).toContain('sid="playback-1"');
    expect(cmcd).toContain('cid="first-light"');
    expect(cmcd).not.toContain(token);
    expect(cmcd).not.toContain('license');
  }
});
