/** The formats a title is packaged in, as the watch page's `format` names them. */
export const FORMATS = ['dash', 'hls', 'dash-cbcs'] as const;

/** One of {@link FORMATS}. */
export type WatchFormat = (typeof FORMATS)[number];

/** The key systems that the watch page plays under: Clear Key is the browser's own, the others are simulated. */
export const SYSTEMS = ['clearkey', 'widevine', 'playready', 'fairplay'] as const;

/** One of {@link SYSTEMS}. */
export type WatchSystem = (typeof SYSTEMS)[number];

/** What HDCP a simulated display has, as the watch page offers it. */
export const HDCP_CHOICES = ['2.2', '1.4', 'none'] as const;

/** One of {@link HDCP_CHOICES}. */
export type WatchHdcp = (typeof HDCP_CHOICES)[number];

/** How a title is to be played, as the address of its page says. */
export interface WatchChoices {
  readonly format: WatchFormat;
  readonly system: WatchSystem;
  /** Means something under a simulated key system. */
  readonly hdcp: WatchHdcp;
}

/** A page of the site. */
export type Route =
  | { readonly page: 'catalog' }
  | { readonly page: 'watch'; readonly contentId: string; readonly choices: WatchChoices }
  | { readonly page: 'downloads' }
  | { readonly page: 'sign-in'; readonly returnTo: string }
  | { readonly page: 'plans'; readonly returnTo: string }
  | { readonly page: 'not-found' };

/** The address of what is kept on this device. */
export const DOWNLOADS_PATH = '/downloads';

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
  if (path === DOWNLOADS_PATH) return { page: 'downloads' };
  if (path === '/sign-in') return { page: 'sign-in', returnTo: toReturnPath(searchParams.get('from')) };
  if (path === '/plans') return { page: 'plans', returnTo: toReturnPath(searchParams.get('from')) };
  if (contentId !== undefined) return { page: 'watch', contentId, choices: toChoices(searchParams) };

  return { page: 'not-found' };
}

/** The address of a title's page. What it does not say is DASH, the browser's own Clear Key, and a display with HDCP 2.2. */
export function watchPath(contentId: string, choices: Partial<WatchChoices> = {}): string {
  const { format = DEFAULTS.format, hdcp = DEFAULTS.hdcp, system = DEFAULTS.system } = choices;
  const query = new URLSearchParams();
  if (format !== DEFAULTS.format) query.set('format', format);
  if (canPlay(system, format) && system !== DEFAULTS.system) {
    query.set('system', system);
    if (hdcp !== DEFAULTS.hdcp) query.set('hdcp', hdcp);
  }

  const search = query.toString();
  return search === '' ? `/watch/${contentId}` : `/watch/${contentId}?${search}`;
}

/** Whether a format can be played under a key system: FairPlay knows cbcs alone. */
export function canPlay(system: WatchSystem, format: WatchFormat): boolean {
  return system !== 'fairplay' || format !== 'dash';
}

/** The address of the sign-in page that leads back to where the visitor was. */
export function signInPath(from: string): string {
  return `/sign-in?from=${encodeURIComponent(from)}`;
}

/** The address of the plans page that leads back to where the visitor was. */
export function plansPath(from: string): string {
  return `/plans?from=${encodeURIComponent(from)}`;
}

const DEFAULTS: WatchChoices = { format: 'dash', system: 'clearkey', hdcp: '2.2' };

function toChoices(query: URLSearchParams): WatchChoices {
  const format = pick(FORMATS, query.get('format')) ?? DEFAULTS.format;
  const asked = pick(SYSTEMS, query.get('system')) ?? DEFAULTS.system;
  const system = canPlay(asked, format) ? asked : DEFAULTS.system;
  const hdcp = system === DEFAULTS.system ? null : pick(HDCP_CHOICES, query.get('hdcp'));

  return { format, system, hdcp: hdcp ?? DEFAULTS.hdcp };
}

function pick<Choice extends string>(choices: readonly Choice[], value: string | null): Choice | undefined {
  return choices.find((choice) => choice === value);
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
