import { expect, it } from 'vitest';

import * as page from './index.js';

it('exports these values, and no others', () => {
  expect(Object.keys(page).sort()).toEqual([
    'VirtualCdmError',
    'clearkey',
    'createManualClock',
    'fairplay',
    'findInstalled',
    'installVirtualCdm',
    'isVirtualCdmError',
    'playready',
    'system',
    'widevine',
  ]);
});
