import type { KeySystemConfiguration, Source } from '@secure-player/core';

/**
 * What of a source is kept, so that its license can be given back: no function and no bytes, which a page gives again by
 * `completeSource`, and no key, no header and no session id, which are secrets.
 */
export function toStoredSource({ src, type, id, drm, preferredKeySystems }: Source): Source {
  const configurations = Object.entries(drm ?? {}).flatMap(([name, configuration]) => {
    const stored = configuration && toStoredConfiguration(configuration);
    return stored ? [[name, stored] as const] : [];
  });

  return {
    src,
    ...(type !== undefined && { type }),
    ...(id !== undefined && { id }),
    ...(preferredKeySystems && { preferredKeySystems: [...preferredKeySystems] }),
    ...(configurations.length > 0 && { drm: Object.fromEntries(configurations) }),
  };
}

function toStoredConfiguration(configuration: KeySystemConfiguration): KeySystemConfiguration | null {
  const { licenseUrl, serverCertificateUrl, videoRobustness, audioRobustness } = configuration;
  if (licenseUrl === undefined) return null;

  return {
    licenseUrl,
    ...(serverCertificateUrl !== undefined && { serverCertificateUrl }),
    ...(videoRobustness && { videoRobustness: [...videoRobustness] }),
    ...(audioRobustness && { audioRobustness: [...audioRobustness] }),
  };
}
