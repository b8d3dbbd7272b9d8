/** Tried in this order: most browsers call themselves Safari too, and many of them Chrome. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;

const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['CrOS', 'ChromeOS'],
  ['Macintosh', 'Mac'],
  ['Linux', 'Linux'],
] as const;

/**
 * What an account's owner would call the device behind a User-Agent, such as `Firefox on Windows`.
 *
 * Made of known names alone, never of the header's text: whoever sends it must not be able to write into what others read.
 */
export function describeDevice(userAgent: string | undefined): string {
  const browser = find(BROWSERS, userAgent) ?? 'A player';
  const system = find(SYSTEMS, userAgent);

  return system === undefined ? browser : `${browser} on ${system}`;
}

function find(names: readonly (readonly [string, string])[], userAgent = ''): string | undefined {
  return names.find(([token]) => userAgent.includes(token))?.[1];
}
