import * as api from '../dom/index.js';

/** The name of the public API in a page that has the classic script. */
const GLOBAL = 'SecurePlayerVirtualCdm';

// Not a top-level `var`: test runners wrap what they inject in a function.
Object.defineProperty(globalThis, GLOBAL, {
  value: Object.freeze({ ...api }),
  configurable: true,
  writable: true,
});
