import { expect, it } from 'vitest';

import * as dom from './index.js';

it('exports these values, and no others', () => {
  expect(Object.keys(dom).sort()).toEqual(['createDownloads', 'createOfflineLicenses']);
});
