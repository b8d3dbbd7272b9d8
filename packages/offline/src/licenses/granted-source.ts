import type { DrmConfiguration, KeySystemConfiguration, Source } from '@secure-player/core';

/**
 * The source of a page with the license servers that a grant names: their addresses are the grant's, everything else about a
 * key system, as the functions, stays the page's.
 */
export function grantedSource(source: Source, granted: Source): Source {
  if (!granted.drm) return source;

  const own: Readonly<Record<string, KeySystemConfiguration | undefined>> = source.drm ?? {};
  const drm = Object.entries(granted.drm).map(([name, configuration]) => [
    name,
    withoutOrigin(own[name], configuration),
  ]);

  return { ...source, drm: Object.fromEntries(drm) as DrmConfiguration };
}

const ORIGINS: ReadonlySet<string> = new Set(['licenseUrl', 'licenseUrlFromManifest', 'keys']);

/** A configuration has one origin of keys: the grant's is in place of the page's. */
function withoutOrigin(
  own: KeySystemConfiguration | undefined,
  granted: KeySystemConfiguration | undefined,
): object {
  const rest = Object.entries(own ?? {}).filter(([name]) => !ORIGINS.has(name));

  return { ...Object.fromEntries(rest), ...granted };
}
