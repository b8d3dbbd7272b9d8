import type { LoginResponse } from '@secure-player/protocol';
import { Hono } from 'hono';
import * as v from 'valibot';

import type { AuditEntry } from '../audit/audit-trail.js';
import { audited, type Auditor } from '../audit/audited.js';
import type { DeviceStore } from '../devices/device-store.js';
import { ProblemError } from '../http/problem-error.js';
import { readJson } from '../http/read-json.js';
import type { ServerEnv } from '../http/server-env.js';
import type { PlaybackSessions } from '../playback-sessions/playback-sessions.js';
import { TokenBuckets } from '../rate-limits/token-buckets.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import { toAccount, type AccountRecord } from './account-directory.js';
import { authenticate, requireAccount, type Authenticator } from './authenticate.js';
import type { PasswordChecker } from './password-hash.js';

/** What the account routes work with. */
export interface AccountRoutesOptions extends Authenticator, Auditor {
  readonly passwords: PasswordChecker;
  readonly sessions: PlaybackSessions;
  readonly devices: DeviceStore;
}

/** The body of `POST /login`. */
export const loginSchema = v.strictObject({
  username: v.pipe(v.string(), v.maxLength(256)),
  password: v.pipe(v.string(), v.maxLength(1024)),
});

/** `POST /login`, `GET /me`, `POST /logout`. */
export function accountRoutes(options: AccountRoutesOptions): Hono<ServerEnv> {
  const { accounts, accountLimits, bearers, passwords, sessions } = options;
  const isKeptOf = boundTurnedAway(options.clock);
  const routes = new Hono<ServerEnv>();

  routes.post('/login', async (c) => {
    const { username, password } = await readJson(c.req.raw, loginSchema);
    const account = (await accounts.findByUsername(username)) ?? null;
    const region = c.get('region') ?? null;
    const isKept = (decision: AuditEntry['decision']): boolean => isKeptOf(account, decision);
    return audited(options, { action: 'login', region, account, isKept }, async () => {
      accountLimits?.requireLogin(username);
      const isRight = await passwords.verify(password, account?.passwordHash ?? null);
      if (!isRight) accountLimits?.countFailedLogin(username);
      if (!isRight || account === null) throw new ProblemError('credentials-rejected');

      const { token, expiresAt } = await bearers.issue(account.id);
      return c.json({ token, expiresAt, account: toAccount(account) } satisfies LoginResponse);
    });
  });

  routes.get('/me', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    return c.json(toAccount(account));
  });

  routes.post('/logout', async (c) => {
    const { account, login } = requireAccount(await authenticate(c.req.raw, options));
    return audited(options, { action: 'logout', region: null, account }, async () => {
      await bearers.revoke(login);
      // A playback session lets its holder fetch licenses without a token: it must not outlive signing out.
      await sessions.endAllOf(login);
      // A device that did not say which one it is was counted as its sign-in.
      await options.devices.remove(account.id, login.id);
      return c.body(null, 204);
    });
  });

  return routes;
}

/** Entries about one account; all user names that are nobody's have as many together. */
const TURNED_AWAY = { burst: 10, perMinute: 1 };

/**
 * Says which attempts to sign in are written down: each whose password was looked at, and of those that were turned away
 * before enough to see that guessing goes on. They cost nothing to make, and a trail that they fill hides the rest.
 */
function boundTurnedAway(
  clock: Clock,
): (account: AccountRecord | null, decision: AuditEntry['decision']) => boolean {
  const turnedAway = new TokenBuckets({ ...TURNED_AWAY, clock });
  return (account, decision) => {
    if (decision !== 'too-many-requests' && decision !== 'service-unavailable') return true;
    return turnedAway.take(account?.id ?? '') === 0;
  };
}
