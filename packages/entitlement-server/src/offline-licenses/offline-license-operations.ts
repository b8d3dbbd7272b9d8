import type {
  AccountOfflineLicense,
  OfflineLicenseResponse,
  OfflineLicensesResponse,
  OfflineLicenseStatusResponse,
} from '@secure-player/protocol';
import * as v from 'valibot';

import { sourceDocumentSchema } from '../catalog/source-document-schema.js';
import { epochMilliseconds } from '../openapi/common-schemas.js';
import { json, type Operation, type OperationParameter } from '../openapi/operation.js';
import { offlineLicenseRequestSchema, offlinePlayRequestSchema } from './offline-license-routes.js';

const serverTime = v.pipe(epochMilliseconds, v.description("The server's clock as it answered."));
const renewable = v.pipe(v.boolean(), v.description('Whether renewing can bring a later end.'));
const handle = v.pipe(v.string(), v.description('Names it in lists, and lets nobody use it.'));
const maybe = (description: string) => v.pipe(v.nullable(epochMilliseconds), v.description(description));

/** What has become of an offline license. */
export const offlineLicenseStatusSchema = v.picklist(['active', 'expired', 'revoked', 'released']);

const terms = {
  expiresAt: maybe(
    "When it ends, whatever was played: the earliest of its term, the subscription's, the rental's and the title's end. Null without an end.",
  ),
  startBy: maybe('By when the first play must have begun; null without such a bound, or once it began.'),
  playWithinSeconds: v.pipe(
    v.nullable(v.number()),
    v.description(
      'The window from the first play on; null without one, or once it began and counts in `expiresAt`.',
    ),
  ),
};

export const offlineLicenseResponseSchema = v.object({
  id: v.pipe(
    v.string(),
    v.description('A secret of the device: who knows it gets licenses of this title, and gives them back.'),
  ),
  handle,
  contentId: v.string(),
  source: sourceDocumentSchema,
  ...terms,
  renewable,
  serverTime,
}) satisfies v.GenericSchema<OfflineLicenseResponse>;

export const offlineLicenseStatusResponseSchema = v.object({
  handle,
  contentId: v.string(),
  status: offlineLicenseStatusSchema,
  createdAt: epochMilliseconds,
  renewedAt: maybe('Null as long as it was not.'),
  ...terms,
  firstPlayedAt: maybe('The first play since it was made or renewed, as its device reported it.'),
  endedAt: maybe('When it was revoked or released.'),
  renewable,
  serverTime,
}) satisfies v.GenericSchema<OfflineLicenseStatusResponse>;

export const accountOfflineLicenseSchema = v.object({
  handle,
  contentId: v.string(),
  title: v.pipe(v.nullable(v.string()), v.description('Null where it is not in the catalog any more.')),
  device: v.pipe(v.string(), v.description('In words, such as `Firefox on Windows`.')),
  deviceId: v.string(),
  createdAt: epochMilliseconds,
  renewedAt: maybe('Null as long as it was not.'),
  expiresAt: maybe('Null without an end.'),
  status: offlineLicenseStatusSchema,
}) satisfies v.GenericSchema<AccountOfflineLicense>;

export const offlineLicensesResponseSchema = v.object({
  licenses: v.array(accountOfflineLicenseSchema),
  serverTime,
}) satisfies v.GenericSchema<OfflineLicensesResponse>;

const id: OperationParameter = {
  in: 'path',
  name: 'id',
  description: 'The id of an offline license, as its device was told.',
  schema: v.string(),
};

const SIGN_IN = ['authentication-required', 'session-expired'] as const;

const RIGHTS = [
  'subscription-expired',
  'plan-insufficient',
  'region-blocked',
  'rental-required',
  'rental-expired',
  'device-limit-reached',
  'content-not-found',
  'offline-not-allowed',
] as const;

const BODY = ['invalid-request', 'payload-too-large', 'unsupported-media-type'] as const;

export const OFFLINE_LICENSE_OPERATIONS: readonly Operation[] = [
  {
    id: 'openOfflineLicense',
    method: 'post',
    route: '/v1/offline-licenses',
    summary: 'Lets a device keep a title for watching offline.',
    description: 'With an `Idempotency-Key` a repeat under the same sign-in finds the same license.',
    bearer: 'required',
    parameters: [
      {
        in: 'header',
        name: 'Idempotency-Key',
        description: 'Makes a repeat safe.',
        schema: v.pipe(v.string(), v.regex(/^[!-~]{1,255}$/)),
      },
    ],
    body: { required: true, content: json(offlineLicenseRequestSchema) },
    answers: { 201: { description: 'It may be kept.', content: json(offlineLicenseResponseSchema) } },
    problems: [...BODY, ...SIGN_IN, ...RIGHTS, 'offline-license-released'],
  },
  {
    id: 'getOfflineLicenses',
    method: 'get',
    route: '/v1/offline-licenses',
    summary: 'What the account keeps offline and on which device, newest first.',
    bearer: 'required',
    answers: { 200: { description: 'The licenses.', content: json(offlineLicensesResponseSchema) } },
    problems: SIGN_IN,
  },
  {
    id: 'revokeOfflineLicense',
    method: 'delete',
    route: '/v1/offline-licenses/:id',
    summary: 'Revokes an offline license of the account. Its device learns of it at the next contact.',
    bearer: 'required',
    parameters: [{ ...id, description: 'The handle of an offline license.' }],
    answers: { 204: { description: 'It gets no license any more.' } },
    problems: [...SIGN_IN, 'offline-license-unknown'],
  },
  {
    id: 'checkOfflineLicense',
    method: 'get',
    route: '/v1/offline-licenses/:id',
    summary: 'What has become of an offline license, for the device that holds it.',
    bearer: 'optional',
    parameters: [id],
    answers: { 200: { description: 'How it is.', content: json(offlineLicenseStatusResponseSchema) } },
    problems: ['offline-license-unknown'],
  },
  {
    id: 'renewOfflineLicense',
    method: 'post',
    route: '/v1/offline-licenses/:id/renew',
    summary: 'Begins another term, if the account still may watch the title.',
    bearer: 'optional',
    parameters: [id],
    answers: { 200: { description: 'Renewed.', content: json(offlineLicenseResponseSchema) } },
    problems: [...RIGHTS, 'offline-license-unknown', 'offline-license-revoked', 'offline-license-released'],
  },
  {
    id: 'reportFirstPlay',
    method: 'post',
    route: '/v1/offline-licenses/:id/plays',
    summary:
      'Says when the first play began. That can bring the end of a license or rental nearer, and never put it off.',
    bearer: 'optional',
    parameters: [id],
    body: { required: false, content: json(offlinePlayRequestSchema) },
    answers: { 200: { description: 'How it is now.', content: json(offlineLicenseStatusResponseSchema) } },
    problems: [...BODY, 'offline-license-unknown'],
  },
];
