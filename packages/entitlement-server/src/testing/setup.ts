import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import {
  keyIdToBase64Url,
  type KeyId,
  type LoginResponse,
  type OfflineLicenseResponse,
  type PlaybackSessionResponse,
} from '@secure-player/protocol';
import { onTestFinished } from 'vitest';

import { DEMO_PASSWORD, demoAccounts } from '../accounts/demo-accounts.js';
import type { Title } from '../catalog/title.js';
import type { LogEntry } from '../log/log-entry.js';
import {
  createEntitlementServer,
  type EntitlementServer,
  type EntitlementServerOptions,
} from '../node/entitlement-server.js';

/** The PlayReady test key seed, public since 2008. */
export const KEY_SEED = new Uint8Array(Buffer.from('XVBovsmzhP9gRIZxWfFta3VVRPzVEWmJsazEJ46I', 'base64'));

export const FILM_KEYS = {
  AUDIO: 'a0000000000000000000000000000001',
  SD: 'a0000000000000000000000000000002',
  HD: 'a0000000000000000000000000000003',
} as const;

export const TRAILER_KEYS = {
  AUDIO: 'b0000000000000000000000000000001',
  SD: 'b0000000000000000000000000000002',
  HD: 'b0000000000000000000000000000003',
} as const;

export const UNKNOWN_KEY: KeyId = 'f0000000000000000000000000000009';

export const FILM = toTitle('film', 'subscription', FILM_KEYS);
export const TRAILER = toTitle('trailer', 'free', TRAILER_KEYS);

/** A server with an account of each kind, a clock that a test turns, and everything it logged. */
export interface TestServer extends EntitlementServer {
  readonly entries: readonly LogEntry[];
  advance(seconds: number): void;
  now(): number;
  get(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>;
  signIn(username: string): Promise<string>;
  open(
    token: string | null,
    request?: object,
    headers?: Record<string, string>,
  ): Promise<PlaybackSessionResponse>;
  openOffline(
    token: string | null,
    request?: object,
    headers?: Record<string, string>,
  ): Promise<OfflineLicenseResponse>;
}

export function setup(options: Partial<EntitlementServerOptions> = {}): TestServer {
  let now = Date.UTC(2026, 0, 1);
  const entries: LogEntry[] = [];
  const server = createEntitlementServer({
    titles: [FILM, TRAILER],
    mediaRoot: 'no-such-folder',
    keySeed: KEY_SEED,
    accounts: demoAccounts(),
    clock: () => now,
    log: (entry) => entries.push(entry),
    ...options,
  });

  const { get, post } = createClient(server);

  return {
    ...server,
    entries,
    get,
    post,
    now: () => now,
    advance: (seconds) => {
      now += seconds * 1000;
    },
    async signIn(username) {
      const response = await post('/v1/login', { username, password: DEMO_PASSWORD });
      return ((await response.json()) as LoginResponse).token;
    },
    async open(token, request = { contentId: 'film', intent: 'play' }, headers = {}) {
      const response = await post('/v1/playback-sessions', request, {
        headers: { ...bearer(token), ...headers },
      });
      if (response.status !== 201) throw new Error(`No session: ${await response.text()}`);
      return (await response.json()) as PlaybackSessionResponse;
    },
    async openOffline(token, request = { contentId: 'film' }, headers = {}) {
      const response = await post('/v1/offline-licenses', request, {
        headers: { ...bearer(token), ...headers },
      });
      if (response.status !== 201) throw new Error(`No offline license: ${await response.text()}`);
      return (await response.json()) as OfflineLicenseResponse;
    },
  };
}

function createClient({ app }: EntitlementServer): Pick<TestServer, 'get' | 'post'> {
  const get: TestServer['get'] = async (path, init) => app.request(path, init);
  const post: TestServer['post'] = async (path, body, init = {}) =>
    app.request(path, {
      ...init,
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(init.headers as Record<string, string> | undefined),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { get, post };
}

/** The header that sends a token, or none. */
export function bearer(token: string | null): Record<string, string> {
  return token === null ? {} : { Authorization: `Bearer ${token}` };
}

/** A Clear Key license request as a CDM writes it. */
export function licenseBody(keyIds: readonly KeyId[], type = 'temporary'): string {
  return JSON.stringify({ kids: keyIds.map((keyId) => keyIdToBase64Url(keyId)), type });
}

/** The problem code of an answer, or its status when it is no problem. */
export async function codeOf(response: Response): Promise<string | number> {
  if (response.headers.get('content-type') !== 'application/problem+json') return response.status;
  return ((await response.json()) as { code: string }).code;
}

/** A folder with these files, gone when the test is. */
export async function mediaFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'entitlement-server-'));
  onTestFinished(async () => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

function toTitle(
  id: string,
  access: Title['access'],
  keys: Readonly<Record<'AUDIO' | 'SD' | 'HD', KeyId>>,
): Title {
  return {
    id,
    title: `The ${id}`,
    synopsis: 'Somebody goes somewhere.',
    durationSeconds: 64,
    access,
    directory: `${id}-v1`,
    poster: 'poster.jpg',
    thumbnails: 'thumbnails.vtt',
    streams: [
      { format: 'dash', type: 'dash', path: 'dash/manifest.mpd' },
      { format: 'hls', type: 'hls', path: 'hls/master.m3u8' },
    ],
    keys: [
      { keyId: keys.AUDIO, group: 'AUDIO' },
      { keyId: keys.SD, group: 'SD', maxHeight: 360 },
      { keyId: keys.HD, group: 'HD', maxHeight: 720 },
    ],
  };
}
