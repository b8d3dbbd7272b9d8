import { expect, it } from 'vitest';

import * as fixture from './index.js';

it('exports these values, and no others', () => {
  expect(Object.keys(fixture).sort()).toEqual([
    'VirtualCdmControl',
    'addVirtualCdm',
    'test',
    'withVirtualCdm',
  ]);
});
