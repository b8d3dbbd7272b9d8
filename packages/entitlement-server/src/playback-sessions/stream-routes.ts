import type { StreamsResponse } from '@secure-player/protocol';
import { Hono } from 'hono';

import { authenticate, requireAccount, type Authenticator } from '../accounts/authenticate.js';
import { audited, type Auditor } from '../audit/audited.js';
import { ProblemError } from '../http/problem-error.js';
import type { ServerEnv } from '../http/server-env.js';
import { describeDevice } from './describe-device.js';
import type { PlaybackSessions } from './playback-sessions.js';
import { toAccountStream } from './to-account-stream.js';

/** What the stream routes work with. */
export interface StreamRoutesOptions extends Authenticator, Auditor {
  readonly sessions: PlaybackSessions;
}

/**
 * `GET /streams`: what the account plays right now, on all of its devices. It names sessions and lets nobody use them.
 * `DELETE /streams/:id` stops one, which its device learns with its next heartbeat or license.
 */
export function streamRoutes(options: StreamRoutesOptions): Hono<ServerEnv> {
  const { sessions } = options;
  const routes = new Hono<ServerEnv>();

  routes.get('/streams', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    const streams = await sessions.listPlaying(account.id);
    return c.json({ streams: streams.map(toAccountStream) } satisfies StreamsResponse);
  });

  routes.delete('/streams/:id', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    return audited(options, { action: 'stream-stop', region: null, account }, async (note) => {
      const key = c.req.param('id');
      const isStopped = await sessions.stop(account.id, key, describeDevice(c.req.header('User-Agent')));
      if (!isStopped) throw new ProblemError('playback-session-unknown');

      note({ sessionKey: key });
      return c.body(null, 204);
    });
  });

  return routes;
}
