import type { Entitlement, StreamFormat } from '@secure-player/protocol';
import { Hono } from 'hono';
import * as v from 'valibot';

import { authenticate, type Authenticator } from '../accounts/authenticate.js';
import type { KeySystemOffer } from '../catalog/key-system-offer.js';
import { createSourceDocument } from '../catalog/source-document.js';
import type { TitleIndex } from '../catalog/title-index.js';
import { invalidField } from '../http/problem-error.js';
import type { ServerEnv } from '../http/server-env.js';
import { streamFormatSchema } from '../playback-sessions/stream-format-schema.js';
import { requireRights, type RightsSources } from '../rights/require-rights.js';

/** What the entitlement routes work with. */
export interface EntitlementRoutesOptions extends Authenticator, RightsSources {
  readonly titles: TitleIndex;
  readonly keySystems: KeySystemOffer;
}

/** `GET /entitlements/:contentId?format=`: takes nothing and opens nothing, so it may be asked as often as one likes. */
export function entitlementRoutes(options: EntitlementRoutesOptions): Hono<ServerEnv> {
  const { titles, keySystems } = options;
  const routes = new Hono<ServerEnv>();

  routes.get('/entitlements/:contentId', async (c) => {
    const format = parseFormat(c.req.query('format'));
    const identity = await authenticate(c.req.raw, options);
    const title = titles.require(c.req.param('contentId'));
    const rights = await requireRights(title, identity, c.get('region') ?? null, options);
    const account = identity.status === 'account' ? identity.account : null;

    return c.json({
      contentId: title.id,
      access: title.access,
      plan: account?.plan ?? null,
      subscriptionEndsAt: account?.subscriptionEndsAt ?? null,
      source: createSourceDocument({ title, mediaUrl: titles.mediaUrl, rights, format, keySystems }),
    } satisfies Entitlement);
  });

  return routes;
}

function parseFormat(text: string | undefined): StreamFormat | undefined {
  if (text === undefined) return undefined;

  const result = v.safeParse(streamFormatSchema, text);
  if (!result.success)
    throw invalidField('format', `must be one of ${streamFormatSchema.options.join(', ')}`);
  return result.output;
}
