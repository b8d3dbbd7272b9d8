// The one table of the layers. The picture for people is in CONTRIBUTING.md; this is what is enforced.

/**
 * @typedef {object} Layer
 * @property {readonly string[]} imports Our packages that its shipped code may import, `core/dom` being an entry point of its own.
 * @property {readonly ('react' | 'shaka-player' | 'node' | 'playwright')[]} [may] Restricted externals it may use.
 * @property {readonly string[]} [reaches] The rooms of its own package that it may import from, relatively.
 * @property {readonly string[]} [testsImport] What its tests and stories may import on top.
 * @property {readonly string[]} [testsReach] The rooms of its own package that its tests may import from, relatively.
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
  'offline/dom': { imports: ['core', 'core/dom', 'protocol', 'offline'], testsImport: ['virtual-cdm'] },
  react: {
    imports: ['core', 'core/dom', 'shaka', 'offline', 'offline/dom'],
    may: ['react'],
    testsImport: ['protocol', 'virtual-cdm'],
  },
  'virtual-cdm': { imports: ['core', 'protocol'] },
  'virtual-cdm/dom': { imports: ['core', 'protocol'] },
  'virtual-cdm/classic': { imports: [], reaches: ['virtual-cdm/dom'] },
  'virtual-cdm/playwright': { imports: ['protocol'], may: ['node', 'playwright'] },
  packaging: { imports: ['protocol'], may: ['node'] },
  'entitlement-server': {
    imports: ['protocol'],
    testsImport: ['packaging'],
    testsReach: ['entitlement-server/node'],
  },
  'entitlement-server/node': { imports: ['protocol'], may: ['node'], testsImport: ['packaging'] },
};

/**
 * Folders that are layers of their own within a package, because they need more of the place they run in than the rest. The
 * rest does not import from them.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const ROOMS = {
  'core/dom': 'packages/core/src/dom/',
  'offline/dom': 'packages/offline/src/dom/',
  'virtual-cdm/dom': 'packages/virtual-cdm/src/dom/',
  'virtual-cdm/classic': 'packages/virtual-cdm/src/classic/',
  'virtual-cdm/playwright': 'packages/virtual-cdm/src/playwright/',
  'entitlement-server/node': 'packages/entitlement-server/src/node/',
};

/**
 * Apps, end-to-end tests and stories stand above all packages and use them as anybody would: by their public entry points.
 *
 * @type {Layer}
 */
export const TOP = { imports: Object.keys(LAYERS), may: ['react', 'node', 'playwright'] };

/** The scope of our packages. */
export const SCOPE = '@secure-player/';
