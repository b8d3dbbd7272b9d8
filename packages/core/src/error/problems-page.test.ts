import { expect, it } from 'vitest';

import { writeProblemsPage } from '../testing/problems-page.js';

it('is what the page on problems says; `npm run docs:errors` writes it anew', async () => {
  await expect(writeProblemsPage()).toMatchFileSnapshot('../../../../docs/problems.md');
});
