import { expect, it } from 'vitest';
import { checkManifest, type Manifest } from './check-manifest.mjs';

const core: Manifest = {
  name: '@secure-player/core',
  description: 'Headless.',
  license: 'Apache-2.0',
  type: 'module',
  sideEffects: false,
  engines: { node: '>=20.19' },
  files: ['dist'],
  exports: { '.': './dist/index.js' },
  scripts: {
    test: 'vitest run',
    prepack: 'node ../../scripts/copy-license.mjs',
    'package-check': 'publint --strict && attw --pack . --profile esm-only',
  },
  dependencies: { '@secure-player/protocol': '0.0.0' },
};

const edgesOf = (folder: string, manifest: Manifest, hasReadme = true) =>
  checkManifest(folder, manifest, { hasReadme }).map(({ rule, edge }) => `${rule}: ${edge}`);

it('accepts a whole package', () => {
  expect(edgesOf('core', core)).toEqual([]);
});

it.each(['name', 'description', 'license', 'type', 'sideEffects', 'engines', 'files', 'exports'] as const)(
  'misses %s',
  (field) => {
    const { [field]: _, ...rest } = core;
    expect(edgesOf('core', rest)).toEqual([`metadata: ${field}`]);
  },
);

it('misses the README', () => {
  expect(edgesOf('core', core, false)).toEqual(['metadata: README.md']);
});

it.each(['test', 'prepack', 'package-check'])('wants the common script for %s', (script) => {
  expect(edgesOf('core', { ...core, scripts: { ...core.scripts, [script]: 'true' } })).toEqual([
    `scripts: ${script}`,
  ]);
});

it.each(['dependencies', 'peerDependencies', 'optionalDependencies', 'devDependencies'] as const)(
  'finds an upward edge in %s',
  (field) => {
    const manifest = { ...core, [field]: { '@secure-player/react': '0.0.0' } };
    expect(edgesOf('core', manifest)).toEqual(['layer: core -> @secure-player/react']);
  },
);

it('keeps shaka-player out of every package but its own', () => {
  expect(edgesOf('core', { ...core, peerDependencies: { 'shaka-player': '^5' } })).toEqual([
    'engine: core -> shaka-player',
  ]);
  expect(
    edgesOf('shaka', { ...core, name: '@secure-player/shaka', peerDependencies: { 'shaka-player': '^5' } }),
  ).toEqual([]);
});

it('allows react to pass shaka-player on as a peer, not to depend on it', () => {
  const react = { ...core, name: '@secure-player/react', dependencies: {} };
  expect(edgesOf('react', { ...react, peerDependencies: { 'shaka-player': '^5' } })).toEqual([]);
  expect(edgesOf('react', { ...react, dependencies: { 'shaka-player': '5.2.12' } })).toEqual([
    'engine: react -> shaka-player',
  ]);
});

it('wants a row in the table for a new package', () => {
  expect(edgesOf('nonesuch', core)).toEqual(['unknown: nonesuch']);
});
