import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { expect, it } from 'vitest';

import { withoutSpareRenderer } from './arguments.mjs';

it('turns off all that Playwright turns off', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const code = readFileSync(join(folder, 'lib/coreBundle.js'), 'utf8');
  const list = /disabledFeatures = \[(.*?)\n\s*\]/s.exec(code)?.[1] ?? '';
  const features = [...list.matchAll(/^\s*"(\w+)"/gm)].map(([, name]) => name);

  expect(features).toContain('PaintHolding');
  expect(withoutSpareRenderer.replace('--disable-features=', '').split(',')).toEqual([
    ...features,
    'SpareRendererForSitePerProcess',
  ]);
});
