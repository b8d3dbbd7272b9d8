import { defineConfig } from 'vitest/config';

/** The unit tests of every workspace: `vitest run` in its folder finds this file. */
export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    reporters: ['default', 'json'],
    // Read by `npm test` for its last line; a task output for turbo, so that a cached run still counts.
    outputFile: { json: 'test-results/unit.json' },
    // They only end what hangs: a busy machine may take its time, and no test is decided by it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A process for each file takes several times the time of the tests in it. A file puts back what it changes of what all
    // share: a global, a setting of a library.
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
