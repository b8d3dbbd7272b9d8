// `npm test`: set-up, every check, unit tests, end-to-end tests. The last line is the count of tests alone.
import { requireRuntime } from './setup/node-version.mjs';

requireRuntime();

const { ensureDependencies } = await import('./setup/dependencies.mjs');
const { runMain } = await import('./setup/main.mjs');
const { Progress } = await import('./setup/progress.mjs');
const { stopChildrenOnSignal } = await import('./setup/run-command.mjs');

await runMain(async () => {
  stopChildrenOnSignal({ exitCode: 130 });
  const progress = new Progress();
  const start = performance.now();
  await ensureDependencies(progress);

  // These need node_modules.
  const { prepareBrowsers } = await import('./results/browser-step.mjs');
  const { runChecks } = await import('./results/checks-step.mjs');
  const { runEndToEnd } = await import('./results/end-to-end-step.mjs');
  const { preparePostgres } = await import('./results/postgres-step.mjs');
  const { runStories } = await import('./results/stories-step.mjs');
  const { printSummary } = await import('./results/summary.mjs');

  // Before the checks, which need it, and before the browsers: apt does not run twice at a time.
  const postgres = await preparePostgres(progress);
  // Downloading a browser waits for the network while the checks keep the processors busy.
  const [{ browser, firefox }, checks] = await Promise.all([
    prepareBrowsers(progress),
    runChecks(progress, { postgresFolder: postgres.folder }),
  ]);
  const stories = await runStories(progress, { browser, canRun: checks.isBuilt });
  const endToEnd = await runEndToEnd(progress, { browser, firefox, canRun: checks.isBuilt });

  const isGreen = printSummary({
    results: [...checks.results, postgres.result, browser.result, firefox.result, stories, endToEnd],
    milliseconds: performance.now() - start,
  });
  if (!isGreen) process.exitCode = 1;
});
