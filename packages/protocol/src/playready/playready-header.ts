import type { KeyId } from '../key-id/key-id.js';

/** Clients refuse versions above their own: 4.0 reaches the most, 4.3 alone knows `cbcs`. */
export type PlayReadyHeaderVersion = '4.0.0.0' | '4.1.0.0' | '4.2.0.0' | '4.3.0.0';

/** `AESCTR` is the scheme `cenc`, `AESCBC` is `cbcs`; `COCKTAIL` is left from Windows Media DRM. */
export type PlayReadyAlgorithm = 'AESCTR' | 'AESCBC' | 'COCKTAIL';

/** One key that a header names. */
export interface PlayReadyKey {
  readonly keyId: KeyId;
  /** Only 4.3 may leave it out. */
  readonly algorithm?: PlayReadyAlgorithm | undefined;
  /** Ties the key id to the content key; see {@link playReadyChecksum}. Never with `AESCBC`. */
  readonly checksum?: Uint8Array<ArrayBuffer> | undefined;
}

/**
 * A PlayReady header, versions 4.0 to 4.3
 * (https://learn.microsoft.com/playready/specifications/playready-header-specification, section 3).
 */
export interface PlayReadyHeader {
  readonly version: PlayReadyHeaderVersion;
  /** Exactly one in 4.0, at most one in 4.1, any number from 4.2 on. */
  readonly keys: readonly PlayReadyKey[];
  /** `LA_URL`: where licenses are acquired. */
  readonly licenseUrl?: string | undefined;
  /** `LUI_URL`: the page for acquiring one with the viewer's help. */
  readonly licensePageUrl?: string | undefined;
  /** `DS_ID`: the domain service, as a dashed GUID. */
  readonly domainServiceId?: string | undefined;
  /** The XML inside `CUSTOMATTRIBUTES`, as it was written. */
  readonly customAttributes?: string | undefined;
  /** `DECRYPTORSETUP` = `ONDEMAND`: keys will change, so do not wait for all licenses. From 4.1 on. */
  readonly onDemand?: boolean | undefined;
  /** `LICENSEREQUESTED`: whether acquisition asks for at least one license. 4.3 only. */
  readonly licenseRequested?: boolean | undefined;
}

/** How the versions differ in where and what, in one place for the reader and the writer. */
export const HEADER_VERSIONS = {
  '4.0.0.0': { keyPath: null, minKeys: 1, maxKeys: 1, algorithms: ['AESCTR', 'COCKTAIL'] },
  '4.1.0.0': { keyPath: 'KID', minKeys: 0, maxKeys: 1, algorithms: ['AESCTR', 'COCKTAIL'] },
  '4.2.0.0': { keyPath: 'KIDS', minKeys: 0, maxKeys: Infinity, algorithms: ['AESCTR', 'COCKTAIL'] },
  '4.3.0.0': {
    keyPath: 'KIDS',
    minKeys: 0,
    maxKeys: Infinity,
    algorithms: ['AESCTR', 'AESCBC', 'COCKTAIL', undefined],
  },
} as const satisfies Record<PlayReadyHeaderVersion, PlayReadyVersionRules>;

/** What one header version allows. */
export interface PlayReadyVersionRules {
  /** Where keys stand inside `PROTECTINFO`; null where they stand beside it. */
  readonly keyPath: 'KID' | 'KIDS' | null;
  readonly minKeys: number;
  readonly maxKeys: number;
  /** `undefined` where the algorithm may be left out. */
  readonly algorithms: readonly (PlayReadyAlgorithm | undefined)[];
}

/** The namespace of every header version. */
export const HEADER_NAMESPACE = 'http://schemas.microsoft.com/DRM/2007/03/PlayReadyHeader';
