import type { KeyId } from '@secure-player/protocol';

import type { NarrowedManifest } from '../answers/answer-row.js';
import type { MediaTrack, Resource } from '../manifest/media-track.js';
import type { IncomingAnswer } from '../packs/pack-log.js';

/** A resource, and about how large it is, in bytes, by the bit rate that the manifest claims. */
export interface PlannedResource extends Resource {
  readonly expectedBytes: number;
  /** Where it is fetched from, absolute; it is kept under its `url`. @default url */
  readonly address?: string | undefined;
}

/** All that is going to be downloaded of a title. */
export interface TitlePlan {
  readonly manifest: Omit<NarrowedManifest, 'pack'>;
  /** What the server answered while the plan was made: manifest and playlists. */
  readonly answers: readonly IncomingAnswer[];
  /** All that the title offers. */
  readonly offered: readonly MediaTrack[];
  readonly chosen: readonly MediaTrack[];
  /** Of what was chosen, in the order in which it is wanted. Keys are not among it. */
  readonly resources: readonly PlannedResource[];
  readonly keyUrls: readonly string[];
  readonly keyIds: readonly KeyId[];
}
