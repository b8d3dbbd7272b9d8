import type { DevicesResponse } from '@secure-player/protocol';
import { Hono } from 'hono';

import { authenticate, requireAccount, type Authenticator } from '../accounts/authenticate.js';
import { audited, type Auditor } from '../audit/audited.js';
import type { ServerEnv } from '../http/server-env.js';
import type { DeviceStore } from './device-store.js';

/** What the device routes work with. */
export interface DeviceRoutesOptions extends Authenticator, Auditor {
  readonly devices: DeviceStore;
}

/** `GET /devices`: what the account is used on; `DELETE /devices/:id` makes room for another. */
export function deviceRoutes(options: DeviceRoutesOptions): Hono<ServerEnv> {
  const { devices } = options;
  const routes = new Hono<ServerEnv>();

  routes.get('/devices', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    return c.json({ devices: await devices.listOf(account.id) } satisfies DevicesResponse);
  });

  routes.delete('/devices/:id', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    return audited(options, { action: 'device-remove', region: null, account }, async () => {
      await devices.remove(account.id, c.req.param('id'));
      return c.body(null, 204);
    });
  });

  return routes;
}
