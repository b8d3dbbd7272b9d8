import type { PlaybackSessionResponse } from '@secure-player/protocol';
import { Hono } from 'hono';
import * as v from 'valibot';

import { authenticate, type Authenticator } from '../accounts/authenticate.js';
import { audited, type Auditor } from '../audit/audited.js';
import type { KeySystemOffer } from '../catalog/key-system-offer.js';
import { createSourceDocument, requireStream } from '../catalog/source-document.js';
import type { TitleIndex } from '../catalog/title-index.js';
import { requireDevice, type DeviceRules } from '../devices/require-device.js';
import { networkOf } from '../edge/internet-address.js';
import { readJson, readOptionalJson } from '../http/read-json.js';
import type { ServerEnv } from '../http/server-env.js';
import { requireAvailable } from '../policy/require-bounds.js';
import type { GrantedRights } from '../rights/decide-rights.js';
import { requireRights, type RightsSources } from '../rights/require-rights.js';
import { describeDevice } from './describe-device.js';
import { openOnce, type OpenedSession } from './open-once.js';
import type { PlaybackSessions } from './playback-sessions.js';
import type { SessionIds } from './session-ids.js';
import { streamFormatSchema } from './stream-format-schema.js';

/** What the playback session routes work with. */
export interface PlaybackSessionRoutesOptions extends Authenticator, RightsSources, DeviceRules, Auditor {
  readonly titles: TitleIndex;
  readonly keySystems: KeySystemOffer;
  readonly sessions: PlaybackSessions;
  readonly sessionIds: SessionIds;
  readonly heartbeatSeconds: number;
}

const replaceSchema = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64)));

/** The body of `POST /playback-sessions`. */
export const playbackSessionRequestSchema = v.strictObject({
  contentId: v.pipe(v.string(), v.maxLength(256)),
  intent: v.picklist(['play', 'prefetch']),
  format: v.optional(streamFormatSchema),
  replace: replaceSchema,
  deviceId: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]{1,128}$/))),
});

/** The body of `PUT /playback-sessions/:id`, which may be left out. */
export const playbackSessionRenewalSchema = v.strictObject({ replace: replaceSchema });

/**
 * `POST /playback-sessions` opens, `PUT …/:id` is the heartbeat, `DELETE …/:id/lease` gives the stream back, `DELETE …/:id`
 * ends.
 */
export function playbackSessionRoutes(options: PlaybackSessionRoutesOptions): Hono<ServerEnv> {
  const { titles, sessions, sessionIds } = options;
  const routes = new Hono<ServerEnv>();

  routes.post('/playback-sessions', async (c) => {
    const request = await readJson(c.req.raw, playbackSessionRequestSchema);
    const identity = await authenticate(c.req.raw, options);
    const region = c.get('region') ?? null;
    const account = identity.status === 'account' ? identity.account : null;

    return audited(options, { action: 'session-open', region, account }, async (note) => {
      const title = titles.require(request.contentId);
      note({ contentId: title.id });
      const rights = await requireRights(title, identity, region, options);
      requireStream(title, request.format);
      const device = describeDevice(c.req.header('User-Agent'));
      await requireDevice(options, { identity, rights, deviceId: request.deviceId, name: device });

      const address = c.get('clientAddress');
      const network = address == null ? null : networkOf(address);
      const opening = { request, identity, device, plan: rights.plan, network };
      const opened = await openOnce(sessions, sessionIds, opening, c.req.header('Idempotency-Key'));
      note({ sessionKey: opened.session.key });
      return c.json(toResponse(options, opened, rights), 201);
    });
  });

  routes.put('/playback-sessions/:id', async (c) => {
    const { replace } = (await readOptionalJson(c.req.raw, playbackSessionRenewalSchema)) ?? {};
    const id = c.req.param('id');
    const region = c.get('region') ?? null;

    return audited(options, { action: 'session-renew', region, account: null }, async (note) => {
      const identity = await authenticate(c.req.raw, options);
      const usable = await sessions.use(id, identity, { isTakingBack: replace !== undefined });
      const { contentId, accountId, intent, key } = usable.session;
      note({ contentId, accountId, sessionKey: key });
      const title = titles.require(contentId);
      const rights = await requireRights(title, usable.identity, region, options);
      // To play what was prefetched is a beginning, whenever it was opened.
      if (intent === 'prefetch')
        requireAvailable(title.policy ?? {}, { now: options.clock(), begunAt: null });

      const heartbeat = { plan: rights.plan, replace };
      if (accountId !== null && rights.rental?.startedAt === null && intent === 'prefetch') {
        // The license that was prefetched is the one it plays with: no other asks for this rental to start. It starts before
        // the session plays, so that the next heartbeat finds a prefetch and does again what failed in between; and not where
        // there is no room to play.
        await sessions.requireRoom(usable, heartbeat);
        await options.rentals.start(accountId, contentId, options.clock());
      }
      const session = await sessions.renew(usable, heartbeat);
      return c.json(toResponse(options, { id, session }, rights));
    });
  });

  routes.delete('/playback-sessions/:id/lease', async (c) => {
    await sessions.release(c.req.param('id'), await authenticate(c.req.raw, options));
    return c.body(null, 204);
  });

  routes.delete('/playback-sessions/:id', async (c) => {
    const identity = await authenticate(c.req.raw, options);
    return audited(options, { action: 'session-end', region: null, account: null }, async (note) => {
      const { contentId, accountId, key } = await sessions.end(c.req.param('id'), identity);
      note({ contentId, accountId, sessionKey: key });
      return c.body(null, 204);
    });
  });

  return routes;
}

function toResponse(
  { titles, keySystems, heartbeatSeconds }: PlaybackSessionRoutesOptions,
  { id, session }: OpenedSession,
  rights: GrantedRights,
): PlaybackSessionResponse {
  const reference = { id, heartbeatSeconds };
  const { contentId, intent, format, expiresAt, leaseExpiresAt } = session;
  const source = createSourceDocument({
    title: titles.require(contentId),
    mediaUrl: titles.mediaUrl,
    rights,
    format,
    keySystems,
    session: reference,
  });
  return { ...reference, contentId, intent, expiresAt, leaseExpiresAt, source };
}
