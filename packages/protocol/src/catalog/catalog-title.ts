import type { KeyId } from '../key-id/key-id.js';
import type { StreamFormat } from '../playback/playback-session.js';

/** One title of the catalog. Everything in it is public: a page may prefetch manifests before anyone signs in. */
export interface CatalogTitle {
  readonly id: string;
  readonly title: string;
  readonly synopsis: string;
  readonly durationSeconds: number;
  /** URL of an image. */
  readonly poster: string;
  /** URL of a WebVTT index into a thumbnail sprite. */
  readonly thumbnails: string;
  readonly access: CatalogAccess;
  /** Whether a device may keep it for watching offline, of somebody who may watch it. */
  readonly storable: boolean;
  readonly streams: readonly CatalogStream[];
  /** Every key id the title uses, in every format. */
  readonly keyIds: readonly KeyId[];
}

/** `free` is for anyone, also without signing in; `subscription` needs an account that is paid up. */
export type CatalogAccess = 'free' | 'subscription' | 'rental';

/** One packaged form of a title. */
export interface CatalogStream {
  readonly format: StreamFormat;
  readonly type: 'dash' | 'hls';
  /** The manifest's URL. */
  readonly src: string;
}

/** The answer to `GET /v1/catalog`. */
export interface CatalogResponse {
  readonly titles: readonly CatalogTitle[];
}
