import type { RentalResponse, RentalsResponse } from '@secure-player/protocol';
import * as v from 'valibot';

import { epochMilliseconds } from '../openapi/common-schemas.js';
import { json, type Operation } from '../openapi/operation.js';
import { rentalRequestSchema } from './rental-routes.js';

export const rentalResponseSchema = v.object({
  contentId: v.string(),
  rentedAt: epochMilliseconds,
  startedAt: v.pipe(v.nullable(epochMilliseconds), v.description('Null as long as it was not played.')),
  endsAt: v.pipe(
    v.nullable(epochMilliseconds),
    v.description('By when it must be started, or, once it is, finished; null without such a bound.'),
  ),
}) satisfies v.GenericSchema<RentalResponse>;

export const rentalsResponseSchema = v.object({
  rentals: v.array(rentalResponseSchema),
}) satisfies v.GenericSchema<RentalsResponse>;

export const RENTAL_OPERATIONS: readonly Operation[] = [
  {
    id: 'rentTitle',
    method: 'post',
    route: '/v1/rentals',
    summary: 'Rents a title, or rents it anew.',
    bearer: 'required',
    body: { required: true, content: json(rentalRequestSchema) },
    answers: { 201: { description: 'Rented.', content: json(rentalResponseSchema) } },
    problems: [
      'invalid-request',
      'payload-too-large',
      'unsupported-media-type',
      'authentication-required',
      'session-expired',
      'content-not-found',
    ],
  },
  {
    id: 'getRentals',
    method: 'get',
    route: '/v1/rentals',
    summary: 'What the account rented, newest first.',
    bearer: 'required',
    answers: { 200: { description: 'The rentals.', content: json(rentalsResponseSchema) } },
    problems: ['authentication-required', 'session-expired'],
  },
];
