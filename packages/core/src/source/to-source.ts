import type { SourceDocument } from '@secure-player/protocol';

import type { DrmConfiguration, Source } from './source.js';

/**
 * Makes a {@link Source} of the JSON that a playback session answered with.
 *
 * @param baseUrl where relative URLs of the document start from, when the server lives on another origin than the page.
 */
export function toSource(document: SourceDocument, baseUrl?: string): Source {
  const { drm, ...rest } = document;
  const resolve = (url: string) => (baseUrl === undefined ? url : new URL(url, baseUrl).href);
  const keySystems = Object.entries(drm ?? {}).map(([name, configuration]) => [
    name,
    {
      ...configuration,
      ...('licenseUrl' in configuration && { licenseUrl: resolve(configuration.licenseUrl) }),
      ...(configuration.serverCertificateUrl !== undefined && {
        serverCertificateUrl: resolve(configuration.serverCertificateUrl),
      }),
    },
  ]);

  return {
    ...rest,
    src: resolve(document.src),
    ...(document.poster !== undefined && { poster: resolve(document.poster) }),
    ...(document.thumbnails !== undefined && { thumbnails: resolve(document.thumbnails) }),
    // A document names key systems by any string; resolveSource checks the names before use.
    ...(drm && { drm: Object.fromEntries(keySystems) as DrmConfiguration }),
  };
}
