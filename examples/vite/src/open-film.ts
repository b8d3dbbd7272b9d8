import { toSource, type Source } from '@secure-player/react';

export type Format = 'dash' | 'hls';

/** Opens a playback session. The server decides what may be watched, and answers with what to play. */
export async function openFilm(contentId: string, format: Format, signal: AbortSignal): Promise<Source> {
  const answer = await fetch('/v1/playback-sessions', {
    method: 'POST',
    // With a key of its own, a request that is sent twice opens one session.
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ contentId, intent: 'play', format }),
    signal,
  });
  if (!answer.ok) throw new Error(`The server answered with ${answer.status}.`);

  const { source } = (await answer.json()) as { source: Parameters<typeof toSource>[0] };
  return toSource(source);
}
