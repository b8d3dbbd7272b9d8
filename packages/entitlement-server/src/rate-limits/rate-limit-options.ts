import { invalidConfiguration } from '../entitlement-server-error.js';
import type { Budget } from './token-buckets.js';

/** What is counted apart from the rest. Media are not counted: that is for whoever delivers them. */
export type RateLimitedAction = 'login' | 'sessions' | 'licenses' | 'other';

/** What each may do; false is no limit. What is left out keeps its default. */
export interface ActionLimits {
  /** One address; of IPv6, one /64. */
  readonly address?: Budget | false | undefined;
  /** One account; of `login`, one user name. */
  readonly account?: Budget | false | undefined;
}

/** Limits of how often one may ask. */
export type RateLimitOptions = { readonly [A in RateLimitedAction]?: ActionLimits | undefined };

/** Every limit in its place; null is no limit. */
export type ResolvedRateLimits = Readonly<
  Record<RateLimitedAction, Readonly<Record<'address' | 'account', Budget | null>>>
>;

/**
 * Generous to a household and to an office behind one address. A network that puts thousands of viewers behind one IPv4
 * address wants more for addresses.
 */
const DEFAULTS: ResolvedRateLimits = {
  login: { address: { burst: 60, perMinute: 30 }, account: { burst: 50, perMinute: 5 } },
  sessions: { address: { burst: 300, perMinute: 600 }, account: { burst: 60, perMinute: 60 } },
  licenses: { address: { burst: 1200, perMinute: 2400 }, account: { burst: 240, perMinute: 240 } },
  other: { address: { burst: 1200, perMinute: 2400 }, account: { burst: 600, perMinute: 600 } },
};

const ACTIONS = ['login', 'sessions', 'licenses', 'other'] as const;
const OFF = Object.fromEntries(
  ACTIONS.map((action) => [action, { address: null, account: null }]),
) as ResolvedRateLimits;

/** Fills in defaults and refuses what cannot work. `false` turns everything off. */
export function resolveRateLimits(options: RateLimitOptions | false = {}): ResolvedRateLimits {
  if (options === false) return OFF;

  return Object.fromEntries(
    ACTIONS.map((action) => {
      const { address, account } = options[action] ?? {};
      return [
        action,
        {
          address: resolve(address, DEFAULTS[action].address, `rateLimits.${action}.address`),
          account: resolve(account, DEFAULTS[action].account, `rateLimits.${action}.account`),
        },
      ];
    }),
  ) as ResolvedRateLimits;
}

function resolve(budget: Budget | false | undefined, fallback: Budget | null, field: string): Budget | null {
  if (budget === undefined) return fallback;
  if (budget === false) return null;

  for (const name of ['burst', 'perMinute'] as const) {
    const least = name === 'burst' ? 1 : Number.MIN_VALUE;
    if (!(Number.isFinite(budget[name]) && budget[name] >= least)) {
      throw invalidConfiguration(
        `${field}.${name}`,
        name === 'burst' ? 'must be 1 or more' : 'must be a number above 0',
      );
    }
  }
  return budget;
}
