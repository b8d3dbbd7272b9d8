import * as v from 'valibot';

import type { Operation } from '../openapi/operation.js';

export const CERTIFICATE_OPERATIONS: readonly Operation[] = [
  {
    id: 'getServerCertificate',
    method: 'get',
    route: '/certificate/:system',
    summary: 'The server certificate, public.',
    bearer: 'none',
    parameters: [
      {
        in: 'path',
        name: 'system',
        description: 'A key system whose devices take one.',
        schema: v.picklist(['widevine', 'fairplay']),
      },
      {
        in: 'query',
        name: 'v',
        description: 'Anything that changes with the certificate, for caches.',
        schema: v.string(),
      },
    ],
    answers: {
      200: {
        description: 'The certificate.',
        content: { 'application/octet-stream': { binary: 'For `setServerCertificate()`.' } },
      },
    },
    problems: ['key-system-unsupported'],
  },
];
