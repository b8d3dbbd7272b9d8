import { readThumbnailIndex, type Thumbnail } from './thumbnail-index.js';

/**
 * Fetches an index of thumbnails once, when it is first wanted. Without it the viewer still sees times: a failure is no
 * error of playback.
 */
export function createThumbnailLoader(
  url: string | undefined,
  fetchText: (url: string) => Promise<string> = fetchOk,
): () => Promise<readonly Thumbnail[]> {
  let loading: Promise<readonly Thumbnail[]> | null = null;

  return () => {
    loading ??= load(url, fetchText).catch(() => []);
    return loading;
  };
}

async function load(
  url: string | undefined,
  fetchText: (url: string) => Promise<string>,
): Promise<readonly Thumbnail[]> {
  if (url === undefined) return [];

  const absolute = new URL(url, document.baseURI).href;
  return readThumbnailIndex(await fetchText(absolute), absolute);
}

async function fetchOk(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The index of thumbnails answered ${answer.status}.`);

  return answer.text();
}
