import type { OfflineTitleLicense, Source } from '@secure-player/core';
import type { KeyId } from '@secure-player/protocol';

import type { WrappedKey } from './license-record.js';
import type { OfflineLicense } from './offline-license.js';

/** A title whose license is to be kept. */
export interface LicensedTitle {
  /** The content id. */
  readonly id: string;
  /** With the functions that the page gives it. */
  readonly source: Source;
  /** What the module is to be given, from the init segments or the manifest; empty where the title is clear or AES-128. */
  readonly initData: readonly { readonly type: string; readonly data: Uint8Array<ArrayBuffer> }[];
  readonly keyIds: readonly KeyId[];
  /** Absolute addresses of the AES-128 keys. */
  readonly keyUrls: readonly string[];
}

/**
 * The licenses of the downloads on this device. Everything is kept across restarts. Changes of one title's license run one
 * after the other, in all tabs. Nothing here hangs: whatever waits for a module or a server is bounded.
 */
export interface OfflineLicenses {
  /** Reads what is kept. Resolves before any network. */
  start(): Promise<void>;
  /** `null` where nothing was ever acquired. The same object while nothing changed. */
  get(titleId: string): OfflineLicense | null;
  /** Another tab has changed the license of this title: reads it again. */
  refresh(titleId: string): Promise<void>;
  /** Called when `get` answers something new for a title. */
  subscribe(listener: (titleId: string) => void): () => void;
  /**
   * Gets the license of a download, in the best mode that this browser has, and stores it. One that is there and usable is
   * kept.
   *
   * @throws PlaybackError
   */
  acquire(title: LicensedTitle, options: { readonly signal: AbortSignal }): Promise<void>;
  /**
   * Gets another license for what is already downloaded, and lets go of the last one. On a failure that one stays.
   *
   * @throws PlaybackError
   */
  renew(title: LicensedTitle, options: { readonly signal: AbortSignal }): Promise<void>;
  /**
   * For playback. @throws PlaybackError `offline-license-expired`, `offline-license-revoked`, `stored-license-missing`,
   * `clock-behind`.
   */
  open(titleId: string): Promise<OfflineTitleLicense>;
  /** Unwraps an AES-128 key; `null` where it is not kept. @throws PlaybackError as `open` does. */
  readKey(titleId: string, url: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /**
   * Wraps content keys that a page gives (`keys` of a source), so that they can be kept. @throws PlaybackError `storage-failed`
   */
  sealKeys(titleId: string, keys: Readonly<Record<string, string>>): Promise<readonly WrappedKey[]>;
  /** Unwraps them. @throws PlaybackError `stored-license-missing` */
  openKeys(titleId: string, sealed: readonly WrappedKey[]): Promise<Record<string, string>>;
  /** Playback has begun: starts the window, once. @throws PlaybackError `storage-failed` */
  notePlayed(titleId: string): Promise<void>;
  /**
   * Forgets the license: has the module remove it and the server acknowledge that. What could not be finished within its
   * bounds stays as a tombstone, which `contact` tries again.
   *
   * @throws PlaybackError where not even that could be stored, or another tab is busy with it: the license is as it was.
   */
  remove(titleId: string): Promise<void>;
  /** A contact with the server: what it revoked, what time it is there, releases that are still due. Never rejects. */
  contact(options: { readonly signal: AbortSignal }): Promise<void>;
}
