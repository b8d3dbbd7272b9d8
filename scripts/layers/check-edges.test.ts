import { expect, it } from 'vitest';
import { checkEdges } from './check-edges.mjs';

const entryPoints = {
  '@secure-player/protocol': ['.'],
  '@secure-player/core': ['.', './dom'],
  '@secure-player/shaka': ['.'],
  '@secure-player/react': ['.', './styles.css'],
  '@secure-player/packaging': ['.'],
  '@secure-player/entitlement-server': ['.'],
  '@secure-player/virtual-cdm': ['.'],
};

const rulesBrokenBy = (file: string, specifier: string) =>
  checkEdges({ file, imports: [{ specifier, line: 7 }] }, entryPoints).map(({ rule }) => rule);

it.each([
  ['layer', 'packages/protocol/src/index.ts', '@secure-player/core'],
  ['layer', 'packages/core/src/index.ts', '@secure-player/shaka'],
  ['layer', 'packages/core/src/index.ts', '@secure-player/core/dom'],
  ['layer', 'packages/core/src/dom/index.ts', '@secure-player/shaka'],
  ['layer', 'packages/shaka/src/index.ts', '@secure-player/react'],
  ['layer', 'packages/entitlement-server/src/index.ts', '@secure-player/core'],
  ['layer', 'packages/react/src/index.ts', '@secure-player/virtual-cdm'],
  ['layer', 'packages/core/src/a.test.ts', '@secure-player/packaging'],
  ['entry', 'packages/react/src/index.ts', '@secure-player/core/dist/index.js'],
  ['entry', 'apps/demo/src/main.tsx', '@secure-player/react/src/index.js'],
  ['entry', 'e2e/a.test.ts', '@secure-player/core/src/index.js'],
  ['entry', 'packages/react/src/a.stories.tsx', '@secure-player/shaka/dist/x.js'],
  ['unknown', 'apps/demo/src/main.tsx', '@secure-player/nonesuch'],
  ['escape', 'packages/react/src/index.ts', '../../core/src/index.js'],
  ['escape', 'apps/demo/src/main.tsx', '../../../packages/react/src/index.js'],
  ['escape', 'e2e/a.test.ts', '../packages/core/src/index.js'],
  ['room', 'packages/core/src/license/a.ts', '../dom/index.js'],
  ['room', 'packages/virtual-cdm/src/cdm/a.ts', '../dom/index.js'],
  ['room', 'packages/virtual-cdm/src/cdm/a.ts', '../playwright/index.js'],
  ['room', 'packages/virtual-cdm/src/dom/a.ts', '../playwright/index.js'],
  ['room', 'packages/virtual-cdm/src/dom/a.ts', '../classic/index.js'],
  ['room', 'packages/entitlement-server/src/api/a.ts', '../node/serve.js'],
  ['layer', 'packages/virtual-cdm/src/playwright/a.ts', '@secure-player/core'],
  ['engine', 'packages/react/src/index.ts', 'shaka-player'],
  ['engine', 'packages/react/src/a.test.tsx', 'shaka-player/dist/shaka-player.dash-es2021.js'],
  ['engine', 'apps/demo/src/main.tsx', 'shaka-player'],
  ['react', 'packages/core/src/index.ts', 'react'],
  ['react', 'packages/shaka/src/index.ts', 'react-dom/client'],
  ['node', 'packages/core/src/index.ts', 'node:fs'],
  ['node', 'packages/react/src/index.ts', 'fs/promises'],
  ['node', 'packages/virtual-cdm/src/dom/a.ts', 'node:fs'],
  ['node', 'packages/entitlement-server/src/api/a.ts', 'node:crypto'],
  ['playwright', 'packages/virtual-cdm/src/dom/a.ts', '@playwright/test'],
  ['playwright', 'packages/core/src/index.ts', '@playwright/test'],
])('breaks the rule %s: %s imports %s', (rule, file, specifier) => {
  expect(rulesBrokenBy(file, specifier)).toEqual([rule]);
});

it.each([
  ['packages/core/src/index.ts', '@secure-player/protocol'],
  ['packages/core/src/dom/index.ts', '../player/player-state.js'],
  ['packages/core/src/dom/a.test.ts', '@secure-player/core'],
  ['packages/virtual-cdm/src/dom/fairplay/a.ts', '../../cdm/virtual-cdm.js'],
  ['packages/virtual-cdm/src/dom/fairplay/a.ts', '../page-cdm.js'],
  ['packages/virtual-cdm/src/classic/index.ts', '../dom/index.js'],
  ['packages/virtual-cdm/src/playwright/a.ts', '../system/virtual-system.js'],
  ['packages/virtual-cdm/src/playwright/a.ts', '@playwright/test'],
  ['packages/virtual-cdm/src/playwright/a.ts', 'node:fs/promises'],
  ['packages/shaka/src/index.ts', 'shaka-player/dist/shaka-player.dash-es2021.js'],
  ['packages/shaka/src/index.ts', '@secure-player/core/dom'],
  ['packages/react/src/index.ts', '@secure-player/shaka'],
  ['packages/react/src/a.test.tsx', '@secure-player/virtual-cdm'],
  ['packages/react/src/a.stories.tsx', '@secure-player/react/styles.css'],
  ['packages/react/src/a.example.tsx', '@secure-player/react'],
  ['packages/core/src/a.test.ts', 'node:fs'],
  ['packages/packaging/src/index.ts', 'node:fs'],
  ['packages/entitlement-server/src/node/a.ts', 'node:fs'],
  ['packages/entitlement-server/src/node/a.ts', '../api/index.js'],
  ['packages/entitlement-server/src/api/a.test.ts', '../node/serve.js'],
  ['apps/demo/src/main.tsx', '@secure-player/react'],
  ['e2e/a.test.ts', '../scripts/browser.mjs'],
  ['e2e/tests/a.spec.ts', '@playwright/test'],
])('allows that %s imports %s', (file, specifier) => {
  expect(rulesBrokenBy(file, specifier)).toEqual([]);
});

it('says where, which edge, and what to do', () => {
  const source = {
    file: 'packages/core/src/index.ts',
    imports: [{ specifier: '@secure-player/react', line: 7 }],
  };
  expect(checkEdges(source, entryPoints)).toEqual([
    {
      file: 'packages/core/src/index.ts',
      line: 7,
      rule: 'layer',
      edge: 'core -> @secure-player/react',
      advice: 'core may import protocol. Move the code down, or pass it in from above.',
    },
  ]);
});
