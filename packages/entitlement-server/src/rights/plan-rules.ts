import {
  compareHdcp,
  type AccountPlan,
  type HdcpLevel,
  type KeyPolicy,
  type SecurityLevel,
} from '@secure-player/protocol';

import { KEY_GROUPS, type KeyGroup } from '../catalog/title.js';
import { invalidConfiguration } from '../entitlement-server-error.js';
import type { StreamLimit } from '../playback-sessions/playback-session-store.js';

/** What a plan pays for. */
export interface PlanRules {
  /** Groups that are left out are not in the plan. */
  readonly groups: Readonly<Partial<Record<KeyGroup, GroupRules>>>;
  /** Null for as many as one likes. */
  readonly streams: StreamLimit | null;
  /** How many devices an account may have; null for as many as one likes. */
  readonly devices: number | null;
  /** On how many of them it may keep titles for watching offline; null for as many as one likes. */
  readonly offlineDevices: number | null;
}

/** What a plan demands for keys of a group, beside what the title demands. The stricter counts. */
export interface GroupRules {
  readonly minHdcp?: HdcpLevel | undefined;
  readonly minSecurityLevel?: SecurityLevel | undefined;
}

/** A plan as it is configured; what is left out is as in {@link DEFAULT_PLANS}. */
export interface PlanConfiguration {
  readonly groups?: PlanRules['groups'] | undefined;
  /** How many streams at a time, and what becomes of a further one (`deny-new` by default). */
  readonly streams?:
    | { readonly limit: number; readonly onLimit?: StreamLimit['onLimit'] | undefined }
    | undefined;
  readonly devices?: number | undefined;
  /** On how many devices titles may be kept for watching offline. @default as many as one likes */
  readonly offlineDevices?: number | undefined;
}

/** The plans by name. */
export type PlanTable = Readonly<Record<AccountPlan, PlanRules>>;

const UNLIMITED = { streams: null, devices: null, offlineDevices: null } as const;

/** `basic` has no HD; neither limits streams, devices or downloads. */
const DEFAULT_PLANS: PlanTable = {
  premium: { groups: { AUDIO: {}, SD: {}, HD: {}, UHD1: {}, UHD2: {} }, ...UNLIMITED },
  basic: { groups: { AUDIO: {}, SD: {} }, ...UNLIMITED },
};

/** Fills in defaults and refuses limits that mean nothing. */
export function resolvePlans(plans: Partial<Record<AccountPlan, PlanConfiguration>> = {}): PlanTable {
  for (const name of Object.keys(plans)) {
    if (!Object.hasOwn(DEFAULT_PLANS, name)) throw invalidConfiguration(`plans.${name}`, 'is not a plan');
  }
  return { premium: resolvePlan('premium', plans.premium), basic: resolvePlan('basic', plans.basic) };
}

/** What a key demands under a plan. */
export function stricterPolicy(policy: KeyPolicy, rules: GroupRules): KeyPolicy {
  const { minHdcp = rules.minHdcp, minSecurityLevel } = policy;
  const isHardware = minSecurityLevel === 'hardware' || rules.minSecurityLevel === 'hardware';
  const stricterHdcp =
    minHdcp !== undefined && rules.minHdcp !== undefined && compareHdcp(rules.minHdcp, minHdcp) > 0
      ? rules.minHdcp
      : minHdcp;
  return {
    ...policy,
    ...(stricterHdcp !== undefined && { minHdcp: stricterHdcp }),
    ...(isHardware && { minSecurityLevel: 'hardware' }),
  };
}

function resolvePlan(name: AccountPlan, plan: PlanConfiguration = {}): PlanRules {
  const field = `plans.${name}`;
  const { groups = DEFAULT_PLANS[name].groups, streams, devices, offlineDevices } = plan;
  for (const group of Object.keys(groups)) {
    if (!KEY_GROUPS.some((known) => known === group)) {
      throw invalidConfiguration(`${field}.groups`, `must name none but ${KEY_GROUPS.join(', ')}`);
    }
  }
  return {
    groups,
    streams:
      streams === undefined
        ? null
        : {
            streams: wholeNumber(streams.limit, `${field}.streams.limit`),
            onLimit: streams.onLimit ?? 'deny-new',
          },
    devices: devices === undefined ? null : wholeNumber(devices, `${field}.devices`),
    offlineDevices:
      offlineDevices === undefined ? null : wholeNumber(offlineDevices, `${field}.offlineDevices`),
  };
}

/** What fits into an `integer` of SQL. */
const MOST = 2 ** 31 - 1;

function wholeNumber(value: number, field: string): number {
  if (Number.isSafeInteger(value) && value >= 0 && value <= MOST) return value;
  throw invalidConfiguration(field, `must be a whole number from 0 to ${MOST}`);
}
