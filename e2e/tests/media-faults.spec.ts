import { expect, test } from '../support/fixtures.js';

const MANIFEST = /^\/media\/.*\.(mpd|m3u8)$/;
const SEGMENT = /^\/media\/.*\.m4s$/;

const FORMATS = ['dash', 'hls'] as const;

for (const format of FORMATS) {
  const session = { format };

  test(`${format}: a corrupt manifest ends in manifest-invalid, and retry plays`, async ({
    player,
    site,
  }) => {
    site.faults.inject(MANIFEST, () => new Response('<MPD><Period>this is no #EXTM3U'));
    await player.play('premium', { session });
    await player.expectError('manifest-invalid');

    site.faults.clear();
    await player.retry();
    await player.expectPicture({ atMost: 720 });
  });

  test(`${format}: a manifest that is not there ends in manifest-not-found, and retry plays`, async ({
    player,
    site,
  }) => {
    site.faults.inject(MANIFEST, () => new Response('gone', { status: 404 }));
    await player.play('premium', { session });
    expect(await player.expectError('manifest-not-found')).toMatchObject({ httpStatus: 404 });

    site.faults.clear();
    await player.retry();
    await player.expectPicture({ atMost: 720 });
  });

  test(`${format}: a segment that fails twice and then works is not noticed`, async ({ player, site }) => {
    site.faults.inject(SEGMENT, () => new Response('busy', { status: 503 }), 2);
    await player.play('premium', { session });

    await player.expectPicture({ atMost: 720 });
    expect(await player.statuses()).not.toContain('error');
  });

  test(`${format}: segments that never come end in segment-unavailable, and retry plays`, async ({
    player,
    site,
  }) => {
    site.faults.inject(SEGMENT, () => new Response('busy', { status: 503 }));
    await player.play('premium', { session });
    expect(await player.expectError('segment-unavailable', 40_000)).toMatchObject({ httpStatus: 503 });

    site.faults.clear();
    await player.retry();
    await player.expectPicture({ atMost: 720 });
  });

  test(`${format}: a gap in the network is bridged while there is film left`, async ({
    page,
    player,
    site,
  }) => {
    await player.play('premium', { session });
    await player.expectPicture({ atMost: 720 });
    await expect.poll(async () => (await player.state()).buffered.at(-1)?.end ?? 0).toBeGreaterThan(8);
    const refused = site.faults.inject(SEGMENT, () => new Response('busy', { status: 503 }));
    await expect.poll(() => refused(), { timeout: 30_000 }).toBeGreaterThan(4);

    site.faults.clear();
    // Past what was buffered when the gap began: the film went on.
    const { buffered } = await player.state();
    const end = buffered.at(-1)?.end ?? 0;
    await expect
      .poll(async () => (await player.state()).currentTime, { timeout: 60_000 })
      .toBeGreaterThan(end);
    expect(await player.statuses()).not.toContain('error');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test(`${format}: after a failure in the middle, retry goes on at the same place`, async ({
    page,
    player,
    site,
  }) => {
    await player.play('premium', { session });
    await player.expectPicture({ atMost: 720 });
    site.faults.inject(SEGMENT, () => new Response('busy', { status: 503 }));
    await page.evaluate(() => window.harness.player().seek(44));
    await player.expectError('segment-unavailable', 40_000);

    site.faults.clear();
    await player.retry();
    const seconds = await player.expectPicture({ atMost: 720 });
    expect(seconds).toBeGreaterThanOrEqual(44);
  });
}
