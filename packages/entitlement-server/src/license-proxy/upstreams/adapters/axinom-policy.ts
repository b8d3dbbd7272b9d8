import type { SealedSystem } from '@secure-player/protocol';

import type { UpstreamGrant } from '../../license-upstream.js';
import { isType1, keyDemands, type KeyDemands } from './key-demands.js';
import { earliest, type LicenseTerms } from './license-terms.js';
import { toUtcText } from './token-source.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * The `license` part of an entitlement message: bounds in time.
 *
 * There is no field for "must begin within". A rental window that is the only bound becomes a duration, which Widevine is told
 * not to end in mid-play; under PlayReady and FairPlay, and beside any other bound, it ends there too.
 */
export function axinomLicense(terms: LicenseTerms, system: SealedSystem): Json {
  const { startsAt, endsAt, licenseSeconds, rentalSeconds, isPersistent } = terms;
  const duration = earliest(licenseSeconds, rentalSeconds);
  return {
    ...(startsAt !== undefined && { start_datetime: toUtcText(startsAt) }),
    ...(endsAt !== undefined && { expiration_datetime: toUtcText(endsAt) }),
    ...(duration !== undefined && { duration }),
    allow_persistence: isPersistent,
    [system]: LICENSE_OF[system](terms),
  };
}

/** The policies that the keys name, each once. */
export function axinomUsagePolicies(keys: UpstreamGrant['keys'], system: SealedSystem): readonly Json[] {
  const policies = new Map<string, Json>();
  for (const { policy } of keys) {
    const demands = keyDemands(policy);
    const name = usagePolicyName(demands);
    policies.set(name, { name, [system]: USAGE_OF[system](demands) });
  }
  return [...policies.values()];
}

/** The same for the same demands, such as `hardware, HDCP 2.2`. */
export function usagePolicyName({ hdcp, needsHardware }: KeyDemands): string {
  const device = needsHardware ? 'hardware' : 'any device';
  return hdcp === undefined ? device : `${device}, HDCP ${hdcp}`;
}

const LICENSE_OF: Readonly<Record<SealedSystem, (terms: LicenseTerms) => Json>> = {
  widevine: (terms) => ({
    ...playback(terms),
    real_time_duration_expiration: !isRentalAlone(terms),
    real_time_playback_expiration: true,
    allow_renewal: terms.renewal !== undefined,
    ...(terms.renewal && {
      renewal_delay: terms.renewal.delaySeconds,
      renewal_recovery: terms.renewal.graceSeconds,
      renewal_retry_interval: terms.renewal.retrySeconds,
    }),
  }),
  playready: (terms) => ({ ...playback(terms), real_time_expiration: true }),
  fairplay: (terms) => ({ ...playback(terms), real_time_expiration: true }),
};

function playback({ playbackSeconds }: LicenseTerms): Json {
  return playbackSeconds === undefined ? {} : { playback_duration: playbackSeconds };
}

function isRentalAlone({ rentalSeconds, licenseSeconds, endsAt }: LicenseTerms): boolean {
  return rentalSeconds !== undefined && licenseSeconds === undefined && endsAt === undefined;
}

/** PlayReady's output protection that asks for HDCP type 1, from Microsoft's compliance rules. */
const HDCP_TYPE_1 = { id: 'ABB2C6F1-E663-4625-A945-972D17B231E7', config_data: 'AAAAAQ==' };

const USAGE_OF: Readonly<Record<SealedSystem, (demands: KeyDemands) => Json>> = {
  widevine: ({ hdcp, needsHardware }) => ({
    ...(needsHardware && { device_security_level: 'HW_SECURE_ALL' }),
    ...(hdcp !== undefined && { hdcp: hdcp === '1' ? '1.0' : hdcp }),
  }),
  playready: ({ hdcp, needsHardware }) => ({
    min_device_security_level: needsHardware ? 3000 : 2000,
    ...(hdcp !== undefined && { uncompressed_digital_video_opl: isType1(hdcp) ? 300 : 270 }),
    ...(hdcp !== undefined && isType1(hdcp) && { digital_video_output_protections: [HDCP_TYPE_1] }),
  }),
  fairplay: ({ hdcp }) => (hdcp === undefined ? {} : { hdcp: isType1(hdcp) ? 'TYPE1' : 'TYPE0' }),
};
