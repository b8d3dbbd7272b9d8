import type { CatalogTitle } from '@secure-player/protocol';
import type { Source } from '@secure-player/react';

import type { ApiErrorCode } from '../api/api-error.js';
import type { WatchFormat } from '../routes.js';

const REFUSALS: readonly ApiErrorCode[] = [
  'authentication-required',
  'session-expired',
  'subscription-expired',
  'plan-insufficient',
];

/** Whether a playback session was refused for who asked, and not for a fault. */
export function isRefusal(code: ApiErrorCode): boolean {
  return REFUSALS.includes(code);
}

/**
 * What to play when there is no playback session: the public manifest, and a license server that will refuse. So the
 * player itself says why, with the same words and buttons as when rights end in the middle of a film.
 */
export function refusedSource(
  { id, title, poster, streams, keyIds }: CatalogTitle,
  format: WatchFormat,
): Source | null {
  const stream = streams.find((candidate) => candidate.format === format);
  if (!stream) return null;

  return {
    id,
    title,
    poster,
    src: stream.src,
    type: stream.type,
    keyIds: [...keyIds],
    drm: { 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } },
  };
}
