import * as v from 'valibot';

import type { Operation, OperationAnswer } from '../openapi/operation.js';

const shared = {
  route: '/media/*',
  path: '/media/{path}',
  bearer: 'none',
  parameters: [
    {
      in: 'path',
      name: 'path',
      description: 'The path of a file below the media root, with its slashes.',
      schema: v.string(),
    },
    {
      in: 'header',
      name: 'Range',
      description: 'One range of bytes; several are answered with the whole file.',
      schema: v.string(),
    },
    {
      in: 'header',
      name: 'If-None-Match',
      description: 'The `ETag` of what is there already.',
      schema: v.string(),
    },
  ],
} as const satisfies Partial<Operation>;

const NOT_MODIFIED: OperationAnswer = { description: 'What is there already is current.' };
const FILE = { '*/*': { binary: 'A manifest, a segment, an image, captions.' } };

export const MEDIA_OPERATIONS: readonly Operation[] = [
  {
    ...shared,
    id: 'getMedia',
    method: 'get',
    summary: 'A file of a title: public, and encrypted where it has to be.',
    answers: {
      200: { description: 'The file.', content: FILE },
      206: { description: 'A part of it.', content: FILE },
      304: NOT_MODIFIED,
    },
    problems: ['not-found', 'range-not-satisfiable'],
  },
  {
    ...shared,
    id: 'headMedia',
    method: 'head',
    summary: 'What there is to know of a file without its bytes.',
    answers: { 200: { description: 'It is there.' }, 304: NOT_MODIFIED },
    problems: ['not-found'],
  },
];
