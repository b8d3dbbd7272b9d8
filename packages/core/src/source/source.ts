/** The key systems that the kit knows, by their EME names. */
export const KEY_SYSTEMS = Object.freeze([
  'com.widevine.alpha',
  'com.microsoft.playready',
  'com.microsoft.playready.recommendation',
  'com.microsoft.playready.recommendation.3000',
  'com.apple.fps',
  'com.apple.fps.1_0',
  'org.w3.clearkey',
] as const);

/** A key system that the kit knows. */
export type KeySystem = (typeof KEY_SYSTEMS)[number];

/** EME's message types, and whatever a later edition adds. */
export type LicenseMessageType =
  | 'license-request'
  | 'license-renewal'
  | 'license-release'
  | 'individualization-request'
  | (string & {});

/** A license request as it is about to go out; `prepareRequest` may return a changed copy. */
export interface LicenseRequest {
  readonly url: string;
  readonly method: 'POST' | 'GET' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BufferSource | string | null;
  readonly keySystem: string;
  readonly messageType: LicenseMessageType;
  readonly sessionId: string;
  readonly initDataType: string | null;
  readonly initData: Uint8Array | null;
  /** The key ids that are asked for, as 32 hex digits each, where they could be read. */
  readonly keyIds: readonly string[];
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the player no longer waits for the answer. */
  readonly signal: AbortSignal;
}

/** What the license server answered, before `parseResponse` unwraps it. */
export interface LicenseResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly request: LicenseRequest;
}

/** Where keys come from: a license server, the server that the manifest names, or the page itself. */
export type KeyOrigin =
  | { licenseUrl: string; licenseUrlFromManifest?: undefined; keys?: undefined }
  | { licenseUrlFromManifest: true; licenseUrl?: undefined; keys?: undefined }
  | {
      /** Clear Key only: content keys by key id, 32 hex digits each. The page can read them, and so can the viewer. */
      keys: Record<string, string>;
      licenseUrl?: undefined;
      licenseUrlFromManifest?: undefined;
    };

interface KeySystemOptions {
  /** Where the server certificate is fetched; `serverCertificate` saves that round trip. */
  serverCertificateUrl?: string | undefined;
  serverCertificate?: BufferSource | undefined;
  /**
   * Fixed headers of license requests. With `licenseUrlFromManifest` they are sent only to origins that may see a
   * credential. Tokens that rotate belong into `authorize`.
   */
  headers?: Record<string, string> | undefined;
  /** EME robustness levels to ask for, best first. */
  videoRobustness?: readonly string[] | undefined;
  audioRobustness?: readonly string[] | undefined;
  /** @default 'temporary' */
  sessionType?: 'temporary' | 'persistent-license' | undefined;
  /** FairPlay: the content id of `skd` init data, put behind `skd://` in its place. `sinf` init data holds none. */
  getContentId?: ((initData: Uint8Array) => string) | undefined;
  /** Called before each attempt; what it returns is sent. */
  prepareRequest?: ((request: LicenseRequest) => LicenseRequest | Promise<LicenseRequest>) | undefined;
  /** Unwraps a vendor's envelope; what it returns is given to the content decryption module. */
  parseResponse?: ((response: LicenseResponse) => BufferSource | Promise<BufferSource>) | undefined;
}

/** How one key system gets its keys for a source. */
export type KeySystemConfiguration = KeyOrigin & KeySystemOptions;

/** Key systems by EME name. Names that the kit does not know are reached by {@link customKeySystem}. */
export type DrmConfiguration = { [K in KeySystem]?: KeySystemConfiguration | undefined };

/** A playback session, as a source names it. */
export interface PlaybackSessionSource {
  id: string;
  heartbeatSeconds: number;
  /**
   * When the player asks for a stream: `at-once` also before it plays, for a session whose opening was refused one, so that
   * the viewer is told why.
   *
   * @default 'with-playback'
   */
  takesStream?: 'with-playback' | 'at-once' | undefined;
}

/** What to play, under which protection. */
export interface Source {
  /** URL of the DASH or HLS manifest, absolute or relative to the page. */
  src: string;
  /** `dash`, `hls` or a MIME type; read from the ending of `src` where it is left out. */
  type?: 'dash' | 'hls' | (string & {}) | undefined;
  /** The content id that entitlements and downloads go by. */
  id?: string | undefined;
  drm?: DrmConfiguration | undefined;
  /** Which key systems to try first; those of {@link customKeySystem} by their names. @default the order of `drm` */
  preferredKeySystems?: readonly (KeySystem | (string & {}))[] | undefined;
  title?: string | undefined;
  poster?: string | undefined;
  /** URL of a WebVTT index of thumbnails. */
  thumbnails?: string | undefined;
  /** The key ids of the whole title, where they are known: one license request then covers all renditions. */
  keyIds?: readonly string[] | undefined;
  /** Bounds that are known before loading, such as the best height that the viewer's plan includes. */
  caps?: { maxHeight?: number | undefined } | undefined;
  /** Where to start, in seconds. */
  startTime?: number | undefined;
  /** The playback session that the source was issued for. Its id is a secret of the page. */
  session?: PlaybackSessionSource | undefined;
}

/**
 * Marks a configuration for a key system that the kit does not know, so that a misspelt name stays an error.
 *
 * Spread the result into `drm`: `drm: { ...customKeySystem('com.example.drm', { licenseUrl: '/license' }) }`.
 */
export function customKeySystem(name: string, configuration: KeySystemConfiguration): DrmConfiguration {
  return { [name]: { ...configuration, [CUSTOM]: true } };
}

const CUSTOM: unique symbol = Symbol.for('@secure-player/custom-key-system');

/** Whether a configuration came from {@link customKeySystem}. */
export function isCustomKeySystem(configuration: object): boolean {
  return CUSTOM in configuration;
}
