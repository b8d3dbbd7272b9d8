/** HDCP versions in ascending order; `none` is an output without HDCP (https://www.w3.org/TR/eme-hdcp-version-registry/). */
export const HDCP_LEVELS = Object.freeze([
  'none',
  '1.0',
  '1.1',
  '1.2',
  '1.3',
  '1.4',
  '2.0',
  '2.1',
  '2.2',
  '2.3',
] as const);

/** An HDCP version, or `none`. */
export type HdcpLevel = (typeof HDCP_LEVELS)[number];

/** Whether the value is an {@link HdcpLevel}. */
export function isHdcpLevel(value: unknown): value is HdcpLevel {
  return HDCP_LEVELS.some((level) => level === value);
}

/** Negative when `a` is the lower level, 0 when they are the same, positive when `a` is the higher one. */
export function compareHdcp(a: HdcpLevel, b: HdcpLevel): number {
  return HDCP_LEVELS.indexOf(a) - HDCP_LEVELS.indexOf(b);
}
