// Written by `npm run generate:api` from the entitlement server's OpenAPI document. Do not edit.

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly plan: AccountPlan;
  /** Possibly in the past; null when the subscription has no end. */
  readonly subscriptionEndsAt: number | null;
}

export interface AccountOfflineLicense {
  /** Names it in lists, and lets nobody use it. */
  readonly handle: string;
  readonly contentId: string;
  /** Null where it is not in the catalog any more. */
  readonly title: string | null;
  /** In words, such as `Firefox on Windows`. */
  readonly device: string;
  readonly deviceId: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Null as long as it was not. */
  readonly renewedAt: number | null;
  /** Null without an end. */
  readonly expiresAt: number | null;
  readonly status: OfflineLicenseStatus;
}

export type AccountPlan = 'premium' | 'basic';

export interface AccountStream {
  /** Tells streams apart; it is no id of a playback session. */
  readonly id: string;
  readonly contentId: string;
  /** In words, such as `Firefox on Windows`. */
  readonly device: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

export type CatalogAccess = 'free' | 'subscription' | 'rental';

export interface CatalogResponse {
  readonly titles: readonly CatalogTitle[];
}

export interface CatalogTitle {
  readonly id: string;
  readonly title: string;
  readonly synopsis: string;
  readonly durationSeconds: number;
  readonly access: CatalogAccess;
  /** Whether a device may keep it for watching offline, of somebody who may watch it. */
  readonly storable: boolean;
  /** Address of an image. */
  readonly poster: string;
  /** Address of a WebVTT index into a thumbnail sprite. */
  readonly thumbnails: string;
  readonly streams: readonly { readonly format: StreamFormat; readonly type: 'dash' | 'hls'; readonly src: string; }[];
  readonly keyIds: readonly string[];
}

export interface DevicesResponse {
  readonly devices: readonly { readonly id: string; readonly name: string; readonly firstSeenAt: number; readonly lastSeenAt: number; }[];
}

export interface Entitlement {
  readonly contentId: string;
  readonly access: CatalogAccess;
  /** Null without an account, for a free title. */
  readonly plan: AccountPlan | null;
  readonly subscriptionEndsAt: number | null;
  readonly source: SourceDocument;
}

export type KeySystemDocument = { readonly licenseUrl: string; readonly serverCertificateUrl?: string | undefined; readonly headers?: Readonly<Record<string, string>> | undefined; readonly videoRobustness?: readonly string[] | undefined; readonly audioRobustness?: readonly string[] | undefined; readonly sessionType?: 'temporary' | 'persistent-license' | undefined; } | { readonly licenseUrlFromManifest: true; readonly serverCertificateUrl?: string | undefined; readonly headers?: Readonly<Record<string, string>> | undefined; readonly videoRobustness?: readonly string[] | undefined; readonly audioRobustness?: readonly string[] | undefined; readonly sessionType?: 'temporary' | 'persistent-license' | undefined; };

export interface LoginRequest {
  readonly username: string;
  readonly password: string;
}

export interface LoginResponse {
  /** Send it as a bearer token; never put it in an address or a log. */
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly account: Account;
}

export interface OfflineLicenseRequest {
  readonly contentId: string;
  readonly format?: StreamFormat | undefined;
  readonly deviceId?: string | undefined;
}

export interface OfflineLicenseResponse {
  /** A secret of the device: who knows it gets licenses of this title, and gives them back. */
  readonly id: string;
  /** Names it in lists, and lets nobody use it. */
  readonly handle: string;
  readonly contentId: string;
  readonly source: SourceDocument;
  /** When it ends, whatever was played: the earliest of its term, the subscription's, the rental's and the title's end. Null without an end. */
  readonly expiresAt: number | null;
  /** By when the first play must have begun; null without such a bound, or once it began. */
  readonly startBy: number | null;
  /** The window from the first play on; null without one, or once it began and counts in `expiresAt`. */
  readonly playWithinSeconds: number | null;
  /** Whether renewing can bring a later end. */
  readonly renewable: boolean;
  /** The server's clock as it answered. */
  readonly serverTime: number;
}

export type OfflineLicenseStatus = 'active' | 'expired' | 'revoked' | 'released';

export interface OfflineLicenseStatusResponse {
  /** Names it in lists, and lets nobody use it. */
  readonly handle: string;
  readonly contentId: string;
  readonly status: OfflineLicenseStatus;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Null as long as it was not. */
  readonly renewedAt: number | null;
  /** When it ends, whatever was played: the earliest of its term, the subscription's, the rental's and the title's end. Null without an end. */
  readonly expiresAt: number | null;
  /** By when the first play must have begun; null without such a bound, or once it began. */
  readonly startBy: number | null;
  /** The window from the first play on; null without one, or once it began and counts in `expiresAt`. */
  readonly playWithinSeconds: number | null;
  /** The first play since it was made or renewed, as its device reported it. */
  readonly firstPlayedAt: number | null;
  /** When it was revoked or released. */
  readonly endedAt: number | null;
  /** Whether renewing can bring a later end. */
  readonly renewable: boolean;
  /** The server's clock as it answered. */
  readonly serverTime: number;
}

export interface OfflineLicensesResponse {
  readonly licenses: readonly AccountOfflineLicense[];
  /** The server's clock as it answered. */
  readonly serverTime: number;
}

export interface OfflinePlayRequest {
  readonly startedAt?: number | undefined;
}

export interface PlaybackSessionReference {
  /** A secret of the page that plays: who knows it may fetch licenses of this title. */
  readonly id: string;
  /** How often to send a heartbeat. */
  readonly heartbeatSeconds: number;
}

export interface PlaybackSessionRenewal {
  readonly replace?: string | undefined;
}

export interface PlaybackSessionRequest {
  readonly contentId: string;
  readonly intent: 'play' | 'prefetch';
  readonly format?: StreamFormat | undefined;
  readonly replace?: string | undefined;
  readonly deviceId?: string | undefined;
}

export interface PlaybackSessionResponse {
  /** A secret of the page that plays: who knows it may fetch licenses of this title. */
  readonly id: string;
  /** How often to send a heartbeat. */
  readonly heartbeatSeconds: number;
  readonly contentId: string;
  readonly intent: 'play' | 'prefetch';
  /** When the session ends unless a heartbeat renews it. */
  readonly expiresAt: number;
  /** How long it counts as a stream of the account; null where it holds none. */
  readonly leaseExpiresAt: number | null;
  readonly source: SourceDocument;
}

export interface RentalRequest {
  readonly contentId: string;
}

export interface RentalResponse {
  readonly contentId: string;
  /** Epoch milliseconds. */
  readonly rentedAt: number;
  /** Null as long as it was not played. */
  readonly startedAt: number | null;
  /** By when it must be started, or, once it is, finished; null without such a bound. */
  readonly endsAt: number | null;
}

export interface RentalsResponse {
  readonly rentals: readonly RentalResponse[];
}

export interface SourceDocument {
  /** Address of the manifest, absolute or relative to this document. */
  readonly src: string;
  /** `dash`, `hls` or a MIME type. */
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  /** By EME key system id. Absent for clear media. */
  readonly drm?: Readonly<Record<string, KeySystemDocument>> | undefined;
  readonly preferredKeySystems?: readonly string[] | undefined;
  readonly title?: string | undefined;
  readonly poster?: string | undefined;
  readonly thumbnails?: string | undefined;
  readonly keyIds?: readonly string[] | undefined;
  /** What the account may see. */
  readonly caps?: { readonly maxHeight?: number | undefined; } | undefined;
  readonly startTime?: number | undefined;
  readonly session?: PlaybackSessionReference | undefined;
}

export type StreamFormat = 'dash' | 'dash-cbcs' | 'hls';

export interface StreamsResponse {
  readonly streams: readonly AccountStream[];
}

/** What each operation takes and gives, by method and path. */
export interface Operations {
  /** Signs in. */
  readonly 'POST /v1/login': {
    readonly body: LoginRequest;
    readonly answer: LoginResponse;
    readonly problems:
      | 'credentials-rejected'
      | 'internal-error'
      | 'invalid-request'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'too-many-requests'
      | 'unsupported-media-type';
  };
  /** Whose bearer token this is. */
  readonly 'GET /v1/me': {
    readonly answer: Account;
    readonly problems:
      | 'authentication-required'
      | 'internal-error'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'session-expired'
      | 'too-many-requests';
  };
  /** Signs out, and ends what was opened under this sign-in. */
  readonly 'POST /v1/logout': {
    readonly answer: undefined;
    readonly problems:
      | 'authentication-required'
      | 'internal-error'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'session-expired'
      | 'too-many-requests';
  };
  /** The titles, for everybody. */
  readonly 'GET /v1/catalog': {
    readonly answer: CatalogResponse;
    readonly problems:
      | 'internal-error'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'too-many-requests';
  };
  /** What may be done with a title, and what to play. Opens nothing. */
  readonly 'GET /v1/entitlements/{contentId}': {
    readonly path: { readonly contentId: string; };
    readonly query?: { readonly format?: StreamFormat | undefined; };
    readonly answer: Entitlement;
    readonly problems:
      | 'authentication-required'
      | 'content-not-found'
      | 'internal-error'
      | 'invalid-request'
      | 'payload-too-large'
      | 'plan-insufficient'
      | 'region-blocked'
      | 'rental-expired'
      | 'rental-required'
      | 'service-unavailable'
      | 'session-expired'
      | 'subscription-expired'
      | 'too-many-requests';
  };
  /** Opens a playback session; to `play` takes a stream of the account. */
  readonly 'POST /v1/playback-sessions': {
    readonly header?: { readonly 'Idempotency-Key'?: string | undefined; };
    readonly body: PlaybackSessionRequest;
    readonly answer: PlaybackSessionResponse;
    readonly problems:
      | 'authentication-required'
      | 'content-not-found'
      | 'device-limit-reached'
      | 'internal-error'
      | 'invalid-request'
      | 'payload-too-large'
      | 'plan-insufficient'
      | 'playback-session-ended'
      | 'region-blocked'
      | 'rental-expired'
      | 'rental-required'
      | 'service-unavailable'
      | 'session-expired'
      | 'stream-limit-reached'
      | 'subscription-expired'
      | 'too-many-requests'
      | 'unsupported-media-type';
  };
  /** The heartbeat. Promotes a prefetch, and takes a stream back. */
  readonly 'PUT /v1/playback-sessions/{id}': {
    readonly path: { readonly id: string; };
    readonly body?: PlaybackSessionRenewal | undefined;
    readonly answer: PlaybackSessionResponse;
    readonly problems:
      | 'authentication-required'
      | 'content-not-found'
      | 'internal-error'
      | 'invalid-request'
      | 'payload-too-large'
      | 'plan-insufficient'
      | 'playback-session-ended'
      | 'playback-session-unknown'
      | 'region-blocked'
      | 'rental-expired'
      | 'rental-required'
      | 'service-unavailable'
      | 'session-expired'
      | 'session-superseded'
      | 'stream-limit-reached'
      | 'subscription-expired'
      | 'too-many-requests'
      | 'unsupported-media-type';
  };
  /** Ends the session. */
  readonly 'DELETE /v1/playback-sessions/{id}': {
    readonly path: { readonly id: string; };
    readonly answer: undefined;
    readonly problems:
      | 'internal-error'
      | 'payload-too-large'
      | 'playback-session-unknown'
      | 'service-unavailable'
      | 'too-many-requests';
  };
  /** Gives the stream back; the session can go on. */
  readonly 'DELETE /v1/playback-sessions/{id}/lease': {
    readonly path: { readonly id: string; };
    readonly answer: undefined;
    readonly problems:
      | 'internal-error'
      | 'payload-too-large'
      | 'playback-session-ended'
      | 'playback-session-unknown'
      | 'service-unavailable'
      | 'session-superseded'
      | 'too-many-requests';
  };
  /** What the account plays right now, and on which device; oldest first. */
  readonly 'GET /v1/streams': {
    readonly answer: StreamsResponse;
    readonly problems:
      | 'authentication-required'
      | 'internal-error'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'session-expired'
      | 'too-many-requests';
  };
  /** Stops a stream of the account: its playback session is superseded. */
  readonly 'DELETE /v1/streams/{id}': {
    readonly path: { readonly id: string; };
    readonly answer: undefined;
    readonly problems:
      | 'authentication-required'
      | 'internal-error'
      | 'payload-too-large'
      | 'playback-session-unknown'
      | 'service-unavailable'
      | 'session-expired'
      | 'too-many-requests';
  };
  /** Lets a device keep a title for watching offline. */
  readonly 'POST /v1/offline-licenses': {
    readonly header?: { readonly 'Idempotency-Key'?: string | undefined; };
    readonly body: OfflineLicenseRequest;
    readonly answer: OfflineLicenseResponse;
    readonly problems:
      | 'authentication-required'
      | 'content-not-found'
      | 'device-limit-reached'
      | 'internal-error'
      | 'invalid-request'
      | 'offline-license-released'
      | 'offline-not-allowed'
      | 'payload-too-large'
      | 'plan-insufficient'
      | 'region-blocked'
      | 'rental-expired'
      | 'rental-required'
      | 'service-unavailable'
      | 'session-expired'
      | 'subscription-expired'
      | 'too-many-requests'
      | 'unsupported-media-type';
  };
  /** What the account keeps offline and on which device, newest first. */
  readonly 'GET /v1/offline-licenses': {
    readonly answer: OfflineLicensesResponse;
    readonly problems:
      | 'authentication-required'
      | 'internal-error'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'session-expired'
      | 'too-many-requests';
  };
  /** Revokes an offline license of the account. Its device learns of it at the next contact. */
  readonly 'DELETE /v1/offline-licenses/{id}': {
    readonly path: { readonly id: string; };
    readonly answer: undefined;
    readonly problems:
      | 'authentication-required'
      | 'internal-error'
      | 'offline-license-unknown'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'session-expired'
      | 'too-many-requests';
  };
  /** What has become of an offline license, for the device that holds it. */
  readonly 'GET /v1/offline-licenses/{id}': {
    readonly path: { readonly id: string; };
    readonly answer: OfflineLicenseStatusResponse;
    readonly problems:
      | 'internal-error'
      | 'offline-license-unknown'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'too-many-requests';
  };
  /** Begins another term, if the account still may watch the title. */
  readonly 'POST /v1/offline-licenses/{id}/renew': {
    readonly path: { readonly id: string; };
    readonly answer: OfflineLicenseResponse;
    readonly problems:
      | 'content-not-found'
      | 'device-limit-reached'
      | 'internal-error'
      | 'offline-license-released'
      | 'offline-license-revoked'
      | 'offline-license-unknown'
      | 'offline-not-allowed'
      | 'payload-too-large'
      | 'plan-insufficient'
      | 'region-blocked'
      | 'rental-expired'
      | 'rental-required'
      | 'service-unavailable'
      | 'subscription-expired'
      | 'too-many-requests';
  };
  /** Says when the first play began. That can bring the end of a license or rental nearer, and never put it off. */
  readonly 'POST /v1/offline-licenses/{id}/plays': {
    readonly path: { readonly id: string; };
    readonly body?: OfflinePlayRequest | undefined;
    readonly answer: OfflineLicenseStatusResponse;
    readonly problems:
      | 'internal-error'
      | 'invalid-request'
      | 'offline-license-unknown'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'too-many-requests'
      | 'unsupported-media-type';
  };
  /** Rents a title, or rents it anew. */
  readonly 'POST /v1/rentals': {
    readonly body: RentalRequest;
    readonly answer: RentalResponse;
    readonly problems:
      | 'authentication-required'
      | 'content-not-found'
      | 'internal-error'
      | 'invalid-request'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'session-expired'
      | 'too-many-requests'
      | 'unsupported-media-type';
  };
  /** What the account rented, newest first. */
  readonly 'GET /v1/rentals': {
    readonly answer: RentalsResponse;
    readonly problems:
      | 'authentication-required'
      | 'internal-error'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'session-expired'
      | 'too-many-requests';
  };
  /** What the account is used on, oldest first. */
  readonly 'GET /v1/devices': {
    readonly answer: DevicesResponse;
    readonly problems:
      | 'authentication-required'
      | 'internal-error'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'session-expired'
      | 'too-many-requests';
  };
  /** Makes room for another device: ends what plays on this one, and revokes what it keeps offline. One that is not there is no error. */
  readonly 'DELETE /v1/devices/{id}': {
    readonly path: { readonly id: string; };
    readonly answer: undefined;
    readonly problems:
      | 'authentication-required'
      | 'internal-error'
      | 'payload-too-large'
      | 'service-unavailable'
      | 'session-expired'
      | 'too-many-requests';
  };
}
