import { toSource } from '@secure-player/react';
import type { KeySystem } from '@secure-player/react';

import type { StartOptions, TitleOptions } from '../harness/offline-licenses.js';
import type { Site } from './site.js';

export const TITLE = 'first-light';
const GROUPS = ['AUDIO', 'SD'] as const;

/** A title whose license is to be kept, for an account that may keep it, under one key system. */
export async function titleOf(
  site: Site,
  keySystem: KeySystem,
  initData: TitleOptions['initData'],
): Promise<{ title: TitleOptions; start: StartOptions }> {
  const token = await site.logIn('premium');
  const { source } = await site.openPlaybackSession({ token, contentId: TITLE });
  const keys = await Promise.all(GROUPS.map((group) => site.contentKey(TITLE, group)));
  const { session, ...rest } = toSource(source);
  const drm = rest.drm?.[keySystem];
  if (!drm || !session) throw new Error(`The title has no ${keySystem}.`);

  return {
    title: {
      source: { ...rest, id: TITLE, drm: { [keySystem]: drm } },
      keyIds: keys.map(({ keyId }) => keyId),
      initData,
    },
    start: { token, isListed: true },
  };
}

/** How the server's list shows what an account keeps, newest first. */
export async function listedStatuses(site: Site, token: string): Promise<string[]> {
  const answer = await fetch(`${site.url}/v1/offline-licenses`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { licenses } = (await answer.json()) as { licenses: { status: string }[] };

  return licenses.map(({ status }) => status);
}
