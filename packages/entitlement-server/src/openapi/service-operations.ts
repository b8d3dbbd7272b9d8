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
