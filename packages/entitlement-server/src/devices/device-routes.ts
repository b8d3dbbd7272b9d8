import type { DevicesResponse } from '@secure-player/protocol';
import { Hono } from 'hono';

import { authenticate, requireAccount, type Authenticator } from '../accounts/authenticate.js';
import { audited, type Auditor } from '../audit/audited.js';
import type { ServerEnv } from '../http/server-env.js';
import type { OfflineLicenses } from '../offline-licenses/offline-licenses.js';
import type { PlaybackSessions } from '../playback-sessions/playback-sessions.js';
import type { DeviceStore } from './device-store.js';

/** What the device routes work with. */
export interface DeviceRoutesOptions extends Authenticator, Auditor {
  readonly devices: DeviceStore;
  readonly sessions: PlaybackSessions;
  readonly offlineLicenses: OfflineLicenses;
}

/**
 * `GET /devices`: what the account is used on; `DELETE /devices/:id` makes room for another: what plays on that
 * one ends, and what it keeps offline is revoked.
 */
export function deviceRoutes(options: DeviceRoutesOptions): Hono<ServerEnv> {
  const { devices, sessions, offlineLicenses } = options;
  const routes = new Hono<ServerEnv>();

  routes.get('/devices', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    return c.json({ devices: await devices.listOf(account.id) } satisfies DevicesResponse);
  });

  routes.delete('/devices/:id', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    const id = c.req.param('id');
    return audited(options, { action: 'device-remove', region: null, account }, async () => {
      // First what it has: a device that is not listed any more could not be removed again after a failure.
      await offlineLicenses.revokeOf(account.id, id);
      // A playback session lets its holder fetch licenses without being counted again.
      await sessions.endAllOn(account.id, id);
      await devices.remove(account.id, id);
      // And what was opened while it was being removed.
      await sessions.endAllOn(account.id, id);
      return c.body(null, 204);
    });
  });

  return routes;
}
