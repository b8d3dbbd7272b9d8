import { defineConfig } from '@playwright/test';
import { chromiumArguments, findBrowser } from './scripts/browser.mjs';

const { executablePath } = await findBrowser();
const isCi = Boolean(process.env['CI']);

/** The end-to-end tests. Servers are started by the tests' own fixtures, on free ports. */
export default defineConfig({
  testDir: 'e2e/tests',
  outputDir: 'test-results/end-to-end',
  globalSetup: './e2e/support/global-setup.ts',
  // Each worker has a whole site of its own. Dropped frames do no harm: tests wait for a picture, not for all of them.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: isCi,
  timeout: 90_000,
  reporter: [['list'], ['json', { outputFile: 'test-results/end-to-end.json' }]],
  use: {
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath,
      args: [...chromiumArguments, '--autoplay-policy=no-user-gesture-required'],
    },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium', viewport: { width: 1280, height: 720 } } }],
});
