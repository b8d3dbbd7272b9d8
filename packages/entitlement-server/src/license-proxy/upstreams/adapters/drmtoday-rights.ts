import { compareHdcp, type HdcpLevel, type SecurityLevel } from '@secure-player/protocol';

import type { KeyGroup } from '../../../catalog/title.js';
import type { GrantedKey, UpstreamGrant } from '../../license-upstream.js';
import { cannotSay } from './cannot-say.js';
import { earliest, licenseTerms, secondsUntil, type LicenseTerms } from './license-terms.js';
import { toUtcText } from './token-source.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * A template of customer rights that was made in DRMtoday's dashboard, and what licenses made with it give and demand. The
 * tokens have no public words for keys, HDCP or security levels, so that these are said by naming a template.
 */
export interface DrmtodayTemplate {
  /** Its id, without the colon before it. */
  readonly id: string;
  /** The keys it gives out. */
  readonly groups: readonly KeyGroup[];
  /** What it demands for all of them. @default nothing */
  readonly minHdcp?: HdcpLevel | undefined;
  /** @default 'software' */
  readonly minSecurityLevel?: SecurityLevel | undefined;
}

/**
 * The customer rights (`crt`) of a grant: a template that gives nothing the grant does not hold and demands all that it
 * demands, with the bounds in time. Of several, the one that gives the most; of those, the one that demands the least.
 *
 * @throws ProblemError `license-upstream-refused` where there is no such template, or for a license that begins later.
 */
export function drmtodayRights(
  grant: UpstreamGrant,
  templates: readonly DrmtodayTemplate[],
  now: number,
): Json {
  const [template] = templates.filter((each) => fits(each, grant.keys)).sort(byWorth);
  if (template === undefined) throw cannotSay('these keys: no template fits');

  const terms = licenseTerms(grant, now);
  if (terms.startsAt !== undefined) throw cannotSay('a license that begins later');
  return {
    ref: [`:${template.id}`],
    assetId: grant.contentId,
    storeLicense: terms.isPersistent,
    profile: profile(terms, now),
  };
}

/**
 * `absoluteExpiration` is the earliest bound, a rental window among them. Where nothing bounds playback, what is left until the
 * end does, so that a license never outlasts its end by more than it would have lasted.
 */
function profile(
  { endsAt, licenseSeconds, rentalSeconds, playbackSeconds }: LicenseTerms,
  now: number,
): Json {
  const after = (seconds: number | undefined) => (seconds === undefined ? undefined : now + seconds * 1000);
  const end = earliest(endsAt, after(licenseSeconds));
  const expiration = earliest(end, after(rentalSeconds));
  const left = end === undefined ? undefined : secondsUntil(end, now);
  const play = earliest(playbackSeconds, left);
  if (expiration === undefined && play === undefined) return { type: 'purchase' };

  return {
    type: 'rental',
    ...(expiration !== undefined && { absoluteExpiration: toUtcText(expiration) }),
    ...(play !== undefined && { playDuration: `PT${play}S` }),
  };
}

function fits(template: DrmtodayTemplate, keys: readonly GrantedKey[]): boolean {
  return template.groups.every((group) => {
    const granted = keys.filter((key) => key.group === group);
    return granted.length > 0 && granted.every((key) => isStrictEnough(template, key));
  });
}

function byWorth(a: DrmtodayTemplate, b: DrmtodayTemplate): number {
  const byGroups = b.groups.length - a.groups.length;
  const bySecurity = Number(a.minSecurityLevel === 'hardware') - Number(b.minSecurityLevel === 'hardware');
  return byGroups || bySecurity || compareHdcp(a.minHdcp ?? 'none', b.minHdcp ?? 'none');
}

function isStrictEnough(
  { minHdcp = 'none', minSecurityLevel }: DrmtodayTemplate,
  { policy }: GrantedKey,
): boolean {
  if (policy.minSecurityLevel === 'hardware' && minSecurityLevel !== 'hardware') return false;
  return compareHdcp(minHdcp, policy.minHdcp ?? 'none') >= 0;
}
