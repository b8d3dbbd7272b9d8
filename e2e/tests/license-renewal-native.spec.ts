import { expect, test } from '../support/fixtures.js';

test('the browser’s own Clear Key is renewed by one request, in mid-play, and a refusal costs nothing', async ({
  page,
  player,
  site,
}) => {
  await page.goto(`${site.url}/harness/policy.html`);
  await player.play('premium', { session: { format: 'dash' } });
  await player.expectPicture({ atMost: 720 });
  const renew = () => page.evaluate(() => window.policyPage.renew());
  const sent = site.licenses.length;

  expect(await renew()).toBe('renewed');
  expect(site.licenses.length - sent).toBe(1);
  expect((await player.state()).drm).toMatchObject({ renewal: 'none', lastRenewal: { gapMs: 0 } });
  await player.expectPicture({ atMost: 720 });

  site.faults.inject(/^\/license\//, () => new Response(null, { status: 403 }));
  expect(await renew()).toBe('license-refused');
  await player.expectPicture({ atMost: 720 });
  expect(await player.state()).toMatchObject({ error: null, drm: { renewal: 'refused' } });
});
