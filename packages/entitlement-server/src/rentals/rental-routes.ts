import type { RentalResponse, RentalsResponse } from '@secure-player/protocol';
import { Hono } from 'hono';
import * as v from 'valibot';

import { authenticate, requireAccount, type Authenticator } from '../accounts/authenticate.js';
import { audited, type Auditor } from '../audit/audited.js';
import type { TitleIndex } from '../catalog/title-index.js';
import type { Title } from '../catalog/title.js';
import { invalidField } from '../http/problem-error.js';
import { readJson } from '../http/read-json.js';
import type { ServerEnv } from '../http/server-env.js';
import type { Rental, RentalStore } from './rental-store.js';

/** What the rental routes work with. */
export interface RentalRoutesOptions extends Authenticator, Auditor {
  readonly titles: TitleIndex;
  readonly rentals: RentalStore;
}

/** The body of `POST /rentals`. */
export const rentalRequestSchema = v.strictObject({ contentId: v.pipe(v.string(), v.maxLength(256)) });

/**
 * `POST /rentals` rents a title, `GET /rentals` lists what was rented. There is no till here: put the shop's own check in
 * front of it, or call `RentalStore.rent` from there and leave the route out.
 */
export function rentalRoutes(options: RentalRoutesOptions): Hono<ServerEnv> {
  const { titles, rentals, clock } = options;
  const routes = new Hono<ServerEnv>();

  routes.post('/rentals', async (c) => {
    const { contentId } = await readJson(c.req.raw, rentalRequestSchema);
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    return audited(options, { action: 'rental', region: c.get('region') ?? null, account }, async (note) => {
      const title = titles.require(contentId);
      note({ contentId: title.id });
      if (title.access !== 'rental') throw invalidField('contentId', 'is not for rent');

      return c.json(toResponse(await rentals.rent(account.id, title.id, clock()), title), 201);
    });
  });

  routes.get('/rentals', async (c) => {
    const { account } = requireAccount(await authenticate(c.req.raw, options));
    const list = await rentals.listOf(account.id);
    return c.json({
      rentals: list.flatMap((rental) => {
        const title = titles.find(rental.contentId);
        return title === undefined ? [] : toResponse(rental, title);
      }),
    } satisfies RentalsResponse);
  });

  return routes;
}

function toResponse({ contentId, rentedAt, startedAt }: Rental, { policy }: Title): RentalResponse {
  const { startWithinSeconds, playWithinSeconds } = policy?.rental ?? {};
  const [start, seconds] =
    startedAt === null ? [rentedAt, startWithinSeconds] : [startedAt, playWithinSeconds];
  return { contentId, rentedAt, startedAt, endsAt: seconds === undefined ? null : start + seconds * 1000 };
}
