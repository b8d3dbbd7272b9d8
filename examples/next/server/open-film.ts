import { randomUUID } from 'node:crypto';

import type { FilmDocument } from '../components/film';
import { serverUrl } from './server-url';

/** Opens a playback session. The entitlement server decides what may be watched, and answers with what to play. */
export async function openFilm(contentId: string): Promise<FilmDocument> {
  const answer = await fetch(new URL('/v1/playback-sessions', serverUrl()), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ contentId, intent: 'play' }),
    cache: 'no-store',
  });
  if (!answer.ok) throw new Error(`The entitlement server answered with ${answer.status}.`);

  const { source } = (await answer.json()) as { source: FilmDocument };
  return source;
}
