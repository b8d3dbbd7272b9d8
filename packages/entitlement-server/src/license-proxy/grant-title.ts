import type { TitleIndex } from '../catalog/title-index.js';
import type { Title } from '../catalog/title.js';
import { ProblemError, invalidField } from '../http/problem-error.js';
import type { MessageDemand } from './license-upstream.js';

/** What says which title a license is asked for. */
export interface TitleClues {
  readonly url: URL;
  /** What the message asks for; null where it cannot be read. */
  readonly asked: Title | null;
  /** The title of what the address names, and what that is called; null where it names nothing. */
  readonly opened: { readonly contentId: string; readonly by: 'playback session' | 'offline license' } | null;
  readonly demand: MessageDemand | null;
}

/** What a problem names where no message has members. */
export const UNNAMED = { keyIds: 'keyIds', sessionType: 'sessionType' } as const;

/** What the message asks for, the session or offline license is for and the URL names has to be one title. */
export function requireTitle(titles: TitleIndex, { url, asked, opened, demand }: TitleClues): Title {
  const { keyIds } = demand?.fields ?? UNNAMED;
  const contentIds = url.searchParams.getAll('content');
  if (contentIds.length > 1) throw invalidField('content', 'must be given once');
  const [contentId = opened?.contentId] = contentIds;

  if (opened && asked && opened.contentId !== asked.id) {
    throw invalidField(keyIds, `must belong to the ${opened.by}'s title`);
  }
  if (contentId === undefined) {
    if (asked === null) throw new ProblemError('playback-session-required');
    return asked;
  }
  const named = titles.require(contentId);
  if (opened && opened.contentId !== named.id) {
    throw invalidField('content', `must be the ${opened.by}'s title`);
  }
  if (asked && asked !== named) throw invalidField(keyIds, 'must belong to the title that the address names');
  return named;
}

/** The title that a message asks for by its keys, or by its id. */
export function titleOfDemand(titles: TitleIndex, { keyIds, contentId, fields }: MessageDemand): Title {
  // Init data may name a title instead of keys: by its id, or as FairPlay's playlists do by the id of one key.
  if (keyIds.length === 0 && contentId !== undefined) {
    const title = titles.find(contentId) ?? titles.findByKeyId(contentId);
    if (title === undefined) throw new ProblemError('content-not-found');
    return title;
  }
  const found = new Set(keyIds.map((keyId) => titles.findByKeyId(keyId)));
  const [title] = found;
  if (title === undefined || found.has(undefined)) throw new ProblemError('content-not-found');
  if (found.size > 1) throw invalidField(fields.keyIds, 'must all belong to one title');
  return title;
}
