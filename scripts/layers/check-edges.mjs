import { builtinModules } from 'node:module';
import path from 'node:path';
import { LAYERS, ROOMS, SCOPE, TOP } from './table.mjs';

/** @typedef {{ file: string, line: number, rule: string, edge: string, advice: string }} Violation */

/**
 * @typedef {object} SourceFile
 * @property {string} file Relative to the repository, with forward slashes.
 * @property {readonly import('./scan-imports.mjs').Import[]} imports
 */

/** @typedef {Readonly<Record<string, readonly string[]>>} EntryPoints Package name to the subpaths that it exports: `.`, `./dom`. */

const BUILTINS = new Set(builtinModules);
const TEST_FILE = /\.(?:test|test-d|bench)\.[cm]?tsx?$|\/testing\/|\/scripts\/|\.config\.[cm]?ts$/;
const STORY_FILE = /\.(?:stories|example)\.tsx?$/;

/**
 * Checks every import of one file against the table of layers.
 *
 * @param {SourceFile} source
 * @param {EntryPoints} entryPoints
 * @returns {Violation[]}
 */
export function checkEdges({ file, imports }, entryPoints) {
  const place = placeOf(file);
  return imports.flatMap(({ specifier, line }) => {
    const problem = specifier.startsWith('.')
      ? checkRelative(place, specifier)
      : specifier.startsWith(SCOPE)
        ? checkOurs(place, specifier, entryPoints)
        : checkExternal(place, specifier);
    return problem === null ? [] : [{ file, line, edge: `${place.layer} -> ${specifier}`, ...problem }];
  });
}

/**
 * @typedef {object} Place Where a file stands.
 * @property {string} file
 * @property {string} home The folder it may not reach out of: `packages/core`.
 * @property {string} layer
 * @property {boolean} isTest
 * @property {import('./table.mjs').Layer} rules
 */

/**
 * @param {string} file
 * @returns {Place}
 */
function placeOf(file) {
  const [top = '', name = ''] = file.split('/');
  const home = top === 'packages' || top === 'apps' ? `${top}/${name}` : top;
  const isTest = TEST_FILE.test(file);
  if (top !== 'packages') return { file, home, layer: home, isTest, rules: TOP };
  if (STORY_FILE.test(file)) return { file, home, layer: `${name} (story)`, isTest, rules: TOP };
  const layer = roomOf(file) ?? name;
  return { file, home, layer, isTest, rules: LAYERS[layer] ?? { imports: [] } };
}

/** @param {string} file */
function roomOf(file) {
  return Object.keys(ROOMS).find((room) => file.startsWith(ROOMS[room] ?? '')) ?? null;
}

/**
 * @param {Place} place
 * @param {string} specifier
 */
function checkRelative({ file, home, layer, isTest, rules }, specifier) {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (!target.startsWith(`${home}/`) && !isShared(target)) {
    return { rule: 'escape', advice: `Import the other package by its name, or move the code into ${home}.` };
  }
  const room = roomOf(target);
  const reached = [...(rules.reaches ?? []), ...(isTest ? (rules.testsReach ?? []) : [])];
  if (room !== null && room !== layer && !reached.includes(room)) {
    return {
      rule: 'room',
      advice: `${layer} runs where ${room} does not: declare a port and implement it in ${ROOMS[room]}.`,
    };
  }
  return null;
}

/**
 * The browser and the PostgreSQL of the tests are found in one place each, for configurations and benchmarks in every folder.
 *
 * @param {string} target
 */
function isShared(target) {
  return target === 'scripts/browser.mjs' || target === 'scripts/postgres.mjs';
}

/**
 * @param {Place} place
 * @param {string} specifier
 * @param {EntryPoints} entryPoints
 */
function checkOurs({ layer, isTest, rules }, specifier, entryPoints) {
  const [name = '', ...rest] = specifier.slice(SCOPE.length).split('/');
  const subpath = rest.length > 0 ? `./${rest.join('/')}` : '.';
  const exported = entryPoints[SCOPE + name];
  if (exported === undefined)
    return { rule: 'unknown', advice: `There is no package ${SCOPE}${name} in packages/.` };
  if (!exported.includes(subpath)) {
    return {
      rule: 'entry',
      advice: `${SCOPE}${name} exports ${exported.join(', ')}; import from one of these, or export it there.`,
    };
  }

  const target = name === 'core' && subpath === './dom' ? 'core/dom' : name;
  const isOwnTest = isTest && target.split('/')[0] === layer.split('/')[0];
  const allowed = [...rules.imports, ...(isTest ? (rules.testsImport ?? []) : [])];
  if (isOwnTest || allowed.includes(target)) return null;
  const list = allowed.length > 0 ? allowed.join(', ') : 'none of our packages';
  return {
    rule: 'layer',
    advice: `${layer} may import ${list}. Move the code down, or pass it in from above.`,
  };
}

/**
 * @param {Place} place
 * @param {string} specifier
 */
function checkExternal({ layer, isTest, rules }, specifier) {
  const may = rules.may ?? [];
  const root = specifier.split('/')[0] ?? '';
  if (root === 'shaka-player' && !may.includes('shaka-player')) {
    return {
      rule: 'engine',
      advice: 'Only packages/shaka knows shaka-player: use its adapter, or extend a port of core.',
    };
  }
  if (isTest) return null;
  if ((root === 'react' || root === 'react-dom') && !may.includes('react')) {
    return {
      rule: 'react',
      advice: 'React belongs in packages/react: keep the logic here and write the hook there.',
    };
  }
  if (root === '@playwright' && !may.includes('playwright')) {
    return {
      rule: 'playwright',
      advice: 'Only the Playwright fixture of virtual-cdm, and tests, know Playwright.',
    };
  }
  if ((specifier.startsWith('node:') || BUILTINS.has(root)) && !may.includes('node')) {
    return {
      rule: 'node',
      advice: `${layer} runs in browsers: use a web API, or take the capability as an option.`,
    };
  }
  return null;
}
