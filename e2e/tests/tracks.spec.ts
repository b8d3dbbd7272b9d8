import { toSource } from '@secure-player/react';
import type { Page } from '@playwright/test';

import type { TrackProps } from '../harness/controls.js';
import { expect, test } from '../support/fixtures.js';
import type { SessionOptions, Site } from '../support/site.js';

const FRENCH = { src: '/captions/fr.vtt', srclang: 'fr', label: 'Français' };
const WORDS = 'Un jour au bord du lac';

const part = (page: Page, name: string) => page.locator(`[data-part="${name}"]`);

interface Opened {
  /** Gives the player other props. */
  readonly show: (props: TrackProps) => Promise<void>;
  /** What the server of the captions was asked with. */
  readonly authorizations: (string | undefined)[];
}

/** The film with its default controls, and a server that has French captions for it. */
async function open(
  page: Page,
  site: Site,
  props: TrackProps,
  format: SessionOptions['format'] = 'dash',
): Promise<Opened> {
  const authorizations: Opened['authorizations'] = [];
  await page.route('**/captions/fr.vtt', (route) => {
    authorizations.push(route.request().headers()['authorization']);
    return route.fulfill({ contentType: 'text/vtt', body: `WEBVTT\n\n00:00.000 --> 01:00.000\n${WORDS}\n` });
  });
  await page.goto(`${site.url}/harness/controls.html`);
  const token = await site.logIn('premium');
  const { source } = await site.openPlaybackSession({ token, format });
  const show = (next: TrackProps) =>
    page.evaluate(([given, bearer, how]) => window.controlsHarness.show(given, bearer, how), [
      toSource(source),
      token,
      next,
    ] as const);
  await show(props);
  await expect(page.locator('[data-secure-player]')).toHaveAttribute('data-status', 'ready');

  return { show, authorizations };
}

/** The languages that are heard and shown, as the player tells it. */
const active = (page: Page) =>
  page.evaluate(() => {
    const { audioTracks, textTracks } = window.controlsHarness.player().getState();
    const languageOf = (tracks: typeof audioTracks) => tracks.find((track) => track.active)?.language ?? null;

    return { audio: languageOf(audioTracks), text: languageOf(textTracks) };
  });

/** What stands over the picture. */
const words = (page: Page) =>
  page
    .locator('video')
    .evaluate((video: HTMLVideoElement) =>
      [...video.textTracks]
        .filter(({ mode }) => mode === 'showing')
        .flatMap(({ activeCues }) => [...(activeCues ?? [])].map((cue) => (cue as VTTCue).text)),
    );

for (const format of ['dash', 'hls'] as const) {
  test(`${format}: begins in the viewer’s languages, as far as the film has them`, async ({ page, site }) => {
    await open(page, site, { languages: { audio: ['de', 'es-MX'], text: ['es'] } }, format);

    await expect.poll(() => active(page)).toEqual({ audio: 'es', text: 'es' });
    await part(page, 'center-play-button').click();
    await expect.poll(() => words(page)).not.toEqual([]);
  });

  test(`${format}: captions of the page’s own are in the menu, and over the picture`, async ({
    page,
    site,
  }) => {
    const { authorizations } = await open(page, site, { textTracks: [FRENCH] }, format);
    expect(await active(page)).toMatchObject({ text: null });
    await part(page, 'captions-menu').click();
    await page.getByRole('menuitemradio', { name: 'Français' }).click();
    await expect.poll(() => active(page)).toMatchObject({ text: 'fr' });

    // A browser shows a cue that comes while it is paused once it plays.
    await part(page, 'center-play-button').click();
    await expect.poll(() => words(page)).toEqual([WORDS]);
    expect(authorizations).toEqual([expect.stringMatching(/^Bearer /)]);

    await page.evaluate(() => window.controlsHarness.player().retry());
    await expect.poll(() => words(page)).toEqual([WORDS]);
    expect(await active(page)).toMatchObject({ text: 'fr' });
  });
}

test('captions of the page’s own are shown from the start where they say so', async ({ page, site }) => {
  await open(page, site, { textTracks: [{ ...FRENCH, default: true }] });
  await part(page, 'center-play-button').click();

  await expect.poll(() => words(page)).toEqual([WORDS]);
});

test('captions that come late join the film, which plays on', async ({ page, player, site }) => {
  const { show } = await open(page, site, {});
  await part(page, 'center-play-button').click();
  await player.expectPicture({ atMost: 720 });

  await show({ textTracks: [FRENCH] });
  // Not by the menu: controls hide while a film plays.
  const languages = () =>
    page.evaluate(() =>
      window.controlsHarness
        .player()
        .getState()
        .textTracks.map(({ language }) => language),
    );
  await expect.poll(languages).toContain('fr');
  expect(await page.evaluate(() => window.controlsHarness.player().getState().status)).toBe('playing');
});

test('captions that cannot be had stop nothing', async ({ page, player, site }) => {
  await open(page, site, {
    textTracks: [{ src: '/captions/none.vtt', srclang: 'fr', default: true }],
  });
  await part(page, 'center-play-button').click();

  await player.expectPicture({ atMost: 720 });
});

test('plays at the rate that the page says, also the next source', async ({ page, player, site }) => {
  const { show } = await open(page, site, { playbackRate: 1.5 });
  const rate = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.playbackRate);
  expect(await rate()).toBe(1.5);

  await page.evaluate(() => window.controlsHarness.player().setPlaybackRate(2));
  await show({ playbackRate: 1.5 });
  expect(await rate()).toBe(2);

  const { source } = await site.openPlaybackSession({ token: null, contentId: 'first-light-preview' });
  await page.evaluate(
    (next) => window.controlsHarness.show(next, null, { playbackRate: 1.5 }),
    toSource(source),
  );
  await player.expectStatus('ready');
  expect(await rate()).toBe(1.5);
});
