import { expect, it } from 'vitest';
import * as packaging from './index.js';

it('exports exactly the public names', () => {
  expect(Object.keys(packaging).sort()).toEqual([
    'PackagingError',
    'TEST_PATTERN',
    'deriveLeafKeys',
    'deriveRootKey',
    'firstLightMezzanine',
    'isPackagingError',
    'packageRotatingTitle',
    'packageTitle',
    'readTestPattern',
    'titleKeyId',
  ]);
});
