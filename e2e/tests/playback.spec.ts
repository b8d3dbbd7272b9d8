import { expect, test } from '../support/fixtures.js';

const FORMATS = ['dash', 'hls', 'dash-cbcs'] as const;

for (const format of FORMATS) {
  test.describe(format, () => {
    test('plays in HD for the premium account, and shows the rendition it says it plays', async ({
      player,
      site,
    }) => {
      await player.play('premium', { session: { format } });

      await player.expectPicture(720);
      await player.expectQualityOnScreen();
      const { status, drm } = await player.state();

      expect(status).toBe('playing');
      expect(drm.keySystem).toBe('org.w3.clearkey');
      expect(drm.keyStatuses.map((key) => key.status)).toEqual(['usable', 'usable', 'usable']);
      expect(site.licenses).toHaveLength(1);
    });

    test('goes through loading to playing, and keeps to the pixels while the quality is chosen by hand', async ({
      player,
    }) => {
      await player.play('premium', { session: { format } });
      await player.expectPicture(720);

      for (const height of [234, 360, 720]) {
        await player.keepTo(height);
        await player.expectPicture(height);
        expect(await player.expectQualityOnScreen()).toBe(height);
      }

      const statuses = await player.statuses();
      expect(statuses.slice(0, 1)).toEqual(['loading']);
      expect(statuses).toContain('playing');
      expect(statuses).not.toContain('error');
    });
  });
}

test('has both languages of sound and captions', async ({ player }) => {
  await player.play('premium');
  await player.expectPicture({ atMost: 720 });

  const { audioTracks, textTracks } = await player.state();
  expect(audioTracks.map(({ language }) => language).sort()).toEqual(['en', 'es']);
  expect(textTracks.map(({ language }) => language).sort()).toEqual(['en', 'es']);
});

test('seeks, pauses and goes on', async ({ page, player }) => {
  await player.play('premium');
  await player.expectPicture({ atMost: 720 });

  await page.evaluate(() => window.harness.player().seek(40));
  await expect.poll(() => player.expectPicture({ atMost: 720 })).toBeGreaterThanOrEqual(40);

  await page.evaluate(() => window.harness.player().pause());
  await player.expectStatus('paused');
  await page.evaluate(() => window.harness.player().play());
  await player.expectStatus('playing');
});

test('a seek at the very moment of ready is not lost', async ({ page, player, site }) => {
  const { source } = await site.openPlaybackSession({ token: await site.logIn('premium') });
  await player.show(source, { autoPlay: false });
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const handle = window.harness.player();
        const unsubscribe = handle.subscribe(() => {
          if (handle.getState().status !== 'ready') return;

          unsubscribe();
          handle.seek(40);
          resolve();
        });
      }),
  );
  await player.pressPlay();

  expect(await player.expectPicture({ atMost: 720 })).toBeGreaterThanOrEqual(40);
});

test('swaps DASH for HLS in the middle of a film, and stops for null', async ({ page, player, site }) => {
  await player.play('premium', { session: { format: 'dash' } });
  await player.expectPicture({ atMost: 720 });
  await player.play('premium', { session: { format: 'hls' } });
  await player.expectPicture({ atMost: 720 });
  expect((await player.state()).error).toBeNull();

  await player.show(null);
  await player.expectStatus('idle');
  expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState)).toBe(0);
  expect(site.url).toMatch(/^http:/);
});

test('one engine lives under StrictMode, and none after unmount', async ({ page, player }) => {
  await page.evaluate(() => {
    // Counted at the platform: every engine attaches exactly one MediaSource to play.
    const create = URL.createObjectURL.bind(URL);
    const counter = window as unknown as { attached: number };
    counter.attached = 0;
    URL.createObjectURL = (object: Blob | MediaSource) => {
      if (object instanceof MediaSource) counter.attached += 1;
      return create(object);
    };
  });
  await player.play('premium');
  await player.expectPicture({ atMost: 720 });
  expect(await page.evaluate(() => (window as unknown as { attached: number }).attached)).toBe(1);
  // Effects did run twice, and the load went on.
  expect((await player.statuses()).slice(0, 2)).toEqual(['loading', 'ready']);

  const video = await page.locator('video').elementHandle();
  await page.evaluate(() => window.harness.unmount());
  await expect
    .poll(() => video?.evaluate((element: HTMLVideoElement) => [element.src, element.mediaKeys === null]))
    .toEqual(['', true]);
});

for (const strict of [true, false]) {
  const mode = strict ? 'under StrictMode' : 'as in production';

  test(`plays, and tells the sound as it is, each time that it is mounted ${mode}`, async ({
    page,
    player,
    site,
  }) => {
    const token = await site.logIn('premium');
    const { source } = await site.openPlaybackSession({ token });

    for (const _ of [1, 2, 3, 4]) {
      await player.show(source, { tokens: [token], strict });
      await player.expectPicture({ atMost: 720 });
      const muted = await page.locator('video').evaluate((video: HTMLVideoElement) => video.muted);
      expect({ told: (await player.state()).muted, muted }).toEqual({ told: true, muted: true });

      await page.evaluate(() => window.harness.unmount());
      await expect(player.root).toHaveCount(0);
    }
  });
}
