import { readThumbnailIndex, type Thumbnail } from './thumbnail-index.js';

/** What of `fetch` a loader needs. */
export type ThumbnailRequest = (
  url: string,
) => Promise<Pick<Response, 'ok' | 'status' | 'url'> & { text(): Promise<string> }>;

/**
 * Fetches an index of thumbnails once, when it is first wanted. Without it the viewer still sees times: a failure is no
 * error of playback.
 */
export function createThumbnailLoader(
  url: string | undefined,
  request: ThumbnailRequest = (absolute) => fetch(absolute),
): () => Promise<readonly Thumbnail[]> {
  let loading: Promise<readonly Thumbnail[]> | null = null;

  return () => {
    loading ??= load(url, request).catch(() => []);
    return loading;
  };
}

async function load(url: string | undefined, request: ThumbnailRequest): Promise<readonly Thumbnail[]> {
  if (url === undefined) return [];

  const absolute = /^https?:/.test(url) ? url : new URL(url, document.baseURI).href;
  const answer = await request(absolute);
  if (!answer.ok) throw new Error(`The index of thumbnails answered ${answer.status}.`);

  // The pictures lie beside what was read, which a redirect may have put elsewhere.
  return readThumbnailIndex(await answer.text(), answer.url || absolute);
}
