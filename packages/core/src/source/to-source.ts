import type { SourceDocument } from '@secure-player/protocol';

import type { DrmConfiguration, Source } from './source.js';

/**
 * Makes a {@link Source} of the JSON that a playback session answered with.
 *
 * @param baseUrl where relative URLs of the document start from, when the server lives on another origin than the page.
 */
export function toSource(document: SourceDocument, baseUrl?: string): Source {
  const resolve = (url: string) => (baseUrl === undefined ? url : new URL(url, baseUrl).href);
  const drm = Object.entries(document.drm ?? {}).map(([name, configuration]) => [
    name,
    {
      ...configuration,
      ...('licenseUrl' in configuration && { licenseUrl: resolve(configuration.licenseUrl) }),
      ...(configuration.serverCertificateUrl !== undefined && {
        serverCertificateUrl: resolve(configuration.serverCertificateUrl),
      }),
    },
  ]);

  // A document is read-only and names key systems by any string; resolveSource checks the names before use.
  return {
    ...(document as Source),
    src: resolve(document.src),
    ...(document.poster !== undefined && { poster: resolve(document.poster) }),
    ...(document.thumbnails !== undefined && { thumbnails: resolve(document.thumbnails) }),
    ...(document.drm && { drm: Object.fromEntries(drm) as DrmConfiguration }),
  };
}
