import { expect, it } from 'vitest';

import * as adapter from './index.js';

it('exports these values, and no others', () => {
  expect(Object.keys(adapter)).toEqual(['createShakaEngineFactory']);
});
