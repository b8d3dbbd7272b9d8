import { expect, it } from 'vitest';

import * as presets from './index.js';

it('exports these values, and no others', () => {
  expect(Object.keys(presets).sort()).toEqual(['axinom', 'doverunner', 'drmtoday', 'ezdrm']);
});
