import type { CatalogResponse, CatalogTitle } from '@secure-player/protocol';
import { Hono } from 'hono';

import type { ServerEnv } from '../http/server-env.js';
import { toMediaUrl } from '../media/media-path.js';
import { mayBeStored } from '../policy/license-bounds.js';
import type { TitleIndex } from './title-index.js';
import type { Title } from './title.js';

/** `GET /catalog`: public, the same for everybody. */
export function catalogRoutes(titles: TitleIndex): Hono<ServerEnv> {
  const catalog: CatalogResponse = {
    titles: titles.all().map((title) => toCatalogTitle(title, titles.mediaUrl)),
  };
  const routes = new Hono<ServerEnv>();

  routes.get('/catalog', (c) => {
    c.header('Cache-Control', 'no-cache');
    return c.json(catalog);
  });

  return routes;
}

function toCatalogTitle(title: Title, mediaUrl: string): CatalogTitle {
  const { id, synopsis, durationSeconds, access, directory } = title;
  return {
    id,
    title: title.title,
    synopsis,
    durationSeconds,
    access,
    storable: mayBeStored(title.policy ?? {}),
    poster: toMediaUrl(mediaUrl, directory, title.poster),
    thumbnails: toMediaUrl(mediaUrl, directory, title.thumbnails),
    streams: title.streams.map(({ format, type, path }) => ({
      format,
      type,
      src: toMediaUrl(mediaUrl, directory, path),
    })),
    keyIds: title.keys.map(({ keyId }) => keyId),
  };
}
