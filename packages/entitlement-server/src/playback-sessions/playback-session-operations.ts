import type { PlaybackSessionResponse } from '@secure-player/protocol';
import * as v from 'valibot';

import { playbackSessionReferenceSchema, sourceDocumentSchema } from '../catalog/source-document-schema.js';
import { epochMilliseconds } from '../openapi/common-schemas.js';
import { json, type Operation, type OperationParameter } from '../openapi/operation.js';
import { playbackSessionRenewalSchema, playbackSessionRequestSchema } from './playback-session-routes.js';

export const playbackSessionResponseSchema = v.object({
  ...playbackSessionReferenceSchema.entries,
  contentId: v.string(),
  intent: v.picklist(['play', 'prefetch']),
  expiresAt: v.pipe(epochMilliseconds, v.description('When the session ends unless a heartbeat renews it.')),
  leaseExpiresAt: v.pipe(
    v.nullable(epochMilliseconds),
    v.description('How long it counts as a stream of the account; null where it holds none.'),
  ),
  source: sourceDocumentSchema,
}) satisfies v.GenericSchema<PlaybackSessionResponse>;

const id: OperationParameter = {
  in: 'path',
  name: 'id',
  description: 'The id of a playback session, as its opener was told.',
  schema: v.string(),
};

const RIGHTS = [
  'subscription-expired',
  'plan-insufficient',
  'region-blocked',
  'rental-required',
  'rental-expired',
  'content-not-found',
] as const;

const BODY = ['invalid-request', 'payload-too-large', 'unsupported-media-type'] as const;

export const PLAYBACK_SESSION_OPERATIONS: readonly Operation[] = [
  {
    id: 'openPlaybackSession',
    method: 'post',
    route: '/v1/playback-sessions',
    summary: 'Opens a playback session; to `play` takes a stream of the account.',
    description:
      'With an `Idempotency-Key` a repeat under the same sign-in finds the same session. A key whose sessions were ended time and again opens no further one.',
    bearer: 'optional',
    parameters: [
      {
        in: 'header',
        name: 'Idempotency-Key',
        description: 'Makes a repeat safe for whoever is signed in.',
        schema: v.pipe(v.string(), v.regex(/^[!-~]{1,255}$/)),
      },
    ],
    body: { required: true, content: json(playbackSessionRequestSchema) },
    answers: { 201: { description: 'Open.', content: json(playbackSessionResponseSchema) } },
    problems: [
      ...BODY,
      ...RIGHTS,
      'device-limit-reached',
      'authentication-required',
      'session-expired',
      'stream-limit-reached',
      'playback-session-ended',
      'service-unavailable',
    ],
  },
  {
    id: 'renewPlaybackSession',
    method: 'put',
    route: '/v1/playback-sessions/:id',
    summary: 'The heartbeat. Promotes a prefetch, and takes a stream back.',
    bearer: 'optional',
    parameters: [id],
    body: { required: false, content: json(playbackSessionRenewalSchema) },
    answers: { 200: { description: 'Renewed.', content: json(playbackSessionResponseSchema) } },
    problems: [
      ...BODY,
      ...RIGHTS,
      'authentication-required',
      'session-expired',
      'stream-limit-reached',
      'session-superseded',
      'playback-session-unknown',
      'playback-session-ended',
    ],
  },
  {
    id: 'releaseStream',
    method: 'delete',
    route: '/v1/playback-sessions/:id/lease',
    summary: 'Gives the stream back; the session can go on.',
    bearer: 'optional',
    parameters: [id],
    answers: { 204: { description: 'It holds no stream.' } },
    problems: ['playback-session-unknown', 'playback-session-ended', 'session-superseded'],
  },
  {
    id: 'endPlaybackSession',
    method: 'delete',
    route: '/v1/playback-sessions/:id',
    summary: 'Ends the session.',
    bearer: 'optional',
    parameters: [id],
    answers: { 204: { description: 'It is over.' } },
    problems: ['playback-session-unknown'],
  },
];
