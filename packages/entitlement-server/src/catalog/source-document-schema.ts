import type { PlaybackSessionReference, SourceDocument } from '@secure-player/protocol';
import * as v from 'valibot';

import { keyId } from '../openapi/common-schemas.js';

const keySystemMembers = {
  serverCertificateUrl: v.optional(v.string()),
  headers: v.optional(v.record(v.string(), v.string())),
  videoRobustness: v.optional(v.array(v.string())),
  audioRobustness: v.optional(v.array(v.string())),
  sessionType: v.optional(v.picklist(['temporary', 'persistent-license'])),
};

/** How to get a license under one key system. */
export const keySystemDocumentSchema = v.union([
  v.object({ licenseUrl: v.string(), ...keySystemMembers }),
  v.object({ licenseUrlFromManifest: v.literal(true), ...keySystemMembers }),
]);

export const playbackSessionReferenceSchema = v.object({
  id: v.pipe(
    v.string(),
    v.description('A secret of the page that plays: who knows it may fetch licenses of this title.'),
  ),
  heartbeatSeconds: v.pipe(v.number(), v.description('How often to send a heartbeat.')),
}) satisfies v.GenericSchema<PlaybackSessionReference>;

export const sourceDocumentSchema = v.object({
  src: v.pipe(v.string(), v.description('Address of the manifest, absolute or relative to this document.')),
  type: v.optional(v.pipe(v.string(), v.description('`dash`, `hls` or a MIME type.'))),
  id: v.optional(v.string()),
  drm: v.optional(
    v.pipe(
      v.record(v.string(), keySystemDocumentSchema),
      v.description('By EME key system id. Absent for clear media.'),
    ),
  ),
  preferredKeySystems: v.optional(v.array(v.string())),
  title: v.optional(v.string()),
  poster: v.optional(v.string()),
  thumbnails: v.optional(v.string()),
  keyIds: v.optional(v.array(keyId)),
  caps: v.optional(
    v.pipe(v.object({ maxHeight: v.optional(v.number()) }), v.description('What the account may see.')),
  ),
  startTime: v.optional(v.number()),
  session: v.optional(playbackSessionReferenceSchema),
}) satisfies v.GenericSchema<SourceDocument>;
