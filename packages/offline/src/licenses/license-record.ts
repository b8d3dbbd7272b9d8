import type { Source, StoredSession } from '@secure-player/core';
import type { KeyId } from '@secure-player/protocol';

import type { LicenseTerms } from './license-terms.js';

/** What is kept of a title's license. It holds no key, and no license, in clear. */
export interface LicenseRecord {
  readonly titleId: string;
  /** `pending` until the license is there, so that what a server gave for it is not forgotten. */
  readonly standing: 'pending' | 'stored' | 'revoked';
  readonly holder: LicenseHolder;
  /** What it was got for. */
  readonly keyIds: readonly KeyId[];
  /** AES-128 keys, by their addresses. */
  readonly urlKeys: readonly WrappedKey[];
  /** What the server of rights says. */
  readonly terms: LicenseTerms;
  /** What the license itself says where no module enforces it. */
  readonly bounds: LicenseTerms;
  /** The secret id under which the server knows it; `null` where the server keeps no list. */
  readonly rightsId: string | null;
  readonly firstPlay: { readonly at: number; readonly isReported: boolean } | null;
  /** With what it is given back. */
  readonly source: Source;
}

/** Who holds the license. */
export type LicenseHolder =
  | { readonly mode: 'none' }
  | { readonly mode: 'persistent'; readonly keySystem: string; readonly sessions: readonly KeptSession[] }
  | { readonly mode: 'vault'; readonly keySystem: string | null; readonly keys: readonly WrappedKey[] }
  | { readonly mode: 'online-license' };

/** A session that a module has stored. */
export interface KeptSession extends StoredSession {
  readonly keyIds: readonly KeyId[];
  /** Epoch milliseconds, as the module told; `null` where it tells no end. */
  readonly expiresAt: number | null;
}

/** A key that only the vault can read. */
export interface WrappedKey {
  /** The key id, or the address. */
  readonly name: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
