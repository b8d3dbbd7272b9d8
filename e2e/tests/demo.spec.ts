import { expect, test } from '../support/fixtures.js';

test('a visitor signs in as premium, picks the film and watches it in HD', async ({ page, player, site }) => {
  await page.goto(site.url);
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await page.getByRole('button', { name: 'Continue as Premium' }).click();
  await page.getByRole('link', { name: 'First Light', exact: true }).click();
  await player.expectStatus('ready');
  await player.pressPlay();

  await player.expectPicture(720);
  await expect(page.getByRole('region', { name: 'Picture' })).toContainText('720p');
});

test('a visitor who is not signed in meets the sign-in button on the film, and comes back to it', async ({
  page,
  player,
  site,
}) => {
  await page.goto(`${site.url}/watch/first-light?format=hls`);
  await player.expectErrorCode('authentication-required');
  await page.getByRole('alert').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Continue as Basic' }).click();

  await expect(page).toHaveURL(/\/watch\/first-light\?format=hls$/);
  await player.expectStatus('ready');
  await player.pressPlay();
  await player.expectPicture({ atMost: 360 });
});

test('an expired account is shown the plans', async ({ page, player, site }) => {
  await page.goto(`${site.url}/sign-in`);
  await page.getByRole('button', { name: 'Continue as Expired' }).click();
  // Leaving at once would abort the sign-in: what follows would meet a visitor.
  await expect(page).not.toHaveURL(/\/sign-in/);
  await page.goto(`${site.url}/watch/first-light`);

  await player.expectErrorCode('subscription-expired');
  await page.getByRole('alert').getByRole('button', { name: 'See plans' }).click();
  await expect(page).toHaveURL(/\/plans/);
});

test('the preview plays without signing in', async ({ page, player, site }) => {
  await page.goto(`${site.url}/watch/first-light-preview?format=dash`);
  await player.expectStatus('ready');
  await player.pressPlay();

  await player.expectPicture({ atMost: 360 });
});

test('an address that does not exist says so, and the API keeps its own 404', async ({ page, site }) => {
  const answer = await page.goto(`${site.url}/no-such-page`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  const api = await page.request.get(`${site.url}/v1/no-such-thing`);
  expect(api.status()).toBe(404);
  expect(api.headers()['content-type']).toContain('application/problem+json');
});

test('every view fits the smallest phones', async ({ page, player, site }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  for (const path of ['/', '/sign-in', '/plans', '/watch/first-light-preview']) {
    await page.goto(`${site.url}${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await overflow(), path).toBe(0);
  }
  await player.expectStatus('ready');
  expect(await overflow()).toBe(0);
});

for (const width of [320, 1280, 1920]) {
  test(`every choice of a film is whole at ${width} px`, async ({ page, player, site }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${site.url}/watch/first-light-preview`);
    await player.expectStatus('ready');

    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('.switch-options')].flatMap((options) => {
        const { right } = options.getBoundingClientRect();
        return [...options.querySelectorAll('label')].filter(
          (label) => label.getBoundingClientRect().right > right,
        ).length;
      }),
    );
    expect(cut).toEqual([0, 0]);
  });
}
