/**
 * The part of Shaka Player's API that the adapter uses.
 *
 * Shaka's own declarations do not resolve under `moduleResolution: nodenext` (they are read as CommonJS with a default
 * export), and a published declaration must not force them on a consumer. So the shapes stand here, and no others.
 */
export interface ShakaNamespace {
  readonly Player: (new () => ShakaPlayer) & { isBrowserSupported(): boolean };
  readonly polyfill: { installAll(): void };
  readonly net: {
    readonly NetworkingEngine: {
      registerScheme(
        scheme: string,
        plugin: SchemePlugin,
        priority?: number,
        progressSupport?: boolean,
      ): void;
    };
    readonly HttpFetchPlugin: { isSupported(): boolean; readonly parse: SchemePlugin };
    readonly HttpXHRPlugin: { readonly parse: SchemePlugin };
  };
  readonly util: {
    readonly Error: new (severity: number, category: number, code: number, ...data: unknown[]) => ShakaError;
    readonly AbortableOperation: new <T>(
      promise: Promise<T>,
      onAbort: () => Promise<void>,
    ) => AbortableOperation<T>;
  };
}

/** `shaka.Player`. */
export interface ShakaPlayer {
  attach(element: HTMLMediaElement): Promise<void>;
  load(uri: string, startTime: number | null, mimeType: string): Promise<void>;
  unload(initializeMediaSource?: boolean): Promise<void>;
  destroy(): Promise<void>;
  configure(configuration: object): boolean;
  getConfiguration(): {
    readonly abr: { readonly droppedFrames: boolean };
    readonly drm: { readonly initDataTransform: InitDataTransform };
  };
  getNetworkingEngine(): ShakaNetworkingEngine | null;
  getVariantTracks(): ShakaTrack[];
  getAudioTracks(): ShakaAudioTrack[];
  getTextTracks(): ShakaTextTrack[];
  selectVariantTrack(track: ShakaTrack, clearBuffer?: boolean, safeMargin?: number): void;
  selectAudioTrack(track: ShakaAudioTrack): void;
  selectTextTrack(track: ShakaTextTrack | null): void;
  /** Rejects before a title is loaded, for a live stream, and for a type that cannot be read. */
  addTextTrackAsync(
    uri: string,
    language: string,
    kind: string,
    mimeType: string,
    codec: string,
    label: string,
  ): Promise<ShakaTextTrack>;
  getKeyStatuses(): Readonly<Record<string, string>>;
  getExpiration(): number;
  /** The sessions that are open. */
  getActiveSessionsMetadata(): ShakaSessionMetadata[];
  /** FairPlay: tells all sessions to ask for a renewal. Shaka's way for PlayReady closes the session first. */
  renewLicense(): void;
  /** Closes a session and makes another of the same init data; false where there is none of this id. */
  retryLicensing(session: Pick<ShakaSessionMetadata, 'sessionId'>, delaySeconds: number): Promise<boolean>;
  isLive(): boolean;
  /** Fetches again what failed; false when streaming cannot go on. */
  retryStreaming(delaySeconds?: number): boolean;
  addEventListener(
    type: string,
    listener: (event: { readonly detail?: unknown; readonly state?: unknown }) => void,
  ): void;
}

/** Shaka's `initDataTransform`. Shaka warns of a callback that does not name all three of its arguments. */
export type InitDataTransform = (initData: Uint8Array, initDataType: string, drmInfo: unknown) => Uint8Array;

/** `shaka.net.NetworkingEngine`, an instance. */
export interface ShakaNetworkingEngine {
  registerRequestFilter(
    filter: (type: number, request: ShakaRequest, context?: ShakaRequestContext) => Promise<void> | void,
  ): void;
  registerResponseFilter(filter: (type: number, response: ShakaResponse) => void): void;
  /** Called before each further attempt; `preventDefault` calls that attempt off. */
  addEventListener(
    type: 'retry',
    listener: (event: { readonly error?: unknown; preventDefault(): void }) => void,
  ): void;
}

/** `shaka.extern.DrmSessionMetadata`. */
export interface ShakaSessionMetadata {
  readonly sessionId: string;
  readonly sessionType: string;
  readonly initData: Uint8Array | null;
  readonly initDataType: string | null;
}

/** `shaka.extern.Request`. */
export interface ShakaRequest {
  uris: string[];
  /** 0 for the first; the attempt goes to `uris[attempt % uris.length]`. */
  readonly attempt: number;
  body: ArrayBuffer | ArrayBufferView | null;
  headers: Record<string, string>;
  readonly allowCrossSiteCredentials?: boolean;
  licenseRequestType?: string | null;
  sessionId?: string | null;
  initData?: Uint8Array | null;
  initDataType?: string | null;
}

/** `shaka.extern.RequestContext`: what a segment request is for. */
export interface ShakaRequestContext {
  readonly stream?: ShakaStream | undefined;
}

/** `shaka.extern.Stream`. */
export interface ShakaStream {
  readonly type: string;
  /** Whether `addTextTrackAsync` added it. */
  readonly external?: boolean | undefined;
  readonly height?: number | null;
  /** Key ids as hex digits; empty until they are known, for HLS not before the media playlist is loaded. */
  readonly keyIds: ReadonlySet<string>;
}

/** `shaka.extern.Response`, what a scheme plugin gives. */
export interface ShakaResponse {
  readonly uri: string;
  readonly originalUri: string;
  readonly data: ArrayBuffer | ArrayBufferView;
  readonly headers: Record<string, string>;
  readonly status: number;
  readonly originalRequest: ShakaRequest;
}

/** `shaka.extern.SchemePlugin`. */
export type SchemePlugin = (
  uri: string,
  request: ShakaRequest,
  type: number,
  ...progress: unknown[]
) => AbortableOperation<ShakaResponse>;

/** `shaka.extern.IAbortableOperation`. */
export interface AbortableOperation<T> {
  readonly promise: Promise<T>;
  abort(): Promise<void>;
}

/** `shaka.extern.Track`: one pairing of picture and sound. */
export interface ShakaTrack {
  readonly active: boolean;
  readonly bandwidth: number;
  readonly videoBandwidth: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly frameRate: number | null;
  readonly videoCodec: string | null;
  readonly audioId: number | null;
  readonly language: string;
}

/** `shaka.extern.AudioTrack`. */
export interface ShakaAudioTrack {
  readonly active: boolean;
  readonly language: string;
  readonly label: string | null;
  readonly roles: readonly string[];
  readonly codecs: string | null;
  readonly channelsCount: number | null;
  readonly spatialAudio: boolean;
  readonly originalLanguage: string | null;
  readonly accessibilityPurpose: string | null;
}

/** `shaka.extern.TextTrack`. */
export interface ShakaTextTrack {
  readonly id: number;
  readonly active: boolean;
  readonly language: string;
  readonly label: string | null;
  readonly kind: string | null;
  readonly roles: readonly string[];
  /** For those who understand the sound: only what is foreign in it. */
  readonly forced: boolean;
}

/** `shaka.util.Error`. Release builds have no words for it, only a code and data. */
export interface ShakaError {
  readonly severity: number;
  readonly category: number;
  readonly code: number;
  readonly data: readonly unknown[];
}

/** `shaka.net.NetworkingEngine.RequestType`. */
export const RequestType = Object.freeze({
  MANIFEST: 0,
  SEGMENT: 1,
  LICENSE: 2,
  SERVER_CERTIFICATE: 5,
  KEY: 6,
});

/** `shaka.util.Error.Category.NETWORK`. */
export const CATEGORY_NETWORK = 1;

/** `shaka.util.Error.Severity.CRITICAL`: playback cannot go on. */
export const SEVERITY_CRITICAL = 2;

/** Whether a thrown value is a `shaka.util.Error`, of whichever build. */
export function isShakaError(value: unknown): value is ShakaError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'number' &&
    'category' in value &&
    'data' in value &&
    Array.isArray(value.data)
  );
}
