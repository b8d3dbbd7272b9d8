import { expect, it } from 'vitest';

import * as query from './index.js';

it('exports these values, and no others', () => {
  expect(Object.keys(query).sort()).toEqual([
    'entitlementQueryOptions',
    'securePlayerKeys',
    'streamsQueryOptions',
    'useEntitlement',
    'useStreams',
  ]);
});
