import type { AccountStream, StreamsResponse } from '@secure-player/protocol';
import * as v from 'valibot';

import { epochMilliseconds } from '../openapi/common-schemas.js';
import { json, type Operation } from '../openapi/operation.js';

export const accountStreamSchema = v.object({
  id: v.pipe(v.string(), v.description('Tells streams apart; it is no id of a playback session.')),
  contentId: v.string(),
  device: v.pipe(v.string(), v.description('In words, such as `Firefox on Windows`.')),
  startedAt: epochMilliseconds,
}) satisfies v.GenericSchema<AccountStream>;

export const streamsResponseSchema = v.object({
  streams: v.array(accountStreamSchema),
}) satisfies v.GenericSchema<StreamsResponse>;

export const STREAM_OPERATIONS: readonly Operation[] = [
  {
    id: 'getStreams',
    method: 'get',
    route: '/v1/streams',
    summary: 'What the account plays right now, and on which device; oldest first.',
    bearer: 'required',
    answers: { 200: { description: 'The streams.', content: json(streamsResponseSchema) } },
    problems: ['authentication-required', 'session-expired'],
  },
  {
    id: 'stopStream',
    method: 'delete',
    route: '/v1/streams/:id',
    summary: 'Stops a stream of the account: its playback session is superseded.',
    bearer: 'required',
    parameters: [{ in: 'path', name: 'id', description: 'The id of a stream.', schema: v.string() }],
    answers: { 204: { description: 'It holds no stream.' } },
    problems: ['authentication-required', 'session-expired', 'playback-session-unknown'],
  },
];
