import type { Entitlement } from '@secure-player/protocol';
import * as v from 'valibot';

import { accountPlanSchema } from '../accounts/account-operations.js';
import { catalogAccessSchema } from '../catalog/catalog-operations.js';
import { sourceDocumentSchema } from '../catalog/source-document-schema.js';
import { epochMilliseconds } from '../openapi/common-schemas.js';
import { json, type Operation } from '../openapi/operation.js';
import { streamFormatSchema } from '../playback-sessions/stream-format-schema.js';

export const entitlementSchema = v.object({
  contentId: v.string(),
  access: catalogAccessSchema,
  plan: v.pipe(v.nullable(accountPlanSchema), v.description('Null without an account, for a free title.')),
  subscriptionEndsAt: v.nullable(epochMilliseconds),
  source: sourceDocumentSchema,
}) satisfies v.GenericSchema<Entitlement>;

export const ENTITLEMENT_OPERATIONS: readonly Operation[] = [
  {
    id: 'getEntitlement',
    method: 'get',
    route: '/v1/entitlements/:contentId',
    summary: 'What may be done with a title, and what to play. Opens nothing.',
    bearer: 'optional',
    parameters: [
      { in: 'path', name: 'contentId', description: 'The id of a title.', schema: v.string() },
      {
        in: 'query',
        name: 'format',
        description: 'How the title is to be packaged; DASH where there is a choice.',
        schema: streamFormatSchema,
      },
    ],
    answers: { 200: { description: 'It may be played.', content: json(entitlementSchema) } },
    problems: [
      'invalid-request',
      'authentication-required',
      'session-expired',
      'subscription-expired',
      'plan-insufficient',
      'region-blocked',
      'rental-required',
      'rental-expired',
      'content-not-found',
    ],
  },
];
