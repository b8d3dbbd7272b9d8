// `npm run layers`: every import and every package.json against scripts/layers/table.mjs. Needs nothing installed.
import fs from 'node:fs';
import path from 'node:path';
import { checkEdges } from './layers/check-edges.mjs';
import { checkManifest } from './layers/check-manifest.mjs';
import { scanImports } from './layers/scan-imports.mjs';
import { root } from './setup/environment.mjs';

const SOURCE_FILE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const SKIPPED_FOLDERS = new Set([
  'node_modules',
  'dist',
  'test-results',
  'storybook-static',
  '.turbo',
  '.cache',
]);

const folders = fs
  .readdirSync(path.join(root, 'packages'))
  .filter((folder) => fs.existsSync(path.join(root, 'packages', folder, 'package.json')));
const manifests = new Map(folders.map((folder) => [folder, readJson(`packages/${folder}/package.json`)]));
const entryPoints = Object.fromEntries(
  [...manifests.values()].map(({ name, exports }) => [name, Object.keys(exports ?? {})]),
);

const edgeProblems = ['packages', 'apps', 'e2e', '.storybook', 'bench']
  .flatMap((folder) => sourceFiles(folder))
  .flatMap((file) =>
    checkEdges({ file, imports: scanImports(fs.readFileSync(path.join(root, file), 'utf8')) }, entryPoints),
  )
  .map(({ file, line, ...problem }) => ({ place: `${file}:${line}`, ...problem }));

const manifestProblems = [...manifests].flatMap(([folder, manifest]) => {
  const hasReadme = fs.existsSync(path.join(root, 'packages', folder, 'README.md'));
  const place = `packages/${folder}/package.json`;
  return checkManifest(folder, manifest, { hasReadme }).map((problem) => ({ place, ...problem }));
});

/** Root tasks do not depend on the workspaces' builds by themselves: turbo.json lists them. */
const listed = readJson('turbo.json').tasks['//#packages'].dependsOn;
const unlisted = [...manifests.values()]
  .map(({ name }) => `${name}#build`)
  .filter((task) => !listed.includes(task))
  .map((task) => ({
    place: 'turbo.json',
    rule: 'build',
    edge: task,
    advice: 'Add it to the dependsOn of //#packages.',
  }));

const problems = new Map(
  [...edgeProblems, ...manifestProblems, ...unlisted].map(({ place, rule, edge, advice }) => {
    const text = `${place}\n  ${rule}: ${edge}\n  ${advice}`;
    return [text, text];
  }),
);
for (const text of problems.values()) console.error(`${text}\n`);
if (problems.size > 0) {
  console.error(`${problems.size} problems. The layers: CONTRIBUTING.md and scripts/layers/table.mjs.`);
  process.exitCode = 1;
} else {
  console.log(`${folders.length} packages keep to their layers.`);
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
}

/**
 * @param {string} folder Relative to the root.
 * @returns {string[]}
 */
function sourceFiles(folder) {
  const absolute = path.join(root, folder);
  if (!fs.existsSync(absolute)) return [];
  return fs.readdirSync(absolute, { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : sourceFiles(file);
    return SOURCE_FILE.test(entry.name) ? [file] : [];
  });
}
