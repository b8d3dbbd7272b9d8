import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import {
  deriveContentKey,
  type LicensePolicy,
  type PlaybackSessionResponse,
  type StreamFormat,
} from '@secure-player/protocol';
import { createDemoSite, prepareTitles } from 'demo/server';
import { Hono } from 'hono';

import { serveEngines } from '../engines/serve-engines.js';
import { Faults } from './faults.js';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Fixed, so that the packaged media of one run serve the next; these films are worth nothing. */
const KEY_SEED = new TextEncoder().encode('the key seed of the end-to-end tests, which protects nothing');
const MEDIA_ROOT = fromHere('../../.cache/e2e-media');

/** Where pages are served that the examples' installations built. */
const EXAMPLES = new Map(
  ['18', '19'].flatMap((version) => [
    [`/examples/vite-react-${version}`, `vite-react-${version}/dist`],
    [`/consumer/react-${version}`, `vite-react-${version}/consumer/dist`],
  ]),
);

type Titles = Awaited<ReturnType<typeof prepareTitles>>;
export type KeyGroup = 'AUDIO' | 'SD' | 'HD';

/** The whole site on a free port: the demo, the entitlement server, and the test harness. */
export interface Site {
  readonly url: string;
  readonly faults: Faults;
  readonly titles: Titles;
  /** The body of every license that went out, in order; tests empty it. */
  readonly licenses: string[];
  /** What bounds a title's licenses from now on, by title id, in place of its own policy; tests empty it. */
  readonly policies: Map<string, LicensePolicy>;
  /** Signs one of the demo accounts in. */
  logIn(username: 'premium' | 'basic' | 'expired'): Promise<string>;
  openPlaybackSession(options: SessionOptions): Promise<PlaybackSessionResponse>;
  /** The content key of a title, as the license server derives it. */
  contentKey(titleId: string, group: KeyGroup): Promise<{ keyId: string; key: Uint8Array }>;
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly token: string | null;
  readonly contentId?: string;
  readonly format?: StreamFormat;
}

/** Packages the films once, before the workers start: workers then find them in the cache. */
export async function prepareMedia(): Promise<void> {
  await prepareTitles({ mediaRoot: MEDIA_ROOT, keySeed: KEY_SEED });
}

/** What differs from the site that most tests share. */
export type SiteSettings = Pick<Parameters<typeof createDemoSite>[0], 'plans' | 'heartbeatSeconds'>;

/** Without settings accounts play on as many devices as tests like. */
export async function openSite(settings: SiteSettings = {}): Promise<Site> {
  const policies = new Map<string, LicensePolicy>();
  const prepared = await prepareTitles({ mediaRoot: MEDIA_ROOT, keySeed: KEY_SEED });
  const titles = prepared.map((title) => withPolicies(title, policies));
  const faults = new Faults();
  const licenses: string[] = [];
  const app = createApp(titles, settings);
  const server = serve({
    fetch: async (request, ...rest) => {
      const answer = await faults.apply(request, async () => app.fetch(request, ...rest));
      const isLicense = answer.ok && new URL(request.url).pathname.startsWith('/license/');
      if (isLicense) licenses.push(await answer.clone().text());

      return answer;
    },
    hostname: '127.0.0.1',
    port: 0,
  });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    faults,
    titles,
    licenses,
    policies,
    logIn: (username) => logIn(url, username),
    openPlaybackSession: (options) => openPlaybackSession(url, options),
    async contentKey(titleId, group) {
      const keyId = titles.find(({ id }) => id === titleId)?.keys.find((key) => key.group === group)?.keyId;
      if (keyId === undefined) throw new Error(`${titleId} has no ${group} key.`);

      return { keyId, key: await deriveContentKey(KEY_SEED, keyId) };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** The server reads the policy at each request. */
function withPolicies(title: Titles[number], policies: ReadonlyMap<string, LicensePolicy>): Titles[number] {
  return {
    ...title,
    get policy() {
      return policies.get(title.id) ?? title.policy;
    },
  };
}

function createApp(titles: Titles, { plans = {}, heartbeatSeconds }: SiteSettings): Hono {
  const app = new Hono();
  const preview = titles.find(({ access }) => access === 'free');
  const dash = preview?.streams.find(({ format }) => format === 'dash');

  // The names that the README uses.
  app.get('/film.mpd', (context) => context.redirect(`/media/${preview?.directory}/${dash?.path}`));
  for (const path of ['/harness/*', '/readme/*', '/contract/*'])
    app.use(path, serveStatic({ root: fromHere('../dist') }));
  for (const [path, folder] of EXAMPLES)
    app.use(
      `${path}/*`,
      serveStatic({
        root: fromHere(`../../.cache/examples/${folder}`),
        rewriteRequestPath: (requested) => requested.slice(path.length),
      }),
    );
  app.route('/', serveEngines());
  app.route(
    '/',
    createDemoSite({
      titles,
      mediaRoot: MEDIA_ROOT,
      keySeed: KEY_SEED,
      clientRoot: fromHere('../../apps/demo/dist/client'),
      // Tests come from one address, and many at a time.
      rateLimits: false,
      log: () => {},
      plans,
      heartbeatSeconds,
    }).app,
  );

  return app;
}

async function logIn(url: string, username: string): Promise<string> {
  const answer = await fetch(`${url}/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'demo' }),
  });
  if (!answer.ok) throw new Error(`Signing in as ${username} gave ${answer.status}.`);

  const { token } = (await answer.json()) as { token: string };
  return token;
}

async function openPlaybackSession(
  url: string,
  { token, contentId = 'first-light', format = 'dash' }: SessionOptions,
): Promise<PlaybackSessionResponse> {
  const answer = await fetch(`${url}/v1/playback-sessions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomBytes(16).toString('hex'),
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ contentId, intent: 'play', format }),
  });
  if (!answer.ok) throw new Error(`Opening a playback session gave ${answer.status}.`);

  return (await answer.json()) as PlaybackSessionResponse;
}
