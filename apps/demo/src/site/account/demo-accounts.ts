/** The password of every demo account. It is public on purpose, and the server publishes the same. */
export const DEMO_PASSWORD = 'demo';

/** An account to look around with. */
export interface DemoAccount {
  readonly username: string;
  readonly name: string;
  /** What it opens, in a few words. */
  readonly offer: string;
  readonly details: readonly DemoAccountDetail[];
}

/** One line of what an account may and may not see. */
export interface DemoAccountDetail {
  readonly isIncluded: boolean;
  readonly text: string;
}

/** The accounts that the server knows, and what the license server will say to each. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    username: 'premium',
    name: 'Premium',
    offer: 'The film in high definition',
    details: [
      { isIncluded: true, text: 'First Light up to 720p' },
      { isIncluded: true, text: 'The free preview' },
      { isIncluded: true, text: 'Keys for sound, SD and HD' },
      { isIncluded: true, text: 'Three screens at a time' },
    ],
  },
  {
    username: 'basic',
    name: 'Basic',
    offer: 'The film in standard definition',
    details: [
      { isIncluded: true, text: 'First Light up to 360p' },
      { isIncluded: true, text: 'The free preview' },
      { isIncluded: true, text: 'One screen at a time' },
      { isIncluded: false, text: 'The HD key is never sent' },
    ],
  },
  {
    username: 'expired',
    name: 'Expired',
    offer: 'A subscription that has ended',
    details: [
      { isIncluded: true, text: 'The free preview' },
      { isIncluded: false, text: 'First Light is refused' },
      { isIncluded: false, text: 'No keys, and a reason why' },
    ],
  },
];

/** The name of the plan behind an account of the server, as the pages call it. */
export function planName(
  account: { readonly plan: 'premium' | 'basic'; readonly subscriptionEndsAt: number | null },
  now: number,
): string {
  if (account.subscriptionEndsAt !== null && account.subscriptionEndsAt <= now) return 'Expired';
  return account.plan === 'premium' ? 'Premium' : 'Basic';
}
