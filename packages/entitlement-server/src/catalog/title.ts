import type { CatalogAccess, CatalogStream, KeyId, KeyPolicy } from '@secure-player/protocol';

import type { TitlePolicy } from '../policy/title-policy.js';
import type { SystemName } from './system-name.js';

/** Which part of a title a key opens, in the words of Shaka Packager's `drm_label`. */
export type KeyGroup = (typeof KEY_GROUPS)[number];

/** From the least to the best. */
export const KEY_GROUPS = ['AUDIO', 'SD', 'HD', 'UHD1', 'UHD2'] as const;

/**
 * What a key demands of the device that gets it. Clear Key licenses leave out keys that want `hardware`; `minHdcp` is for
 * the device to keep, and no Clear Key CDM of a browser does. See `Title.keySystems`.
 */
export type TitleKeyPolicy = Omit<KeyPolicy, 'use'>;

/** One key of a title. The key itself is derived from the key seed and is in no configuration. */
export type TitleKey = TitleContentKey | TitleRootKey;

/** A key that decrypts media. */
export interface TitleContentKey {
  readonly keyId: KeyId;
  /** @default 'content' */
  readonly use?: 'content' | undefined;
  readonly group: KeyGroup;
  /**
   * The tallest picture this key opens. Without it on the keys a plan includes, players get no `caps` for that plan
   * and find out by themselves which renditions they have no key for.
   */
  readonly maxHeight?: number | undefined;
  readonly inClear?: undefined;
  /** @default none */
  readonly policy?: TitleKeyPolicy | undefined;
}

/**
 * A key that opens keys embedded in the media, as rotating keys are. It goes to everybody who may have any key of the
 * title, so whatever is embedded under it is open to every plan.
 */
export interface TitleRootKey {
  readonly keyId: KeyId;
  readonly use: 'root';
  readonly group?: undefined;
  readonly maxHeight?: undefined;
  /**
   * Whether Clear Key licenses may hold it, which show it to the page.
   * @default false
   */
  readonly inClear?: boolean | undefined;
  /** @default none */
  readonly policy?: TitleKeyPolicy | undefined;
}

/** One packaged form of a title. */
export interface TitleStream extends Pick<CatalogStream, 'format' | 'type'> {
  /** The manifest, relative to the title's directory, with forward slashes. */
  readonly path: string;
}

/** Regions by their ISO 3166-1 alpha-2 codes in upper case, such as `DE`. One of the two. */
export interface TitleRegions {
  /** These and no other; whoever comes from nobody knows where is refused. */
  readonly allow?: readonly string[] | undefined;
  /** All but these; whoever comes from nobody knows where is refused. */
  readonly block?: readonly string[] | undefined;
}

/** A title the server offers. */
export interface Title {
  readonly id: string;
  readonly title: string;
  readonly synopsis: string;
  readonly durationSeconds: number;
  /** `free` titles open to everybody in every quality, signed in or not; `rental` ones to accounts that rented them. */
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
  /** At most 256; empty for clear media. */
  readonly keys: readonly TitleKey[];
  /**
   * The key systems that there are licenses for. The same keys are given out under each of them, so that a policy is
   * worth what the weakest of them keeps: leave `clearkey` out when it has to hold.
   * @default every one that the server has
   */
  readonly keySystems?: readonly SystemName[] | undefined;
  /**
   * What bounds its licenses in time, and whether they may be stored. The server issues none before `notBefore` or from
   * `notAfter` on, and ends each with the subscription unless the title is free. All else travels in the license and is
   * for the device to keep. **A browser's own Clear Key ignores it and gets the same keys**: without `keySystems`, any
   * page has them without a bound. Read at each request.
   * @default no bounds, and never stored
   */
  readonly policy?: TitlePolicy | undefined;
  /** Where the title may be watched. @default everywhere */
  readonly regions?: TitleRegions | undefined;
}
