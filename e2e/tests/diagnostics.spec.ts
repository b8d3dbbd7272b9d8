import { toSource, type KeySystem, type Source, type TimelineDocument } from '@secure-player/react';
import type { Page } from '@playwright/test';

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
async function play(page: Page, site: Site, keySystem: KeySystem) {
  await page.goto(`${site.url}/harness/diagnostics.html`);
  const token = await site.logIn('premium');
  const { source } = await site.openPlaybackSession({ token });
  const preferred: Source = { ...toSource(source), preferredKeySystems: [keySystem] };
  await page.evaluate(([given, credential]) => window.diagnostics.show(given, credential), [
    preferred,
    token,
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
