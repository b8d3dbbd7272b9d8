import { expect, test } from 'vitest';

import { requireUsableRegions } from '../catalog/require-usable-regions.js';
import type { TitleRegions } from '../catalog/title.js';
import { isRegionAllowed } from './region-rights.js';

test.each<[TitleRegions | undefined, string | null, boolean]>([
  [undefined, null, true],
  [undefined, 'DE', true],
  [{ allow: ['DE', 'AT'] }, 'AT', true],
  [{ allow: ['DE', 'AT'] }, 'CH', false],
  [{ allow: ['DE', 'AT'] }, null, false],
  [{ block: ['US'] }, 'DE', true],
  [{ block: ['US'] }, 'US', false],
  [{ block: ['US'] }, null, false],
])('a title with regions %j, seen from %s: %s', (regions, region, isAllowed) => {
  expect(isRegionAllowed({ regions }, region)).toBe(isAllowed);
});

test.each([
  [{}, 'regions'],
  [{ allow: ['DE'], block: ['US'] }, 'regions'],
  [{ allow: [] }, 'regions.allow'],
  [{ allow: ['DE', 'uk'] }, 'regions.allow[1]'],
  [{ block: ['UK'] }, 'regions.block[0]'],
])('regions that cannot be meant are refused: %j', (regions, field) => {
  expect(() => requireUsableRegions(regions as TitleRegions, 'regions')).toThrow(
    expect.objectContaining({ field }),
  );
});
