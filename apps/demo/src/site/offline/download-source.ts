import type { CatalogTitle, SourceDocument } from '@secure-player/protocol';
import { toSource, type Source } from '@secure-player/react';

/**
 * What is downloaded of a title: what the account is entitled to, and no taller, with what the list of downloads shows of it. The
 * license URL is the server's to say when it grants an offline license; this one goes by the account.
 */
export function downloadSource(
  { id, title, poster, thumbnails }: Pick<CatalogTitle, 'id' | 'title' | 'poster' | 'thumbnails'>,
  entitled: SourceDocument,
): Source {
  // Absolute, as a download keeps it: it is the same source before and after, and what shows it goes on.
  const src = new URL(entitled.src, document.baseURI).href;
  return { ...toSource(entitled), src, id, title, poster, thumbnails };
}
