import { fileURLToPath } from 'node:url';

import { expect, test as base } from '@playwright/test';

import { expectPicture } from '../support/expect-picture.js';
import { serveFiles, type FileServer } from '../support/file-server.js';

const BUILT = fileURLToPath(new URL('../../storybook-static', import.meta.url));

interface Catalogue {
  openStory(id: string): Promise<void>;
}

const test = base.extend<{ catalogue: Catalogue }, { files: FileServer }>({
  files: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright wants it destructured
    async ({}, provide) => {
      const files = await serveFiles(BUILT, '/some/where/');
      await provide(files);
      await files.close();
    },
    { scope: 'worker' },
  ],
  catalogue: async ({ page, files }, provide) => {
    await provide({
      async openStory(id) {
        await page.goto(`${files.url}iframe.html?viewMode=story&id=${id}`);
      },
    });
    // Whatever a story wants, it brings along or has beside it; the icon is the browser's wish.
    const wanted = files.missing.filter((path) => path !== '/favicon.ico' && !path.includes('/not-here/'));
    expect(wanted).toEqual([]);
  },
});

for (const { story, shows } of [
  { story: 'dash', shows: { atMost: 360 } },
  { story: 'hls', shows: { atMost: 360 } },
  { story: 'widevine-dash', shows: { atMost: 720 } },
  { story: 'playready-hls', shows: { atMost: 720 } },
  { story: 'fairplay-hls', shows: { atMost: 720 } },
]) {
  test(`the ${story} story of the built catalogue plays protected content from a plain file server`, async ({
    page,
    catalogue,
  }) => {
    await catalogue.openStory(`secureplayer--${story}`);

    // The story's own `play` function presses play.
    await expectPicture(page, shows);
  });
}

test('the story of a missing manifest shows what viewers see', async ({ page, catalogue }) => {
  await catalogue.openStory('secureplayer-errors--manifest-not-found');

  await expect(page.locator('[data-secure-player]')).toHaveAttribute('data-error-code', 'manifest-not-found');
  await expect(page.getByRole('alert')).toContainText('This video is not here');
});

test('the poster lies beside the built catalogue', async ({ page, catalogue }) => {
  await catalogue.openStory('secureplayer--dash');

  await expect(page.locator('video')).toHaveAttribute('poster', /\/some\/where\/media\/.*poster\.jpg$/);
});
