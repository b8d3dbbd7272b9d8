import type { PlaybackSessionRequest, PlaybackSessionResponse } from '@secure-player/protocol';
import { Hono } from 'hono';
import * as v from 'valibot';

import { authenticate, type Authenticator, type Identity } from '../accounts/authenticate.js';
import type { KeySystemOffer } from '../catalog/key-system-offer.js';
import { createSourceDocument, requireStream } from '../catalog/source-document.js';
import type { TitleIndex } from '../catalog/title-index.js';
import { readJson } from '../http/read-json.js';
import type { ServerEnv } from '../http/server-env.js';
import type { GrantedRights } from '../rights/decide-rights.js';
import { requireRights } from '../rights/require-rights.js';
import type { Clock } from '../storage/owned-expiring-map.js';
import { describeDevice } from './describe-device.js';
import { requireIdempotencyKey, type IdempotencyStore } from './idempotency.js';
import type { PlaybackSession } from './playback-session-store.js';
import type { PlaybackSessions } from './playback-sessions.js';

/** What the playback session routes work with. */
export interface PlaybackSessionRoutesOptions extends Authenticator {
  readonly titles: TitleIndex;
  readonly keySystems: KeySystemOffer;
  readonly sessions: PlaybackSessions;
  readonly idempotency: IdempotencyStore<OpenedSession>;
  readonly clock: Clock;
  readonly heartbeatSeconds: number;
}

/** A session with the id that only its opener is told. */
export interface OpenedSession {
  readonly id: string;
  readonly session: PlaybackSession;
}

interface Opening {
  readonly request: PlaybackSessionRequest;
  readonly identity: Identity;
  readonly open: () => Promise<OpenedSession>;
}

const requestSchema = v.strictObject({
  contentId: v.pipe(v.string(), v.maxLength(256)),
  intent: v.picklist(['play', 'prefetch']),
  format: v.optional(v.picklist(['dash', 'dash-cbcs', 'hls'])),
});

/** `POST /playback-sessions` opens, `PUT …/:id` is the heartbeat, `DELETE …/:id` ends. */
export function playbackSessionRoutes(options: PlaybackSessionRoutesOptions): Hono<ServerEnv> {
  const { titles, sessions, clock } = options;
  const routes = new Hono<ServerEnv>();

  routes.post('/playback-sessions', async (c) => {
    const request = await readJson(c.req.raw, requestSchema);
    const identity = await authenticate(c.req.raw, options);
    const title = titles.require(request.contentId);
    const rights = requireRights(title, identity, clock());
    requireStream(title, request.format);

    const device = describeDevice(c.req.header('User-Agent'));
    const open = (): Promise<OpenedSession> => sessions.open(request, identity, device);
    const opened = await openOnce(options, { request, identity, open }, c.req.header('Idempotency-Key'));
    return c.json(toResponse(options, opened, rights), 201);
  });

  routes.put('/playback-sessions/:id', async (c) => {
    const id = c.req.param('id');
    const usable = await sessions.use(id, await authenticate(c.req.raw, options));
    const rights = requireRights(titles.require(usable.session.contentId), usable.identity, clock());

    return c.json(toResponse(options, { id, session: await sessions.renew(usable) }, rights));
  });

  routes.delete('/playback-sessions/:id', async (c) => {
    await sessions.end(c.req.param('id'), await authenticate(c.req.raw, options));
    return c.body(null, 204);
  });

  return routes;
}

/**
 * Honors the Idempotency-Key of a sign-in, as long as the session that it opened can be used. Without one there is
 * nobody to whom a key belongs: two strangers who both send `1` must not end up in one session, so each request opens
 * its own.
 */
async function openOnce(
  { sessions, idempotency }: PlaybackSessionRoutesOptions,
  { request, identity, open }: Opening,
  key: string | undefined,
): Promise<OpenedSession> {
  if (key !== undefined) requireIdempotencyKey(key);
  if (key === undefined || identity.status !== 'account') return open();

  const fingerprint = JSON.stringify([request.contentId, request.intent, request.format ?? null]);
  return idempotency.run(
    { login: identity.login, key, fingerprint },
    {
      start: open,
      isCurrent: async ({ session }) => sessions.isOpen(session),
    },
  );
}

function toResponse(
  { titles, keySystems, heartbeatSeconds }: PlaybackSessionRoutesOptions,
  { id, session }: OpenedSession,
  rights: GrantedRights,
): PlaybackSessionResponse {
  const reference = { id, heartbeatSeconds };
  const { contentId, intent, format, expiresAt } = session;
  const source = createSourceDocument({
    title: titles.require(contentId),
    mediaUrl: titles.mediaUrl,
    rights,
    format,
    keySystems,
    session: reference,
  });
  return { ...reference, contentId, intent, expiresAt, leaseExpiresAt: session.leaseExpiresAt, source };
}
