import { toSource, type KeySystem, type Source } from '@secure-player/react';

import type { Site } from './site.js';

/** The film that downloads are tried with: which the plans allow to be kept for two days. */
export const FILM = 'first-light';

/** What a page would download of it, for one key system. */
export async function sourceOf(
  site: Site,
  token: string,
  { keySystem, format }: { readonly keySystem: KeySystem; readonly format: 'dash' | 'hls' },
): Promise<Source> {
  const { source } = await site.openPlaybackSession({ token, contentId: FILM, format });
  const { session: _session, drm, ...film } = toSource(source);
  const configuration = drm?.[keySystem];
  if (!configuration) throw new Error(`The film has no ${keySystem}.`);

  return { ...film, id: FILM, src: new URL(film.src, site.url).href, drm: { [keySystem]: configuration } };
}

/** How the server's list shows what an account keeps, newest first. */
export async function keptStatuses(site: Site, token: string): Promise<string[]> {
  const answer = await fetch(`${site.url}/v1/offline-licenses`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { licenses } = (await answer.json()) as { licenses: { status: string }[] };

  return licenses.map(({ status }) => status);
}
