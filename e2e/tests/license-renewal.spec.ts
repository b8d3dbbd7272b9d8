import { createProblem } from '@secure-player/protocol';

import { PAIRS } from '../support/key-system-test.js';
import { expect, test } from '../support/policy-test.js';
import { readStore } from '../virtual-cdm/persistent-session-in-page.js';

const LICENSE = /^\/license\//;
const HOUR_MS = 3_600_000;

const refuse = () => {
  const problem = createProblem('subscription-expired');
  return new Response(JSON.stringify(problem), { status: problem.status });
};

test.beforeEach(({ site }) => {
  // A license for an hour, whose module asks for nothing: whoever wants another has to ask for it.
  site.policies.set('first-light', { licenseDurationSeconds: 3600 });
});

for (const [keySystem, format] of PAIRS) {
  test(`${keySystem}: a license is renewed ahead of its end, once, and one that is refused lasts until then`, async ({
    page,
    player,
    policyPage,
    cdm,
    site,
  }) => {
    await policyPage.play(keySystem, format);
    await player.expectPicture({ atMost: 720 });
    const end = await player.licenseEnd();
    const open = (await cdm.sessions()).length;
    const sent = site.licenses.length;

    await policyPage.pass(57);
    await expect.poll(async () => (await player.state()).drm.lastRenewal?.gapMs).toBe(0);
    await expect.poll(async () => (await player.state()).drm.expiresAt ?? 0).toBeGreaterThan(end);
    expect(site.licenses.length - sent).toBe(open);
    expect((await cdm.sessions()).filter(({ closedReason }) => closedReason === null)).toHaveLength(open);

    // Past the end of the first license.
    await policyPage.pass(10);
    await player.expectPicture({ atMost: 720 });
    expect(await player.state()).toMatchObject({ error: null, notice: null, drm: { renewal: 'none' } });

    const refused = site.faults.inject(LICENSE, refuse);
    await policyPage.pass(47);
    await expect.poll(async () => (await player.state()).drm.renewal).toBe('refused');
    // So near the end the viewer is told when that is, and not why.
    await expect(page.locator('[data-part=expiry]')).toHaveText(/You can watch this video until/);
    expect((await player.state()).notice).toMatchObject({ code: 'license-renewal-refused' });
    await player.expectPicture({ atMost: 720 });
    const asked = refused();

    await policyPage.pass(10);
    await player.expectError('subscription-expired');
    expect(refused()).toBe(asked);
    site.faults.clear();
    await player.retry();
    await player.expectPicture({ atMost: 720 });
  });
}

test('a tab whose timers do not run finds out when it is looked at again', async ({
  page,
  player,
  policyPage,
}) => {
  await policyPage.play('com.microsoft.playready', 'dash-cbcs');
  await player.expectPicture({ atMost: 720 });
  const end = await player.licenseEnd();

  await page.clock.setSystemTime(end - 60_000);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect.poll(async () => (await player.state()).drm.expiresAt ?? 0).toBeGreaterThan(end + HOUR_MS / 2);
  await player.expectPicture({ atMost: 720 });
});

test('a page renews, however often it asks at once, by one request', async ({
  player,
  policyPage,
  site,
  cdm,
}) => {
  await policyPage.play('com.widevine.alpha', 'dash');
  await player.expectPicture({ atMost: 720 });
  const sent = site.licenses.length;
  expect(await policyPage.renew(3)).toEqual(['renewed', 'renewed', 'renewed']);
  expect(site.licenses.length - sent).toBe(1);
  await player.expectPicture({ atMost: 720 });

  site.faults.inject(LICENSE, refuse);
  expect(await policyPage.renew()).toEqual(['subscription-expired']);
  await player.expectPicture({ atMost: 720 });
  site.faults.clear();

  await policyPage.release();
  expect((await player.state()).drm.keyStatuses.map(({ status }) => status)).toEqual(
    (await player.state()).drm.keyStatuses.map(() => 'released'),
  );
  expect((await cdm.sessions()).filter(({ closedReason }) => closedReason === null)).toEqual([]);
  await player.expectError('key-expired');
  await player.retry();
  await player.expectPicture({ atMost: 720 });
});

for (const keySystem of ['org.w3.clearkey', 'com.widevine.alpha', 'com.microsoft.playready'] as const) {
  test(`${keySystem}: a license that is stored is one, however often it is renewed, and none when it was given back`, async ({
    page,
    player,
    policyPage,
    site,
    cdm,
  }) => {
    site.policies.set('first-light', { licenseDurationSeconds: 3600, canPersist: true });
    await player.play('premium', {
      session: { format: 'dash' },
      change: (source) => ({
        ...source,
        preferredKeySystems: [keySystem],
        drm: {
          ...source.drm,
          [keySystem]: { ...source.drm?.[keySystem], sessionType: 'persistent-license' },
        },
      }),
    });
    await player.expectPicture({ atMost: 720 });
    const stored = await page.evaluate(readStore, 'sessions' as const);
    expect(stored).toHaveLength(1);

    expect(await policyPage.renew()).toEqual(['renewed']);
    const renewed = await page.evaluate(readStore, 'sessions' as const);
    expect(renewed).toHaveLength(1);
    expect(renewed).not.toEqual(stored);
    await player.expectPicture({ atMost: 720 });

    await policyPage.release();
    expect(await page.evaluate(readStore, 'sessions' as const)).toEqual([]);
    const ends = (await cdm.sessions()).map(({ closedReason }) => closedReason);
    expect(ends.filter((reason) => reason === 'release-acknowledged')).toHaveLength(2);
    expect(ends).not.toContain(null);
    await player.expectError('key-expired');
    await player.retry();
    await player.expectPicture({ atMost: 720 });
  });
}
