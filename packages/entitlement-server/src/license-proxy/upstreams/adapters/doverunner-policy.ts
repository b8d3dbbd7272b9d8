import type { SealedSystem } from '@secure-player/protocol';

import type { KeyGroup } from '../../../catalog/title.js';
import type { UpstreamGrant } from '../../license-upstream.js';
import { cannotSay } from './cannot-say.js';
import { isType1, keyDemands, type HdcpDemand, type KeyDemands } from './key-demands.js';
import { earliest, licenseTerms, secondsUntil, type LicenseTerms } from './license-terms.js';
import { sealedSystemOf } from './sealed-system-of.js';
import { toUtcText } from './token-source.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * A license policy of version 2. Keys are named by track types: `SD_ONLY` stands for sound and SD, `SD_HD` for those and HD, and so on.
 *
 * @throws ProblemError `license-upstream-refused` for rights that this policy has no words for: a beginning, no SD key, HDCP 2.3.
 */
export function doverunnerPolicy(grant: UpstreamGrant, now: number): Json {
  const system = sealedSystemOf(grant);
  const security = securityPolicies(grant, system);
  return {
    policy_version: 2,
    playback_policy: playbackPolicy(licenseTerms(grant, now), allowedTrackTypes(grant), now),
    ...(security.length > 0 && { security_policy: security }),
  };
}

/**
 * `license_duration` and `expire_date` exclude each other, so that the earlier one is sent. A rental window goes with a playback
 * duration; without one it is a bound like the others.
 */
function playbackPolicy(terms: LicenseTerms, trackTypes: string, now: number): Json {
  const { startsAt, endsAt, licenseSeconds, rentalSeconds, playbackSeconds, isPersistent } = terms;
  if (startsAt !== undefined) throw cannotSay('a license that begins later');

  const isRental = rentalSeconds !== undefined && playbackSeconds !== undefined;
  const seconds = isRental ? licenseSeconds : earliest(licenseSeconds, rentalSeconds);
  return {
    persistent: isPersistent,
    allowed_track_types: trackTypes,
    ...endOf(seconds, endsAt, now),
    ...(isRental && { rental_duration: rentalSeconds }),
    ...(playbackSeconds !== undefined && { playback_duration: playbackSeconds }),
  };
}

function endOf(seconds: number | undefined, endsAt: number | undefined, now: number): Json {
  if (endsAt === undefined) return seconds === undefined ? {} : { license_duration: seconds };
  if (seconds === undefined) return { expire_date: toUtcText(endsAt) };

  return { license_duration: Math.min(seconds, secondsUntil(endsAt, now)) };
}

/** Each of them stands for sound and all pictures up to its own. */
const TRACK_TYPES = { SD: 'SD_ONLY', HD: 'SD_HD', UHD1: 'SD_UHD1', UHD2: 'SD_UHD2' } as const;

/** The last track type before a picture that was not granted. */
function allowedTrackTypes({ keys }: UpstreamGrant): string {
  const granted = new Set(keys.map(({ group }) => group));
  const pictures = ['SD', 'HD', 'UHD1', 'UHD2'] as const;
  const missing = pictures.findIndex((picture) => !granted.has(picture));
  const best = pictures.slice(0, missing === -1 ? undefined : missing).at(-1);
  if (best === undefined) throw cannotSay('these keys: it gives out SD with whatever it gives');

  return TRACK_TYPES[best];
}

/** One for each track type with a demand; several keys of a group give the strictest of each. */
function securityPolicies({ keys }: UpstreamGrant, system: SealedSystem): readonly Json[] {
  const byGroup = new Map<KeyGroup, KeyDemands>();
  for (const { group, policy } of keys) {
    if (group !== undefined) byGroup.set(group, stricter(byGroup.get(group), keyDemands(policy)));
  }
  return [...byGroup]
    .filter(([, { hdcp, needsHardware }]) => hdcp !== undefined || needsHardware)
    .map(([group, demands]) => ({ track_type: group, [system]: SECURITY_OF[system](demands) }));
}

function stricter(a: KeyDemands | undefined, b: KeyDemands): KeyDemands {
  if (a === undefined) return b;

  const [, hdcp] = [a.hdcp, b.hdcp].sort((left, right) => Number(left ?? 0) - Number(right ?? 0));
  return { hdcp, needsHardware: a.needsHardware || b.needsHardware };
}

const SECURITY_OF: Readonly<Record<SealedSystem, (demands: KeyDemands) => Json>> = {
  widevine: ({ hdcp, needsHardware }) => ({
    ...(needsHardware && { security_level: 5 }),
    ...(hdcp !== undefined && { required_hdcp_version: toHdcpVersion(hdcp) }),
  }),
  playready: ({ hdcp, needsHardware }) => ({
    ...(needsHardware && { security_level: 3000 }),
    ...(hdcp !== undefined && {
      digital_video_protection_level: isType1(hdcp) ? 300 : 270,
      require_hdcp_type_1: isType1(hdcp),
    }),
  }),
  fairplay: ({ hdcp }) => (hdcp === undefined ? {} : { hdcp_enforcement: isType1(hdcp) ? 1 : 0 }),
};

const HDCP_VERSIONS: Readonly<Partial<Record<HdcpDemand, string>>> = {
  '1': 'HDCP_V1',
  '2.0': 'HDCP_V2',
  '2.1': 'HDCP_V2.1',
  '2.2': 'HDCP_V2.2',
};

function toHdcpVersion(hdcp: HdcpDemand): string {
  const version = HDCP_VERSIONS[hdcp];
  if (version === undefined) throw cannotSay(`HDCP ${hdcp}`);
  return version;
}
