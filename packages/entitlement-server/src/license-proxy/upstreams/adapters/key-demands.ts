import { compareHdcp, type HdcpLevel, type KeyPolicy } from '@secure-player/protocol';

/**
 * What DRM systems tell apart in HDCP: any version 1, and 2.0 to 2.3 each. Versions 1.0 to 1.4 are one thing to Widevine
 * (`HDCP_V1`), PlayReady and FairPlay (type 0), so that `1.4` cannot be told from `1.0`.
 */
export type HdcpDemand = '1' | '2.0' | '2.1' | '2.2' | '2.3';

/** What a key demands of a device, without what demands nothing. */
export interface KeyDemands {
  readonly hdcp?: HdcpDemand | undefined;
  readonly needsHardware: boolean;
}

/** Reads a key's policy. */
export function keyDemands({ minHdcp, minSecurityLevel }: KeyPolicy): KeyDemands {
  return { hdcp: toHdcpDemand(minHdcp), needsHardware: minSecurityLevel === 'hardware' };
}

/** Whether a demand needs HDCP 2.x: what PlayReady and FairPlay call type 1. */
export function isType1(hdcp: HdcpDemand): boolean {
  return hdcp !== '1';
}

function toHdcpDemand(level: HdcpLevel | undefined): HdcpDemand | undefined {
  if (level === undefined || level === 'none') return undefined;
  if (compareHdcp(level, '2.0') < 0) return '1';
  return level as Exclude<HdcpDemand, '1'>;
}
