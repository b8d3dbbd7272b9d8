import type { OfflineLicensesResponse } from '@secure-player/protocol';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';

import type { AccountRecord } from '../accounts/account-directory.js';
import { authenticate, requireAccount, type Authenticator, type Identity } from '../accounts/authenticate.js';
import { audited, type Auditor, type DecisionNotes } from '../audit/audited.js';
import { requireStream } from '../catalog/source-document.js';
import type { Title } from '../catalog/title.js';
import { deviceIdOf } from '../devices/device-id-of.js';
import { requireDevice, type DeviceRules } from '../devices/require-device.js';
import { readJson, readOptionalJson } from '../http/read-json.js';
import type { ServerEnv } from '../http/server-env.js';
import { describeDevice } from '../playback-sessions/describe-device.js';
import type { SessionIds } from '../playback-sessions/session-ids.js';
import { streamFormatSchema } from '../playback-sessions/stream-format-schema.js';
import { requireBounds } from '../policy/require-bounds.js';
import type { GrantedRights } from '../rights/decide-rights.js';
import { requireRights, type RightsSources } from '../rights/require-rights.js';
import {
  toAccountOfflineLicense,
  toOfflineLicenseResponse,
  toOfflineStatusResponse,
  type OfflineAnswerSources,
} from './offline-license-answers.js';
import type { OfflineLicense, StoredTerms } from './offline-license-store.js';
import type { OfflineLicenses } from './offline-licenses.js';
import { termsOf } from './offline-terms.js';
import { openOfflineLicenseOnce } from './open-offline-license-once.js';
import { requireStorable } from './require-storable.js';

/** What the offline license routes work with. */
export interface OfflineLicenseRoutesOptions
  extends Authenticator, RightsSources, DeviceRules, Auditor, OfflineAnswerSources {
  readonly clock: RightsSources['clock'];
  readonly rentals: RightsSources['rentals'];
  readonly offlineLicenses: OfflineLicenses;
  readonly sessionIds: SessionIds;
}

/** The body of `POST /offline-licenses`. */
export const offlineLicenseRequestSchema = v.strictObject({
  contentId: v.pipe(v.string(), v.maxLength(256)),
  format: v.optional(streamFormatSchema),
  deviceId: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]{1,128}$/))),
});

/** The body of `POST /offline-licenses/:id/plays`, which may be left out. */
export const offlinePlayRequestSchema = v.strictObject({
  startedAt: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))),
});

/**
 * What an account's owner asks by a token: `POST /offline-licenses` opens, `GET` lists, `DELETE …/:handle` revokes. What the
 * device asks by the id, signed in or not: `GET …/:id`, `POST …/:id/renew`, `POST …/:id/plays`. It gives a license back by
 * its CDM's release message, at the license proxy.
 */
export function offlineLicenseRoutes(options: OfflineLicenseRoutesOptions): Hono<ServerEnv> {
  const routes = new Hono<ServerEnv>();
  addOwnersRoutes(routes, options);
  addDevicesRoutes(routes, options);
  return routes;
}

function addOwnersRoutes(routes: Hono<ServerEnv>, options: OfflineLicenseRoutesOptions): void {
  const { titles, offlineLicenses, sessionIds, clock } = options;

  routes.post('/offline-licenses', async (c) => {
    const request = await readJson(c.req.raw, offlineLicenseRequestSchema);
    const identity = requireAccount(await authenticate(c.req.raw, options));
    const { account, login } = identity;
    const region = c.get('region') ?? null;

    return audited(options, { action: 'offline-open', region, account }, async (note) => {
      const title = titles.require(request.contentId);
      note({ contentId: title.id });
      const rights = await requireRights(title, identity, region, options);
      requireStream(title, request.format);
      const terms = requireTerms(title, account, rights, clock());
      const device = describeDevice(c.req.header('User-Agent'));
      await requireDevice(options, { identity, rights, deviceId: request.deviceId, name: device });

      const deviceId = deviceIdOf(login, request.deviceId);
      const opening = { request, account, deviceId, device, terms };
      const once = { loginId: login.id, key: c.req.header('Idempotency-Key') };
      const opened = await openOfflineLicenseOnce(offlineLicenses, sessionIds, opening, once);
      note({ sessionKey: opened.license.key });
      return c.json(toOfflineLicenseResponse(options, opened, rights), 201);
    });
  });

  routes.get('/offline-licenses', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    const licenses = await offlineLicenses.listOf(account.id);
    return c.json({
      licenses: licenses.map((license) => toAccountOfflineLicense(options, license)),
      serverTime: clock(),
    } satisfies OfflineLicensesResponse);
  });

  routes.delete('/offline-licenses/:id', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    return audited(options, { action: 'offline-revoke', region: null, account }, async (note) => {
      const { key, contentId } = await offlineLicenses.revoke(account.id, c.req.param('id'));
      note({ sessionKey: key, contentId });
      return c.body(null, 204);
    });
  });
}

function addDevicesRoutes(routes: Hono<ServerEnv>, options: OfflineLicenseRoutesOptions): void {
  const { titles, offlineLicenses, rentals, clock } = options;

  routes.get('/offline-licenses/:id', async (c) => {
    const bearer = await authenticate(c.req.raw, options);
    const license = await offlineLicenses.find(c.req.param('id'), bearer);
    noteAndLimit(c, options, { bearer, license });
    return c.json(await toOfflineStatusResponse(options, license));
  });

  routes.post('/offline-licenses/:id/renew', async (c) => {
    const id = c.req.param('id');
    const region = c.get('region') ?? null;
    return audited(options, { action: 'offline-renew', region, account: null }, async (note) => {
      const bearer = await authenticate(c.req.raw, options);
      const usable = await offlineLicenses.use(id, bearer);
      noteAndLimit(c, options, { bearer, license: usable.license, note });
      const { account } = usable;
      const title = titles.require(usable.license.contentId);
      const rights = await requireRights(title, { status: 'account', account }, region, options);

      const license = await offlineLicenses.renew(usable, requireTerms(title, account, rights, clock()));
      return c.json(toOfflineLicenseResponse(options, { id, license }, rights));
    });
  });

  routes.post('/offline-licenses/:id/plays', async (c) => {
    const { startedAt } = (await readOptionalJson(c.req.raw, offlinePlayRequestSchema)) ?? {};
    return audited(options, { action: 'offline-play', region: null, account: null }, async (note) => {
      const bearer = await authenticate(c.req.raw, options);
      const license = await offlineLicenses.find(c.req.param('id'), bearer);
      noteAndLimit(c, options, { bearer, license, note });

      const begun = await offlineLicenses.begin(license, startedAt);
      const rental = await rentals.find(begun.accountId, begun.contentId);
      // A title that was rented anew since then has a window of its own, which that play did not begin.
      if (rental && begun.firstPlayedAt !== null && rental.rentedAt <= begun.firstPlayedAt) {
        await rentals.start(begun.accountId, begun.contentId, begun.firstPlayedAt);
      }
      return c.json(await toOfflineStatusResponse(options, begun));
    });
  });
}

/** The id acts for its account without a token, so that it counts for the account likewise. */
function noteAndLimit(
  c: Context<ServerEnv>,
  { accountLimits }: OfflineLicenseRoutesOptions,
  {
    bearer,
    license,
    note = () => {},
  }: {
    readonly bearer: Identity;
    readonly license: OfflineLicense;
    /** @default nothing is decided, and nothing noted */
    readonly note?: (known: DecisionNotes) => void;
  },
): void {
  const { accountId, contentId, key } = license;
  note({ accountId, contentId, sessionKey: key });
  if (bearer.status !== 'account') accountLimits?.require(c.req.raw, accountId);
}

/** How long a license that is opened or renewed now lasts; refuses a title that may not be kept, or not now. */
function requireTerms(
  title: Title,
  { subscriptionEndsAt }: AccountRecord,
  { rental }: GrantedRights,
  now: number,
): StoredTerms {
  requireStorable(title);
  const policy = requireBounds({
    now,
    policy: title.policy ?? {},
    sessionType: 'persistent-license',
    subscriptionEndsAt: title.access === 'subscription' ? subscriptionEndsAt : null,
    rental,
    begunAt: null,
    lease: null,
  });
  return termsOf(policy, now);
}
