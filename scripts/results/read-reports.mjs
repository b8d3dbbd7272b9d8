import fs from 'node:fs';
import path from 'node:path';
import { root } from '../setup/environment.mjs';
import { countPlaywright, countVitest } from './count-tests.mjs';

/** @typedef {import('./count-tests.mjs').Counts} Counts */

/** Where Playwright writes its report: the name of its environment variable asks for an absolute path. */
export const PLAYWRIGHT_REPORT = path.join(root, 'test-results/end-to-end.json');

/** Vitest's report of the stories; vitest.stories.config.ts writes it. */
const STORIES_REPORT = path.join(root, 'test-results/stories.json');

/** Vitest's report, in each workspace and in the root; vitest.config.ts writes it, turbo restores it from its cache. */
const VITEST_REPORT = 'test-results/unit.json';

/** Removes the reports of earlier runs, so that a task that did not run is not counted. */
export function removeReports() {
  for (const file of [
    PLAYWRIGHT_REPORT,
    STORIES_REPORT,
    ...vitestReports('root'),
    ...vitestReports('workspaces'),
  ]) {
    fs.rmSync(file, { force: true });
  }
}

/**
 * @param {'root' | 'workspaces'} place
 * @returns {Counts[]} One count per folder that has unit tests.
 */
export function readVitestCounts(place) {
  return vitestReports(place)
    .filter((file) => fs.existsSync(file))
    .map((file) => countVitest(JSON.parse(fs.readFileSync(file, 'utf8'))));
}

/** @returns {Counts | null} Null when Playwright died before it could report. */
export function readPlaywrightCounts() {
  if (!fs.existsSync(PLAYWRIGHT_REPORT)) return null;
  return countPlaywright(JSON.parse(fs.readFileSync(PLAYWRIGHT_REPORT, 'utf8')));
}

/** @returns {Counts | null} Null when Vitest died before it could report. */
export function readStoriesCounts() {
  if (!fs.existsSync(STORIES_REPORT)) return null;
  return countVitest(JSON.parse(fs.readFileSync(STORIES_REPORT, 'utf8')));
}

/** @param {'root' | 'workspaces'} place */
function vitestReports(place) {
  if (place === 'root') return [path.join(root, VITEST_REPORT)];
  const workspaces = ['packages', 'apps'].flatMap((folder) =>
    fs.readdirSync(path.join(root, folder)).map((name) => path.join(root, folder, name)),
  );
  return [path.join(root, 'e2e'), ...workspaces].map((folder) => path.join(folder, VITEST_REPORT));
}
