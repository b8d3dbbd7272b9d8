import type { AccountConfiguration } from './account-directory.js';

/** The password of every demo account. It is published on purpose: these accounts are for looking around. */
export const DEMO_PASSWORD = 'demo';

/**
 * The hash of {@link DEMO_PASSWORD}, made beforehand so that a server starts at once, and at a low cost so that signing
 * in takes milliseconds: there is nothing to guess in a password that everybody may read.
 */
const DEMO_PASSWORD_HASH =
  'scrypt$1024$8$1$mfRZAkCKmkyHFu5f1wLhxQ$tgKh8Ew8Ml59oM1uUrIoD_SQ-dN5YFqr6netcrllE5o';

const LONG_AGO = Date.UTC(2024, 0, 1);

/**
 * Accounts for demos and tests: `premium` sees everything, `basic` stays below HD, and the subscription of `expired` has
 * ended. Never configure them beside real accounts.
 */
export function demoAccounts(): AccountConfiguration[] {
  const shared = { passwordHash: DEMO_PASSWORD_HASH, subscriptionEndsAt: null };
  return [
    { ...shared, id: 'demo-premium', username: 'premium', name: 'Paula Premium', plan: 'premium' },
    { ...shared, id: 'demo-basic', username: 'basic', name: 'Ben Basic', plan: 'basic' },
    {
      ...shared,
      id: 'demo-expired',
      username: 'expired',
      name: 'Eve Expired',
      plan: 'premium',
      subscriptionEndsAt: LONG_AGO,
    },
  ];
}
