import { expect, test } from '../support/fixtures.js';

for (const story of ['dash', 'hls']) {
  test(`the ${story} story of the built catalogue plays real content`, async ({ page, player, site }) => {
    await page.goto(`${site.url}/storybook/iframe.html?viewMode=story&id=secureplayer--${story}`);
    await player.expectStatus('ready');
    await player.pressPlay();

    await player.expectPicture({ atMost: 360 });
  });
}

test('the story of a missing manifest shows what viewers see', async ({ page, player, site }) => {
  await page.goto(`${site.url}/storybook/iframe.html?viewMode=story&id=secureplayer--manifest-not-found`);

  await player.expectErrorCode('manifest-not-found');
  await expect(page.getByRole('alert')).toContainText('This video is not here');
});
