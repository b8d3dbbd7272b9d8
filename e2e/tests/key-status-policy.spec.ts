import { expect, test } from '../support/policy-test.js';

const FILM = 'first-light';

test.describe('a display that does not allow the picture', () => {
  test('ends playback where the policy is `error`, though SD would be allowed', async ({
    player,
    policyPage,
    cdm,
  }) => {
    await policyPage.play('com.widevine.alpha', 'dash', { policy: { outputRestricted: 'error' } });
    await player.expectPicture({ atMost: 720 });
    await cdm.setHdcp('none');

    await player.expectError('output-restricted');
    await cdm.setHdcp('2.2');
    await player.retry();
    await player.expectPicture({ atMost: 720 });
  });

  for (const [keySystem, format] of [
    ['com.widevine.alpha', 'dash'],
    ['org.w3.clearkey', 'hls'],
  ] as const) {
    test(`${keySystem}: is waited out where the policy is \`continue\`, and ends playback where it becomes \`fallback\``, async ({
      player,
      policyPage,
      cdm,
      site,
    }) => {
      await policyPage.play(keySystem, format, { policy: { outputRestricted: 'continue' } });
      await player.expectPicture({ atMost: 720 });
      const groups = await Promise.all([site.contentKey(FILM, 'SD'), site.contentKey(FILM, 'HD')]);
      const restrict = async (isRestricted: boolean) => {
        for (const { keyId } of groups) await cdm.restrictOutput(keyId, isRestricted);
      };

      await restrict(true);
      await player.expectStatus('buffering');
      await policyPage.pass(2);
      expect((await player.state()).error).toBeNull();
      await restrict(false);
      await player.expectPicture({ atMost: 720 });

      await policyPage.setPolicy({ outputRestricted: 'fallback' });
      await restrict(true);
      await player.expectError('output-restricted');
    });
  }
});

test.describe('a license that ends', () => {
  test.beforeEach(({ site }) => {
    site.policies.set(FILM, { licenseDurationSeconds: 3600 });
  });

  test('is not renewed where the policy is `error`, and ends playback', async ({
    player,
    policyPage,
    site,
  }) => {
    await policyPage.play('com.microsoft.playready', 'dash-cbcs', { policy: { expired: 'error' } });
    await player.expectPicture({ atMost: 720 });
    const sent = site.licenses.length;
    await policyPage.pass(58);
    await player.expectPicture({ atMost: 720 });
    await policyPage.pass(3);

    await player.expectError('key-expired');
    expect(site.licenses.length).toBe(sent);
  });

  test('leaves the picture waiting where the policy is `continue`, until the page renews it', async ({
    player,
    policyPage,
    site,
  }) => {
    await policyPage.play('com.widevine.alpha', 'dash', { policy: { expired: 'continue' } });
    await player.expectPicture({ atMost: 720 });
    const sent = site.licenses.length;
    await policyPage.pass(61);
    await player.expectStatus('buffering');
    await policyPage.pass(2);
    expect(await player.state()).toMatchObject({ error: null });
    expect(site.licenses.length).toBe(sent);

    expect(await policyPage.renew()).toEqual(['renewed']);
    await player.expectPicture({ atMost: 720 });
    expect(site.licenses.length - sent).toBe(1);
  });
});

test('keys that are to be usable later are waited for, however long', async ({
  page,
  player,
  policyPage,
  site,
}) => {
  // The server gives nothing away before its time. So it is the page that is half an hour behind.
  site.policies.set(FILM, { notBefore: Date.now() - 60_000 });
  await page.clock.setSystemTime(Date.now() - 1_800_000);
  await policyPage.play('com.widevine.alpha', 'dash');
  await expect
    .poll(async () => (await player.state()).drm.keyStatuses.map(({ status }) => status))
    .toContain('usable-in-future');
  await policyPage.pass(5);
  expect((await player.state()).error).toBeNull();

  await policyPage.pass(26);
  await player.expectPicture({ atMost: 720 });
});

test('a session that says nothing is not waited for, though nobody has pressed play', async ({
  page,
  player,
  policyPage,
  cdm,
}) => {
  await cdm.failNext('message', 'silent');
  await policyPage.play('com.widevine.alpha', 'dash', { autoPlay: false });
  await expect(page.locator('[data-status=ready], [data-status=error]')).toBeVisible();
  await policyPage.pass(1);

  await player.expectError('key-missing');
  await player.retry();
  await expect.poll(async () => (await player.state()).drm.keyStatuses.length).toBeGreaterThan(0);
});

test('a module that breaks down in mid-play is made anew, and the film goes on where it was', async ({
  player,
  policyPage,
  cdm,
}) => {
  await policyPage.play('com.widevine.alpha', 'dash');
  await player.expectPicture({ atMost: 720 });
  await cdm.failNext('update', 'internal-error');
  await cdm.renewNow();
  await expect
    .poll(async () => (await cdm.sessions()).map(({ closedReason }) => closedReason))
    .toEqual(['internal-error', null]);

  await player.expectPicture({ atMost: 720 });
  expect((await player.state()).error).toBeNull();
  expect((await player.statuses()).filter((status) => status === 'loading').length).toBeGreaterThan(1);
});
