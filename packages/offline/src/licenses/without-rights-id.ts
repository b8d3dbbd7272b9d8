import type { DrmConfiguration, Source } from '@secure-player/core';

/**
 * A source whose license URLs do not name an id of the server's list any more. What is given back at such an address is given
 * back for itself alone: a server takes a release that names the id for the end of all that goes by it, also of the license that
 * has just taken the place of the one that is given back.
 */
export function withoutRightsId(source: Source, rightsId: string): Source {
  const drm = Object.entries(source.drm ?? {}).map(([name, configuration]) => [
    name,
    configuration?.licenseUrl === undefined
      ? configuration
      : { ...configuration, licenseUrl: withoutValue(configuration.licenseUrl, rightsId) },
  ]);

  return { ...source, drm: Object.fromEntries(drm) as DrmConfiguration };
}

/** Only the query is looked at: the address may be relative. */
function withoutValue(url: string, value: string): string {
  const [address = '', query] = url.split('?', 2);
  if (query === undefined) return url;

  const kept = [...new URLSearchParams(query)].filter(([, given]) => given !== value);
  const rest = new URLSearchParams(kept).toString();
  return rest === '' ? address : `${address}?${rest}`;
}
