import path from 'node:path';
import { root } from '../setup/environment.mjs';

/**
 * @typedef {object} Installation
 * @property {string} name Its folder in .cache/examples.
 * @property {'vite' | 'next'} example Its folder in examples/.
 * @property {Readonly<Record<string, string>>} versions In place of those that the example names.
 */

/** @type {readonly Installation[]} */
export const INSTALLATIONS = [
  { name: 'vite-react-19', example: 'vite', versions: {} },
  {
    name: 'vite-react-18',
    example: 'vite',
    versions: {
      react: '18.3.1',
      'react-dom': '18.3.1',
      '@types/react': '18.3.32',
      '@types/react-dom': '18.3.7',
    },
  },
  { name: 'next', example: 'next', versions: {} },
];

/** Where examples are installed: outside of every workspace, so that nothing is found but what they install. */
export const INSTALLED = path.join(root, '.cache/examples');

/** @param {Installation} installation */
export function folderOf({ name }) {
  return path.join(INSTALLED, name);
}

/** @param {string} example */
export function sourceOf(example) {
  return path.join(root, 'examples', example);
}
