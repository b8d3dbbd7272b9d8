import type { CatalogAccess, CatalogStream, KeyId } from '@secure-player/protocol';

/** Which part of a title a key opens, in the words of Shaka Packager's `drm_label`. */
export type KeyGroup = 'AUDIO' | 'SD' | 'HD';

/** One content key of a title. The key itself is derived from the key seed and is in no configuration. */
export interface TitleKey {
  readonly keyId: KeyId;
  readonly group: KeyGroup;
  /**
   * The tallest picture this key opens. Without it on the keys a plan includes, players get no `caps` for that plan
   * and find out by themselves which renditions they have no key for.
   */
  readonly maxHeight?: number | undefined;
}

/** One packaged form of a title. */
export interface TitleStream extends Pick<CatalogStream, 'format' | 'type'> {
  /** The manifest, relative to the title's directory, with forward slashes. */
  readonly path: string;
}

/** A title the server offers. */
export interface Title {
  readonly id: string;
  readonly title: string;
  readonly synopsis: string;
  readonly durationSeconds: number;
  /** `free` titles open to everybody in every quality, signed in or not. */
  readonly access: CatalogAccess;
  /**
   * The folder with its files, relative to `mediaRoot`; its name becomes part of the public URLs. Let the name change
   * with the content, because caches keep segments for a year.
   */
  readonly directory: string;
  /** An image, relative to `directory`. */
  readonly poster: string;
  /** A WebVTT index into a thumbnail sprite, relative to `directory`. */
  readonly thumbnails: string;
  readonly streams: readonly TitleStream[];
  /** Empty for clear media. */
  readonly keys: readonly TitleKey[];
}
