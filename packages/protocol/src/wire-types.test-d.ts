import type {
  CatalogTitle,
  Entitlement,
  LoginResponse,
  OfflineLicenseResponse,
  PlaybackSessionRequest,
  PlaybackSessionResponse,
  ProblemDetails,
  SourceDocument,
} from './index.js';

/** Compiled, never run: what the wire types must take, and what they must refuse. */
const drm = { 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } };

export const source = {
  src: '/media/film/manifest.mpd',
  type: 'dash',
  drm: {
    ...drm,
    'com.widevine.alpha': { licenseUrlFromManifest: true, videoRobustness: ['SW_SECURE_CRYPTO'] },
  },
  keyIds: ['2f05477fc24bb4faefd86517156daffc'],
  caps: { maxHeight: 576 },
  session: { id: 'opaque', heartbeatSeconds: 30 },
} as const satisfies SourceDocument;

export const sourceWithKeys: SourceDocument = {
  src: '/media/film/manifest.mpd',
  // @ts-expect-error a document that travels never carries content keys
  drm: { 'org.w3.clearkey': { keys: { '2f05477fc24bb4faefd86517156daffc': '00' } } },
};

export const request: PlaybackSessionRequest = { contentId: 'film', intent: 'prefetch', format: 'dash-cbcs' };

// @ts-expect-error an unknown intent takes no lease and plays nothing
export const wrongRequest: PlaybackSessionRequest = { contentId: 'film', intent: 'watch' };

export const response: PlaybackSessionResponse = {
  id: 'opaque',
  contentId: 'film',
  intent: 'play',
  heartbeatSeconds: 30,
  expiresAt: 1_800_000_000_000,
  leaseExpiresAt: null,
  source,
};

export const offlineLicense: OfflineLicenseResponse = {
  id: 'opaque',
  handle: 'digest',
  contentId: 'film',
  source: { ...source, session: undefined },
  expiresAt: 1_800_000_000_000,
  startBy: null,
  playWithinSeconds: 172_800,
  renewable: true,
  serverTime: 1_790_000_000_000,
};

export const endless: OfflineLicenseResponse = {
  ...offlineLicense,
  // @ts-expect-error a device learns of an end or that there is none, never of nothing
  expiresAt: undefined,
};

export const title: CatalogTitle = {
  id: 'film',
  title: 'Film',
  synopsis: 'A film.',
  durationSeconds: 60,
  poster: '/media/film/poster.jpg',
  thumbnails: '/media/film/thumbnails.vtt',
  access: 'subscription',
  storable: true,
  streams: [{ format: 'hls', type: 'hls', src: '/media/film/hls/main.m3u8' }],
  keyIds: [],
};

export const entitlement: Entitlement = {
  contentId: 'film',
  access: 'free',
  plan: null,
  subscriptionEndsAt: null,
  source,
};

export const openEntitlement: Entitlement = {
  ...entitlement,
  // @ts-expect-error whoever asks learns of an end or that there is none, never of nothing
  subscriptionEndsAt: undefined,
};

export const login: LoginResponse = {
  token: 'opaque',
  expiresAt: 1_800_000_000_000,
  account: { id: 'a1', name: 'Ada', plan: 'basic', subscriptionEndsAt: null },
};

export const expired: LoginResponse['account'] = {
  ...login.account,
  // @ts-expect-error being expired is a date, not a plan
  plan: 'expired',
};

// @ts-expect-error a problem has one of the codes of the table
export const problem: ProblemDetails = { type: '', title: '', status: 418, code: 'teapot' };
