import { toSource, type Source } from '@secure-player/core';

/** The form of the film to play. */
export type FilmFormat = 'dash' | 'hls' | 'dash-cbcs';

/** Which film, for whom. */
export interface FilmRequest {
  readonly format: FilmFormat;
  /** The key system to play under. */
  readonly keySystem: string;
  /** `preview` is free and has no HD; `film` is for members, and the demo's published account opens it. */
  readonly film: 'preview' | 'film';
}

/** As a page does it: a playback session says what to play. The stories' page answers by itself. */
export async function openFilm({ format, keySystem, film }: FilmRequest): Promise<Source> {
  const contentId = film === 'preview' ? 'first-light-preview' : 'first-light';
  const token = film === 'preview' ? undefined : await logIn();
  const answer = await post('/v1/playback-sessions', { contentId, format, intent: 'play' }, token);
  const { source } = answer as { source: Parameters<typeof toSource>[0] };

  return { ...toSource(source), preferredKeySystems: [keySystem] };
}

/** A film for members as somebody sees it who has not signed in: the catalog is public, the license is not. */
export async function findMembersOnlySource(): Promise<Source> {
  interface CatalogTitle {
    readonly id: string;
    readonly poster: string;
    readonly streams: readonly { readonly format: string; readonly src: string }[];
  }
  const { titles } = (await requireOk(await fetch('/v1/catalog'))) as { titles: readonly CatalogTitle[] };
  const title = titles.find(({ id }) => id === 'first-light');
  const src = title?.streams.find(({ format }) => format === 'dash')?.src;
  if (!title || src === undefined) throw new Error('The catalog does not list the film as DASH.');

  const { poster } = title;
  return { src, poster, type: 'dash', drm: { 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } } };
}

/** Signs one of the demo's published accounts in. */
export async function logIn(username: 'premium' | 'basic' = 'premium'): Promise<string> {
  const { token } = (await post('/v1/login', { username, password: 'demo' })) as { token: string };
  return token;
}

async function post(path: string, body: object, token?: string): Promise<unknown> {
  return requireOk(
    await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    }),
  );
}

async function requireOk(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);

  return response.json();
}
