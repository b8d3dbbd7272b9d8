import type { Source } from '@secure-player/react';

import { expect, test } from '../support/fixtures.js';
import type { Site } from '../support/site.js';

const FORMATS = ['dash', 'hls'] as const;

/** What a page can know without signing in: the public manifest, and where licenses are asked for. */
function publicSource(site: Site, format: 'dash' | 'hls'): Source {
  const title = site.titles.find(({ id }) => id === 'first-light');
  const stream = title?.streams.find((candidate) => candidate.format === format);
  if (!title || !stream) throw new Error('The film is not there.');

  return {
    src: `/media/${title.directory}/${stream.path}`,
    type: stream.type,
    keyIds: title.keys.map(({ keyId }) => keyId),
    drm: { 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } },
  };
}

for (const format of FORMATS) {
  for (const caps of ['with', 'without'] as const) {
    test(`the basic account plays ${format} in SD to the end ${caps} caps, and never gets the HD key`, async ({
      page,
      player,
      site,
    }) => {
      const { keyId, key } = await site.contentKey('first-light', 'HD');
      await player.play('basic', {
        session: { format },
        change: ({ caps: given, ...source }) => (caps === 'with' ? { ...source, caps: given } : source),
      });
      await player.expectPicture({ atMost: 360 });

      // Long enough at full speed for the engine to try HD; then to the end, so that a stall anywhere shows.
      await page.evaluate(() => {
        const { video } = window.harness.player();
        if (video) video.playbackRate = 4;
      });
      await player.expectStatus('ended', 60_000);
      await player.expectPictureAtRest({ atMost: 360 });

      const { qualities, error } = await player.state();
      expect(error).toBeNull();
      expect(qualities.filter(({ unusableReason }) => !unusableReason).map(({ height }) => height)).toEqual([
        360, 234,
      ]);

      expect(site.licenses.length).toBeGreaterThan(0);
      for (const body of site.licenses) {
        expect(body).not.toContain(Buffer.from(key).toString('base64url'));
        expect(body).not.toContain(Buffer.from(keyId, 'hex').toString('base64url'));
      }
    });
  }

  test(`an expired account is sent to the plans on ${format}`, async ({ player, site }) => {
    const token = await site.logIn('expired');
    await player.show(publicSource(site, format), { tokens: [token] });

    const error = await player.expectError('subscription-expired');
    expect(error).toMatchObject({ recovery: 'upgrade-plan', httpStatus: 403 });
  });

  test(`a viewer who is signed out is asked to sign in on ${format}`, async ({ player, site }) => {
    await player.show(publicSource(site, format));

    const error = await player.expectError('authentication-required');
    expect(error).toMatchObject({ recovery: 'sign-in', httpStatus: 401 });
    // The page was asked once, and once more after the 401: it may just not have had its token yet.
    expect((await player.authorizations()).filter(({ purpose }) => purpose === 'license')).toMatchObject([
      { reason: 'initial' },
      { reason: 'unauthorized' },
    ]);
  });
}

test('a token that has gone stale is replaced without the viewer noticing', async ({ player, site }) => {
  const token = await site.logIn('premium');
  await player.show(publicSource(site, 'dash'), { tokens: ['stale', 'stale', token] });

  await player.expectPicture({ atMost: 720 });
});

test('the free preview plays for anyone, without a provider, from the first block of the README', async ({
  page,
  player,
  site,
}) => {
  await page.goto(`${site.url}/readme/readme.html`);
  await expect(page.locator('[data-secure-player]')).toHaveAttribute('data-status', 'ready', {
    timeout: 20_000,
  });
  await player.pressPlay();

  await player.expectPicture({ atMost: 360 });
});
