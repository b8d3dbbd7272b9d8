// The one table of the layers. The picture for people is in CONTRIBUTING.md; this is what is enforced.

/**
 * @typedef {object} Layer
 * @property {readonly string[]} imports Our packages that its shipped code may import, `core/dom` being an entry point of its own.
 * @property {readonly ('react' | 'shaka-player' | 'node')[]} [may] Restricted externals it may use.
 * @property {readonly string[]} [testsImport] What its tests and stories may import on top.
 */

/** @type {Readonly<Record<string, Layer>>} */
export const LAYERS = {
  protocol: { imports: [] },
  core: { imports: ['protocol'] },
  'core/dom': { imports: ['core'] },
  shaka: {
    imports: ['core', 'core/dom', 'protocol'],
    may: ['shaka-player'],
    testsImport: ['virtual-cdm'],
  },
  offline: { imports: ['core', 'protocol'], testsImport: ['virtual-cdm'] },
  react: {
    imports: ['core', 'core/dom', 'shaka', 'offline'],
    may: ['react'],
    testsImport: ['protocol', 'virtual-cdm'],
  },
  'virtual-cdm': { imports: ['core', 'protocol'] },
  packaging: { imports: ['protocol'], may: ['node'] },
  'entitlement-server': { imports: ['protocol'], may: ['node'], testsImport: ['packaging'] },
};

/**
 * Apps, end-to-end tests and stories stand above all packages and use them as anybody would: by their public entry points.
 *
 * @type {Layer}
 */
export const TOP = { imports: Object.keys(LAYERS), may: ['react', 'node'] };

/** The scope of our packages. */
export const SCOPE = '@secure-player/';
