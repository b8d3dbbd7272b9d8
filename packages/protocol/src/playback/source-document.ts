import type { KeyId } from '../key-id/key-id.js';

/**
 * What a player needs to play one title, as the server sends it: the JSON form of core's `Source`. It has
 * no functions and no bytes, and by design no member that could carry a content key.
 */
export interface SourceDocument {
  /** The manifest's URL, absolute or relative to the document's own. */
  readonly src: string;
  /** `dash`, `hls` or a MIME type; absent when the URL's ending says it. */
  readonly type?: 'dash' | 'hls' | (string & {}) | undefined;
  /** The content id, which entitlements and downloads go by. */
  readonly id?: string | undefined;
  /** How to get a license, by EME key system id such as `org.w3.clearkey`. Absent for clear and AES-128 media. */
  readonly drm?: Readonly<Record<string, KeySystemDocument>> | undefined;
  /** Key system ids, best first. */
  readonly preferredKeySystems?: readonly string[] | undefined;
  readonly title?: string | undefined;
  readonly poster?: string | undefined;
  /** URL of a WebVTT index into a thumbnail sprite. */
  readonly thumbnails?: string | undefined;
  /** The key ids of the whole title, so that one license request can cover what comes later. */
  readonly keyIds?: readonly KeyId[] | undefined;
  /** What the account may see. Players apply it before loading, or they step into a rendition without a key. */
  readonly caps?: { readonly maxHeight?: number | undefined } | undefined;
  /** Seconds. */
  readonly startTime?: number | undefined;
  /** The playback session this document was issued for. */
  readonly session?: PlaybackSessionReference | undefined;
}

/** One key system of a {@link SourceDocument}. */
export type KeySystemDocument = LicenseLocation & {
  readonly serverCertificateUrl?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Robustness levels, best first. */
  readonly videoRobustness?: readonly string[] | undefined;
  /** Robustness levels, best first. */
  readonly audioRobustness?: readonly string[] | undefined;
  /** @default 'temporary' */
  readonly sessionType?: 'temporary' | 'persistent-license' | undefined;
};

/** Where licenses come from. The keys themselves are never an answer here. */
export type LicenseLocation = { readonly licenseUrl: string } | { readonly licenseUrlFromManifest: true };

/** The playback session a source belongs to, and how often the player reports that it still plays. */
export interface PlaybackSessionReference {
  readonly id: string;
  readonly heartbeatSeconds: number;
}
