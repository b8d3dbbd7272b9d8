import type { StreamsResponse } from '@secure-player/protocol';
import { Hono } from 'hono';

import { authenticate, requireAccount, type Authenticator } from '../accounts/authenticate.js';
import type { ServerEnv } from '../http/server-env.js';
import type { PlaybackSessions } from './playback-sessions.js';

/** What the stream routes work with. */
export interface StreamRoutesOptions extends Authenticator {
  readonly sessions: PlaybackSessions;
}

/** `GET /streams`: what the account plays right now, on all of its devices. It names sessions and lets nobody use them. */
export function streamRoutes(options: StreamRoutesOptions): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>();

  routes.get('/streams', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    const sessions = await options.sessions.listPlaying(account.id);

    return c.json({
      // The key is a digest: from it nobody finds the id that acts for the account.
      streams: sessions.map(({ key, contentId, device, startedAt }) => ({
        id: key,
        contentId,
        device,
        startedAt,
      })),
    } satisfies StreamsResponse);
  });

  return routes;
}
