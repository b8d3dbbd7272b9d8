import { keyIdToBase64Url, keyIdToGuid } from '@secure-player/protocol';

import type { UpstreamGrant } from '../../license-upstream.js';
import type { LicenseTerms } from './license-terms.js';
import { toEpochSeconds, toUtcText } from './token-source.js';

/** A part of a grant that bounds it. A license server that is not told of one has to keep it by itself. */
export const GRANT_BOUNDS = [
  'keyIds',
  'notBefore',
  'notAfter',
  'licenseDuration',
  'rentalDuration',
  'playbackDuration',
  'minHdcp',
  'minSecurityLevel',
] as const;

/** One of {@link GRANT_BOUNDS}. */
export type GrantBound = (typeof GRANT_BOUNDS)[number];

interface ClaimSource {
  /** What a server learns by it. */
  readonly tells: readonly GrantBound[];
  /** Undefined leaves the claim out. */
  read(grant: UpstreamGrant, terms: LicenseTerms): unknown;
}

const ALL_KEY_BOUNDS = ['keyIds', 'minHdcp', 'minSecurityLevel'] as const;
const ALL_TIME_BOUNDS = [
  'notBefore',
  'notAfter',
  'licenseDuration',
  'rentalDuration',
  'playbackDuration',
] as const;

/** Where the value of a claim can come from. Durations are whole seconds; what is absent in a grant is absent in the token. */
export const CLAIM_SOURCES = {
  tenant: { tells: [], read: ({ tenant }) => tenant },
  accountId: { tells: [], read: ({ accountId }) => accountId ?? undefined },
  sessionKey: { tells: [], read: ({ sessionKey }) => sessionKey ?? undefined },
  deviceId: { tells: [], read: ({ deviceId }) => deviceId ?? undefined },
  contentId: { tells: [], read: ({ contentId }) => contentId },
  system: { tells: [], read: ({ system }) => system },
  sessionType: { tells: [], read: ({ sessionType }) => sessionType },
  isPersistent: { tells: [], read: (_, { isPersistent }) => isPersistent },
  keyIdsHex: { tells: ['keyIds'], read: ({ keys }) => keys.map(({ keyId }) => keyId) },
  keyIdsGuid: { tells: ['keyIds'], read: ({ keys }) => keys.map(({ keyId }) => keyIdToGuid(keyId)) },
  keyIdsBase64Url: {
    tells: ['keyIds'],
    read: ({ keys }) => keys.map(({ keyId }) => keyIdToBase64Url(keyId)),
  },
  /** `{ keyId, group, policy }` of each, in this project's words. */
  keys: { tells: ALL_KEY_BOUNDS, read: ({ keys }) => keys },
  /** The bounds in time, in this project's words, where 0 is a bound. */
  policy: { tells: ALL_TIME_BOUNDS, read: ({ policy }) => policy },
  notBeforeEpochSeconds: {
    tells: ['notBefore'],
    read: (_, { startsAt }) => startsAt && Math.ceil(startsAt / 1000),
  },
  notAfterEpochSeconds: { tells: ['notAfter'], read: (_, { endsAt }) => endsAt && toEpochSeconds(endsAt) },
  notAfterUtc: { tells: ['notAfter'], read: (_, { endsAt }) => endsAt && toUtcText(endsAt) },
  licenseDuration: { tells: ['licenseDuration'], read: (_, { licenseSeconds }) => licenseSeconds },
  rentalDuration: { tells: ['rentalDuration'], read: (_, { rentalSeconds }) => rentalSeconds },
  playbackDuration: { tells: ['playbackDuration'], read: (_, { playbackSeconds }) => playbackSeconds },
} as const satisfies Readonly<Record<string, ClaimSource>>;

/** The name of a source of {@link CLAIM_SOURCES}. */
export type ClaimSourceName = keyof typeof CLAIM_SOURCES;

/** The bounds that a grant has, as a license server would have to be told of them. */
export function boundsOf({ keys }: UpstreamGrant, terms: LicenseTerms): readonly GrantBound[] {
  const present: Readonly<Record<GrantBound, boolean>> = {
    keyIds: true,
    notBefore: terms.startsAt !== undefined,
    notAfter: terms.endsAt !== undefined,
    licenseDuration: terms.licenseSeconds !== undefined,
    rentalDuration: terms.rentalSeconds !== undefined,
    playbackDuration: terms.playbackSeconds !== undefined,
    minHdcp: keys.some(({ policy }) => (policy.minHdcp ?? 'none') !== 'none'),
    minSecurityLevel: keys.some(({ policy }) => policy.minSecurityLevel === 'hardware'),
  };
  return GRANT_BOUNDS.filter((bound) => present[bound]);
}
