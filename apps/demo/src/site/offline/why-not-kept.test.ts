import { expect, it } from 'vitest';

import { whyNotKept } from './why-not-kept.js';

const NOW = 1000;
const PAID = { subscriptionEndsAt: null };
const ENDED = { subscriptionEndsAt: NOW };

it.each([
  ['nothing', { access: 'subscription', storable: true }, PAID, null],
  ['that it streams only', { access: 'free', storable: false }, PAID, 'not-offered'],
  ['that, before whoever is not signed in', { access: 'free', storable: false }, null, 'not-offered'],
  ['that nobody is signed in', { access: 'free', storable: true }, null, 'signed-out'],
  ['a subscription that has ended', { access: 'subscription', storable: true }, ENDED, 'subscription-ended'],
  [
    'nothing about a subscription where a rental is what counts',
    { access: 'rental', storable: true },
    ENDED,
    null,
  ],
] as const)('tells %s', (_, title, keeper, obstacle) => {
  expect(whyNotKept(title, keeper, NOW)).toBe(obstacle);
});
