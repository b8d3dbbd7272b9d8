import type { CatalogAccess, CatalogResponse } from '@secure-player/protocol';
import * as v from 'valibot';

import { json, type Operation } from '../openapi/operation.js';
import { keyId } from '../openapi/common-schemas.js';
import { streamFormatSchema } from '../playback-sessions/stream-format-schema.js';

/** Whom a title is for. */
export const catalogAccessSchema = v.picklist([
  'free',
  'subscription',
  'rental',
]) satisfies v.GenericSchema<CatalogAccess>;

export const catalogTitleSchema = v.object({
  id: v.string(),
  title: v.string(),
  synopsis: v.string(),
  durationSeconds: v.number(),
  access: catalogAccessSchema,
  storable: v.pipe(
    v.boolean(),
    v.description('Whether a device may keep it for watching offline, of somebody who may watch it.'),
  ),
  poster: v.pipe(v.string(), v.description('Address of an image.')),
  thumbnails: v.pipe(v.string(), v.description('Address of a WebVTT index into a thumbnail sprite.')),
  streams: v.array(
    v.object({ format: streamFormatSchema, type: v.picklist(['dash', 'hls']), src: v.string() }),
  ),
  keyIds: v.array(keyId),
});

export const catalogResponseSchema = v.object({
  titles: v.array(catalogTitleSchema),
}) satisfies v.GenericSchema<CatalogResponse>;

export const CATALOG_OPERATIONS: readonly Operation[] = [
  {
    id: 'getCatalog',
    method: 'get',
    route: '/v1/catalog',
    summary: 'The titles, for everybody.',
    bearer: 'none',
    answers: { 200: { description: 'Every title.', content: json(catalogResponseSchema) } },
    problems: [],
  },
];
