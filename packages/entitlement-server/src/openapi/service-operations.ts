import * as v from 'valibot';

import { json, type Operation } from './operation.js';

/** What the server tells of itself. */
export const SERVICE_OPERATIONS: readonly Operation[] = [
  {
    id: 'getHealth',
    method: 'get',
    route: '/healthz',
    summary: 'The process lives.',
    bearer: 'none',
    answers: { 200: { description: 'It does.', content: json(v.object({ status: v.literal('ok') })) } },
    problems: [],
  },
  {
    id: 'getReadiness',
    method: 'get',
    route: '/readyz',
    summary: 'New requests should be sent here.',
    description: 'Where they should not, the problem says what is not ready.',
    bearer: 'none',
    answers: {
      200: { description: 'They should.', content: json(v.object({ status: v.literal('ready') })) },
    },
    problems: ['service-unavailable'],
  },
  {
    id: 'getMetrics',
    method: 'get',
    route: '/metrics',
    summary: 'What the server has done so far, for Prometheus.',
    description: 'For listed addresses, and not through a proxy; to others there is nothing here.',
    bearer: 'none',
    answers: {
      200: { description: 'The text format.', content: { 'text/plain': v.pipe(v.string(), v.nonEmpty()) } },
    },
    problems: ['not-found'],
  },
  {
    id: 'getOpenApi',
    method: 'get',
    route: '/v1/openapi.json',
    summary: 'This document.',
    bearer: 'none',
    answers: {
      200: {
        description: 'An OpenAPI 3.1 document.',
        content: json(v.objectWithRest({ openapi: v.string() }, v.unknown())),
      },
    },
    problems: [],
  },
];
