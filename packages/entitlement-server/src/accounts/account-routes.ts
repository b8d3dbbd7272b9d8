import type { LoginResponse } from '@secure-player/protocol';
import { Hono } from 'hono';
import * as v from 'valibot';

import { ProblemError } from '../http/problem-error.js';
import { readJson } from '../http/read-json.js';
import type { ServerEnv } from '../http/server-env.js';
import type { PlaybackSessions } from '../playback-sessions/playback-sessions.js';
import { toAccount } from './account-directory.js';
import { authenticate, requireAccount, type Authenticator } from './authenticate.js';
import type { PasswordChecker } from './password-hash.js';

/** What the account routes work with. */
export interface AccountRoutesOptions extends Authenticator {
  readonly passwords: PasswordChecker;
  readonly sessions: PlaybackSessions;
}

const loginSchema = v.strictObject({
  username: v.pipe(v.string(), v.maxLength(256)),
  password: v.pipe(v.string(), v.maxLength(1024)),
});

/** `POST /login`, `GET /me`, `POST /logout`. */
export function accountRoutes(options: AccountRoutesOptions): Hono<ServerEnv> {
  const { accounts, bearers, passwords, sessions } = options;
  const routes = new Hono<ServerEnv>();

  routes.post('/login', async (c) => {
    const { username, password } = await readJson(c.req.raw, loginSchema);
    const account = await accounts.findByUsername(username);
    const isRight = await passwords.verify(password, account?.passwordHash ?? null);
    if (!isRight || account === undefined) throw new ProblemError('credentials-rejected');

    const { token, expiresAt } = await bearers.issue(account.id);
    return c.json({ token, expiresAt, account: toAccount(account) } satisfies LoginResponse);
  });

  routes.get('/me', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    return c.json(toAccount(account));
  });

  routes.post('/logout', async (c) => {
    const { login } = requireAccount(await authenticate(c.req.raw, options));
    await bearers.revoke(login);
    // A playback session lets its holder fetch licenses without a token: it must not outlive signing out.
    await sessions.endAllOf(login);
    return c.body(null, 204);
  });

  return routes;
}
