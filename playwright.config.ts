import { defineConfig } from '@playwright/test';
import { chromiumArguments, findBrowser, firefoxOption, withoutSpareRenderer } from './scripts/browser.mjs';

const { executablePath } = await findBrowser();
const firefox = await firefoxOption();
const isCi = Boolean(process.env['CI']);

/** The end-to-end tests. Servers are started by the tests' own fixtures, on free ports. */
export default defineConfig<object, { firefox: Awaited<ReturnType<typeof firefoxOption>> }>({
  testDir: 'e2e/tests',
  outputDir: 'test-results/end-to-end',
  globalSetup: './e2e/support/global-setup.ts',
  // Each worker has a whole site of its own. Dropped frames do no harm: tests wait for a picture, not for all of them.
  fullyParallel: true,
  // One more than CI has processors: a test waits for its film a good part of the time.
  workers: 3,
  retries: 0,
  forbidOnly: isCi,
  timeout: 90_000,
  // Bounds for a condition that never comes; on a busy machine what does come may take its time.
  expect: { timeout: 20_000 },
  reporter: [
    ['list'],
    ['./e2e/contract/totals-reporter.ts'],
    ['json', { outputFile: 'test-results/end-to-end.json' }],
  ],
  use: {
    // Recording every test takes an eighth of the whole run. Whoever looks into one adds `--trace on`.
    trace: 'off',
    // What a service worker answers, routes of tests do not see. The tests that are about it allow it.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath,
      args: [...chromiumArguments, withoutSpareRenderer, '--autoplay-policy=no-user-gesture-required'],
    },
  },
  projects: [
    // Driven by its own fixtures: Playwright's protocol is not spoken by a stock Firefox. It comes first because all its tests run
    // in one worker.
    // On a machine of one's own it may be missing, which `npm test` says; in CI its tests then fail.
    ...('missing' in firefox && !isCi
      ? []
      : [{ name: 'firefox', testMatch: '*-firefox.spec.ts', use: { firefox } }]),
    {
      name: 'chromium',
      testIgnore: '*-firefox.spec.ts',
      use: { browserName: 'chromium', viewport: { width: 1280, height: 720 } },
    },
  ],
});
