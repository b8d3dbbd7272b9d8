import { toSource } from '@secure-player/react';
import type { Page } from '@playwright/test';

import { expectPicture } from '../support/expect-picture.js';
import { expect, test } from '../support/fixtures.js';

const video = (page: Page) => page.locator('video');
const isPaused = (page: Page) => video(page).evaluate((element: HTMLVideoElement) => element.paused);

/** What is heard, shown and kept to, as the player tells it. */
const chosen = (page: Page) =>
  page.evaluate(() => {
    const { audioTracks, textTracks, qualities, chosenQuality, playbackRate } = window.harness.state();
    const languageOf = (tracks: typeof audioTracks) => tracks.find(({ active }) => active)?.language ?? null;

    return {
      audio: languageOf(audioTracks),
      captions: languageOf(textTracks),
      height: qualities.find(({ id }) => id === chosenQuality)?.height ?? null,
      rate: playbackRate,
      onElement: document.querySelector('video')?.playbackRate,
    };
  });

const SPANISH = { audio: 'es', captions: 'es', height: 360, rate: 1.5, onElement: 1.5 };

/** A viewer chooses what is not the film's own choice. */
async function choose(page: Page, player: { keepTo(height: number): Promise<void> }): Promise<void> {
  await page.evaluate(() => {
    const { audioTracks, textTracks } = window.harness.state();
    const spanish = (tracks: typeof audioTracks) =>
      tracks.find(({ language }) => language === 'es')?.id ?? '';
    const handle = window.harness.player();
    handle.selectAudioTrack(spanish(audioTracks));
    handle.selectTextTrack(spanish(textTracks));
    handle.setPlaybackRate(1.5);
  });
  await expect.poll(() => chosen(page)).toMatchObject({ audio: 'es', captions: 'es' });
  await expectPicture(page, { atMost: 720 });
  await player.keepTo(360);
  await expectPicture(page, 360);
}

for (const format of ['dash', 'hls'] as const) {
  test(`${format}: another load of the film keeps what the viewer has chosen, another film does not`, async ({
    page,
    player,
  }) => {
    await player.play('premium', { session: { format } });
    await player.expectPicture({ atMost: 720 });
    await choose(page, player);
    expect(await chosen(page)).toEqual(SPANISH);

    await page.evaluate(() => window.harness.player().retry());
    await player.expectStatus('playing');
    await expect.poll(() => chosen(page)).toEqual(SPANISH);
    await player.expectPicture(360);

    await player.play('premium', { session: { format: format === 'dash' ? 'hls' : 'dash' } });
    await player.expectPicture({ atMost: 720 });
    expect(await chosen(page)).toMatchObject({ captions: null, height: null, rate: 1, onElement: 1 });
  });
}

test('a film that plays by itself, once paused, stays paused when it is loaded again', async ({
  page,
  player,
}) => {
  await player.play('premium');
  await player.expectPicture({ atMost: 720 });
  await page.evaluate(() => window.harness.player().pause());
  await player.expectStatus('paused');

  await page.evaluate(() => window.harness.player().retry());
  await player.expectStatus('ready');
  // By then an element that plays by itself has begun to.
  await expect.poll(() => video(page).evaluate((element: HTMLVideoElement) => element.readyState)).toBe(4);
  expect(await isPaused(page)).toBe(true);

  await player.pressPlay();
  await player.expectPicture({ atMost: 720 });
});

test('hidden for longer than its engine is kept, a paused film comes back paused, with its captions', async ({
  page,
  site,
}) => {
  await page.clock.install();
  await page.goto(`${site.url}/harness/lifecycle.html`);
  const session = await site.openPlaybackSession({ token: null, contentId: 'first-light-preview' });
  const show = (mode: 'visible' | 'hidden') =>
    page.evaluate(
      ([film, how]) => window.lifecycle.render({ sources: { film }, mode: how, controls: true }),
      [toSource(session.source), mode] as const,
    );
  const film = () => page.evaluate(() => window.lifecycle.state('film'));
  await show('visible');
  await expectPicture(page, { atMost: 720 });
  await page.locator('[data-secure-player]').press('c');
  await expect.poll(async () => (await film()).textTracks.some(({ active }) => active)).toBe(true);
  await video(page).evaluate((element: HTMLVideoElement) => element.pause());
  await expect.poll(async () => (await film()).status).toBe('paused');
  const { currentTime } = await film();

  await show('hidden');
  await page.clock.fastForward(31_000);
  await expect.poll(() => video(page).evaluate((element: HTMLVideoElement) => element.readyState)).toBe(0);
  await show('visible');
  await expect.poll(async () => (await film()).status).toBe('ready');
  await expect.poll(() => video(page).evaluate((element: HTMLVideoElement) => element.readyState)).toBe(4);

  expect(await isPaused(page)).toBe(true);
  expect((await film()).currentTime).toBeCloseTo(currentTime, 1);
  expect((await film()).textTracks.some(({ active }) => active)).toBe(true);
});
