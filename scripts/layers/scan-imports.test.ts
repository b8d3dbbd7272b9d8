import { expect, it } from 'vitest';
import { scanImports } from './scan-imports.mjs';

const specifiers = (source: string) => scanImports(source).map(({ specifier }) => specifier);

it.each([
  ["import a, { type B } from 'x';", 'x'],
  ["import * as a from 'x';", 'x'],
  ["import type { A } from 'x';", 'x'],
  ["import {\n  a,\n  b,\n} from 'x';", 'x'],
  ["import 'x';", 'x'],
  ["export * from 'x';", 'x'],
  ["export type { A } from 'x';", 'x'],
  ["const a = await import('x');", 'x'],
  ["type A = import('x').B;", 'x'],
  ["const a = require('x');", 'x'],
  ["vi.mock('x');", 'x'],
  ["const a = <p>Don't</p>; const b = import('x');", 'x'],
  ["const a = 'http://b'; const c = import('x');", 'x'],
  ['const a = /[`\'"]/; const b = import("x");', 'x'],
])('finds the module in %s', (source, expected) => {
  expect(specifiers(source)).toEqual([expected]);
});

it.each([
  "// import a from 'x'",
  "/* import a from 'x';\n */",
  "/** {@link import('x')} */",
  "object.import('x')",
  'import.meta.url',
])('finds none in %s', (source) => {
  expect(specifiers(source)).toEqual([]);
});

it('tells the line, comments and all', () => {
  const source = "/*\n * two lines\n */\nimport a from 'a';\n\nexport {\n  b,\n} from 'b';\n";
  expect(scanImports(source)).toEqual([
    { specifier: 'a', line: 4 },
    { specifier: 'b', line: 8 },
  ]);
});
