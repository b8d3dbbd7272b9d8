import { LAYERS, SCOPE } from './table.mjs';

/**
 * @typedef {object} Manifest The parts of a package.json that are checked.
 * @property {string} [name]
 * @property {string} [description]
 * @property {string} [license]
 * @property {string} [type]
 * @property {unknown} [sideEffects]
 * @property {{ node?: string }} [engines]
 * @property {string[]} [files]
 * @property {Record<string, unknown>} [exports]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {boolean} [private]
 */

/** @typedef {{ rule: string, edge: string, advice: string }} ManifestProblem */

const SCRIPTS = {
  test: 'vitest run',
  prepack: 'node ../../scripts/copy-license.mjs',
  'package-check': 'publint --strict && attw --pack . --profile esm-only',
};

/**
 * Checks the package.json of a package in packages/: its metadata and the layers of its dependencies.
 *
 * @param {string} folder The folder's name in packages/.
 * @param {Manifest} manifest
 * @param {{ hasReadme: boolean }} files
 * @returns {ManifestProblem[]}
 */
export function checkManifest(folder, manifest, { hasReadme }) {
  if (!(folder in LAYERS)) {
    return [
      {
        rule: 'unknown',
        edge: folder,
        advice: 'Give it a row in scripts/layers/table.mjs and CONTRIBUTING.md.',
      },
    ];
  }
  return [
    ...checkMetadata(folder, manifest, hasReadme),
    ...checkScripts(manifest),
    ...checkDependencies(folder, manifest),
  ];
}

/**
 * @param {string} folder
 * @param {Manifest} manifest
 * @param {boolean} hasReadme
 */
function checkMetadata(folder, manifest, hasReadme) {
  /** @type {[boolean, string, string][]} */
  const demands = [
    [manifest.name === SCOPE + folder, 'name', `Call it ${SCOPE}${folder}, as its folder.`],
    [Boolean(manifest.description), 'description', 'Say in one sentence what it is for.'],
    [manifest.license === 'Apache-2.0', 'license', 'Set "license": "Apache-2.0".'],
    [manifest.type === 'module', 'type', 'Set "type": "module".'],
    [
      manifest.sideEffects !== undefined,
      'sideEffects',
      'Set "sideEffects": false, or list the files that have them.',
    ],
    [manifest.engines?.node !== undefined, 'engines', 'Set "engines": { "node": ">=20.19" }.'],
    [manifest.files?.includes('dist') === true, 'files', 'Publish "dist".'],
    [manifest.exports?.['.'] !== undefined, 'exports', 'Export "." with "types" first and "default".'],
    [
      hasReadme,
      'README.md',
      'Write one: a paragraph, and what it may import, where it runs, how to import it.',
    ],
  ];
  return demands.flatMap(([isMet, edge, advice]) => (isMet ? [] : [{ rule: 'metadata', edge, advice }]));
}

/**
 * `npm test` counts tests by the report that the shared configuration writes; the license is in every tarball.
 *
 * @param {Manifest} manifest
 */
function checkScripts({ scripts = {} }) {
  return Object.entries(SCRIPTS).flatMap(([name, command]) =>
    scripts[name] === command ? [] : [{ rule: 'scripts', edge: name, advice: `Set it to "${command}".` }],
  );
}

/**
 * @param {string} folder
 * @param {Manifest} manifest
 */
function checkDependencies(folder, manifest) {
  const { imports, may = [], testsImport = [] } = /** @type {import('./table.mjs').Layer} */ (LAYERS[folder]);
  const shipped = Object.keys({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  });
  const all = [...shipped, ...Object.keys(manifest.devDependencies ?? {})];
  const layersOf = (/** @type {readonly string[]} */ names) =>
    names.filter((name) => name.startsWith(SCOPE)).map((name) => name.slice(SCOPE.length));

  const wrong = [
    ...layersOf(shipped).filter((name) => !imports.includes(name)),
    ...layersOf(Object.keys(manifest.devDependencies ?? {})).filter(
      (name) => ![...imports, ...testsImport].includes(name),
    ),
  ];
  /** @type {ManifestProblem[]} */
  const problems = wrong.map((name) => ({
    rule: 'layer',
    edge: `${folder} -> ${SCOPE}${name}`,
    advice: `Remove the dependency: ${folder} may import ${imports.join(', ') || 'none of our packages'}.`,
  }));
  // A peer of react is only passed on to the application, which installs the engine; it is still never imported there.
  const isPassedOn = may.includes('react') && manifest.peerDependencies?.['shaka-player'] !== undefined;
  if (all.includes('shaka-player') && !may.includes('shaka-player') && !isPassedOn) {
    problems.push({
      rule: 'engine',
      edge: `${folder} -> shaka-player`,
      advice: 'Remove the dependency: only packages/shaka knows shaka-player.',
    });
  }
  return problems;
}
