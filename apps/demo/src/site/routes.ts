/** The formats a title is packaged in, as the watch page's `format` names them. */
export const FORMATS = ['dash', 'hls', 'dash-cbcs'] as const;

/** One of {@link FORMATS}. */
export type WatchFormat = (typeof FORMATS)[number];

/** A page of the site. */
export type Route =
  | { readonly page: 'catalog' }
  | { readonly page: 'watch'; readonly contentId: string; readonly format: WatchFormat }
  | { readonly page: 'sign-in'; readonly returnTo: string }
  | { readonly page: 'plans'; readonly returnTo: string }
  | { readonly page: 'not-found' };

/** A title's id is part of a path, so it keeps to what needs no escape. */
const WATCH_PATH = /^\/watch\/([a-z0-9][a-z0-9-]{0,63})$/;

/** The page at a path with its query. The server asks too: it answers 404 where this says `not-found`. */
export function matchRoute(location: string): Route {
  const url = parsePath(location);
  if (url === null) return { page: 'not-found' };

  const { pathname, searchParams } = url;
  const path = pathname.replace(/(?<=[^/])\/$/, '');
  const contentId = WATCH_PATH.exec(path)?.[1];

  if (path === '/') return { page: 'catalog' };
  if (path === '/sign-in') return { page: 'sign-in', returnTo: toReturnPath(searchParams.get('from')) };
  if (path === '/plans') return { page: 'plans', returnTo: toReturnPath(searchParams.get('from')) };
  if (contentId !== undefined)
    return { page: 'watch', contentId, format: toFormat(searchParams.get('format')) };

  return { page: 'not-found' };
}

/** The address of a title's page; DASH is what it plays when nothing is said. */
export function watchPath(contentId: string, format: WatchFormat = 'dash'): string {
  return format === 'dash' ? `/watch/${contentId}` : `/watch/${contentId}?format=${format}`;
}

/** The address of the sign-in page that leads back to where the visitor was. */
export function signInPath(from: string): string {
  return `/sign-in?from=${encodeURIComponent(from)}`;
}

/** The address of the plans page that leads back to where the visitor was. */
export function plansPath(from: string): string {
  return `/plans?from=${encodeURIComponent(from)}`;
}

function toFormat(value: string | null): WatchFormat {
  return FORMATS.find((format) => format === value) ?? 'dash';
}

/** Only a path of this site: a link with another origin behind `from` would send visitors away after they sign in. */
function toReturnPath(from: string | null): string {
  const url = from === null ? null : parsePath(from);
  // Not before parsing: what `/.//`, `/a/..//` or a backslash leave of the path may be another site's address, too.
  if (url === null || url.pathname.startsWith('//')) return '/';

  return `${url.pathname}${url.search}`;
}

/** Reads a path and never a URL reference, in which `//` would begin another host. */
function parsePath(path: string): URL | null {
  const url = `http://site.invalid${path}`;
  return path.startsWith('/') && URL.canParse(url) ? new URL(url) : null;
}
