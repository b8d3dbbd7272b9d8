import { join } from 'node:path';

import { deriveContentKey, type PlaybackSessionResponse } from '@secure-player/protocol';
import { expect, test } from 'vitest';

import { FILM, FILM_KEYS, KEY_SEED, bearer, codeOf, licenseBody, mediaFolder } from '../../testing/setup.js';
import { hashPassword } from '../password.js';
import { CliProcess } from '../testing/cli-process.js';
import { startRecordingRelay, type RecordingRelay } from '../testing/recording-relay.js';

const SEED = Buffer.from(KEY_SEED).toString('base64');
const TOKEN_KEY = Buffer.alloc(32, 1).toString('base64');
const HASH = await hashPassword('secret-of-ann', { cost: { N: 16, r: 1, p: 1 } });
const TOKEN_KEYS = [{ id: 'now', secret: { env: 'TOKEN_KEY' } }];
const SHUTDOWN = { timeoutSeconds: 30 };

const LICENSE_SERVER = {
  role: 'license-server',
  port: 0,
  keySeeds: { default: { env: 'KEY_SEED' } },
  tokenKeys: TOKEN_KEYS,
  store: { folder: 'used-tokens', survives: 'process-kill' },
  shutdown: SHUTDOWN,
};

const toProxy = (url: string) => ({
  port: 0,
  mediaRoot: 'media',
  store: { folder: 'sessions', survives: 'process-kill', auditDays: 7 },
  tokenKeys: TOKEN_KEYS,
  upstreams: { clearkey: { kind: 'license-server', url } },
  titles: [FILM],
  accounts: [{ id: 'ann', username: 'ann', name: 'Ann', plan: 'premium', passwordHash: { env: 'HASH' } }],
  shutdown: SHUTDOWN,
});

async function startLicenseServer(folder: string): Promise<CliProcess> {
  return CliProcess.start(join(folder, 'license-server.json'), { KEY_SEED: SEED, TOKEN_KEY });
}

/** A license server, a proxy without a key seed, and somebody on the line between them. */
async function setup() {
  const behind = await mediaFolder({ 'license-server.json': JSON.stringify(LICENSE_SERVER) });
  const relay = await startRecordingRelay('');
  // JSON is YAML.
  const inFront = await mediaFolder({ 'proxy.json': JSON.stringify(toProxy(relay.url)) });
  const [licenseServer, proxy] = await Promise.all([
    startLicenseServer(behind),
    CliProcess.start(join(inFront, 'proxy.json'), { TOKEN_KEY, HASH }),
  ]);
  relay.target = licenseServer.url;
  return { licenseServer, proxy, relay, restart: async () => startLicenseServer(behind) };
}

async function post(url: string, body: string, token: string | null): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', ...bearer(token) };
  return fetch(url, { method: 'POST', headers, body });
}

async function signInAndOpen({ url }: CliProcess): Promise<{ getLicense: () => Promise<Response> }> {
  const login = await post(
    `${url}/v1/login`,
    JSON.stringify({ username: 'ann', password: 'secret-of-ann' }),
    null,
  );
  const { token } = (await login.json()) as { token: string };
  const opened = await post(
    `${url}/v1/playback-sessions`,
    JSON.stringify({ contentId: 'film', intent: 'play' }),
    token,
  );
  const { source } = (await opened.json()) as PlaybackSessionResponse;
  const clearKey = source.drm?.['org.w3.clearkey'];
  const licenseUrl = clearKey && 'licenseUrl' in clearKey ? clearKey.licenseUrl : 'none';
  return { getLicense: async () => post(`${url}${licenseUrl}`, licenseBody([FILM_KEYS.SD]), null) };
}

/** The tokens that came by, in the order of the license requests. */
function capturedTokens({ requests }: RecordingRelay): string[] {
  return requests.flatMap(({ headers }) => /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1] ?? []);
}

async function replay(licenseServer: CliProcess, token: string): Promise<string | number> {
  return codeOf(await post(`${licenseServer.url}/clearkey`, licenseBody([FILM_KEYS.SD]), token));
}

test('a proxy without a key and a license server: one license a token, through a kill and an orderly end', async () => {
  const { licenseServer, proxy, relay, restart } = await setup();
  const { getLicense } = await signInAndOpen(proxy);
  const key = Buffer.from(await deriveContentKey(KEY_SEED, FILM_KEYS.SD)).toString('base64url');
  const license = { keys: [expect.objectContaining({ k: key })], type: 'temporary' };

  // The key comes from where the seed is; what was overheard on the way opens nothing more.
  expect(await (await getLicense()).json()).toEqual(license);
  const [used = 'none'] = capturedTokens(relay);
  expect(await replay(licenseServer, used)).toBe('license-token-rejected');

  // The license server dies without a word, and its folder knows what was used.
  expect(await licenseServer.end('SIGKILL')).toEqual([null, 'SIGKILL']);
  expect(await codeOf(await getLicense())).toBe('license-upstream-failed');
  const again = await restart();
  relay.target = again.url;
  expect(await replay(again, used)).toBe('license-token-rejected');
  expect(await (await getLicense()).json()).toEqual(license);
  const tokens = capturedTokens(relay);
  expect(new Set(tokens).size).toBe(tokens.length);
  const metrics = await (await fetch(`${again.url}/metrics`)).text();
  for (const [decision, count] of [
    ['granted', 1],
    ['license-token-rejected', 1],
  ])
    expect(metrics).toContain(
      `secure_player_licenses_total{system="clearkey",decision="${decision}"} ${count}\n`,
    );

  // Both are told to end while the license server reads a request: nobody new gets in, and this one gets its license.
  const ended = new Promise<(readonly [number | null, string | null])[]>((resolve, reject) => {
    relay.onHalfway = async ({ path }) => {
      if (path !== '/clearkey') return;
      const ends = Promise.all([proxy.end('SIGTERM'), again.end('SIGTERM')]);
      ends.then(resolve, reject);
      await Promise.all([proxy.until('/healthz', 'refused'), again.until('/healthz', 'refused')]);
      expect([proxy.hasExited, again.hasExited]).toEqual([false, false]);
    };
  });
  expect(await (await getLicense()).json()).toEqual(license);
  expect(await ended).toEqual([
    [0, null],
    [0, null],
  ]);

  const entries = again.log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries).toContainEqual(
    expect.objectContaining({ event: 'request', method: 'POST', route: '/:system', status: 200 }),
  );
  for (const secret of [...capturedTokens(relay), key, SEED, TOKEN_KEY])
    for (const text of [licenseServer.log, again.log, proxy.log, metrics]) expect(text).not.toContain(secret);
  // Each start compiles PGlite anew, which on a busy machine takes its time.
}, 300_000);
