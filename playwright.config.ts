import { defineConfig } from '@playwright/test';
import { chromiumArguments, findBrowser } from './scripts/browser.mjs';

const { executablePath } = await findBrowser();
const isCi = Boolean(process.env['CI']);

/** The end-to-end tests. Servers are started by the tests' own fixtures, on free ports. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/end-to-end',
  // Decoding video is work for the processor: two players at once on two cores drop frames.
  workers: 1,
  retries: 0,
  forbidOnly: isCi,
  timeout: 60_000,
  reporter: [['list'], ['json', { outputFile: 'test-results/end-to-end.json' }]],
  use: {
    trace: 'retain-on-failure',
    launchOptions: { executablePath, args: [...chromiumArguments] },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium', viewport: { width: 1280, height: 720 } } }],
});
