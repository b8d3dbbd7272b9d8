import type { Account, LoginResponse } from '@secure-player/protocol';
import * as v from 'valibot';

import { json, type Operation } from '../openapi/operation.js';
import { epochMilliseconds } from '../openapi/common-schemas.js';
import { loginSchema } from './account-routes.js';

/** What somebody pays for. */
export const accountPlanSchema = v.picklist(['premium', 'basic']);

export const accountSchema = v.object({
  id: v.string(),
  name: v.string(),
  plan: accountPlanSchema,
  subscriptionEndsAt: v.pipe(
    v.nullable(epochMilliseconds),
    v.description('Possibly in the past; null when the subscription has no end.'),
  ),
}) satisfies v.GenericSchema<Account>;

export const loginResponseSchema = v.object({
  token: v.pipe(v.string(), v.description('Send it as a bearer token; never put it in an address or a log.')),
  expiresAt: epochMilliseconds,
  account: accountSchema,
}) satisfies v.GenericSchema<LoginResponse>;

export const ACCOUNT_OPERATIONS: readonly Operation[] = [
  {
    id: 'logIn',
    method: 'post',
    route: '/v1/login',
    summary: 'Signs in.',
    bearer: 'none',
    body: { required: true, content: json(loginSchema) },
    answers: { 200: { description: 'Signed in.', content: json(loginResponseSchema) } },
    problems: [
      'invalid-request',
      'payload-too-large',
      'unsupported-media-type',
      'credentials-rejected',
      'service-unavailable',
    ],
  },
  {
    id: 'getAccount',
    method: 'get',
    route: '/v1/me',
    summary: 'Whose bearer token this is.',
    bearer: 'required',
    answers: { 200: { description: 'The account.', content: json(accountSchema) } },
    problems: ['authentication-required', 'session-expired'],
  },
  {
    id: 'logOut',
    method: 'post',
    route: '/v1/logout',
    summary: 'Signs out, and ends what was opened under this sign-in.',
    bearer: 'required',
    answers: { 204: { description: 'Signed out.' } },
    problems: ['authentication-required', 'session-expired'],
  },
];
