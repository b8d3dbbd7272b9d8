import type { webcrypto } from 'node:crypto';

import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';

import { createPrometheusMetrics } from '../node/metrics/prometheus-metrics.js';
import { FILM_KEYS, KEY_SEED, codeOf, licenseBody } from '../testing/setup.js';
import { spellings } from '../testing/secret-spellings.js';
import { InMemoryTokenLedger } from './in-memory-token-ledger.js';
import { createLicenseServerApp, type LicenseServerAppOptions } from './license-server-app.js';
import { LicenseServer, type LicenseServerOptions } from './license-server.js';
import { LicenseTokens, type TokenKey } from './license-token.js';
import type { UpstreamGrant } from '../license-proxy/license-upstream.js';

const KEY: TokenKey = { id: 'now', secret: new Uint8Array(32).fill(1) };
const LAST_KEY: TokenKey = { id: 'last', secret: new Uint8Array(32).fill(2) };
const GRANT: UpstreamGrant = {
  tenant: 'default',
  accountId: 'ann',
  sessionKey: 'digest-of-a-session',
  deviceId: null,
  contentId: 'film',
  system: 'clearkey',
  sessionType: 'temporary',
  keys: [
    { keyId: FILM_KEYS.AUDIO, group: 'AUDIO', policy: {} },
    { keyId: FILM_KEYS.SD, group: 'SD', policy: { minHdcp: '1.4' } },
  ],
  policy: { notAfter: 2_000_000_000_000 },
};

function start(keys: readonly TokenKey[] = [KEY], options: Partial<LicenseServerAppOptions> = {}) {
  let now = Date.UTC(2026, 0, 1);
  const clock = (): number => now;
  const server = new LicenseServer({
    keySeeds: [['default', KEY_SEED]],
    tokenKeys: keys,
    ledger: new InMemoryTokenLedger(clock),
    clock,
  });
  const app = createLicenseServerApp({ server, clock, ...options });
  return {
    app,
    clock,
    advance: (seconds: number) => (now += seconds * 1000),
    mint: async (grant: Partial<UpstreamGrant> = {}, key = KEY, ttlSeconds = 30) =>
      new LicenseTokens({ keys: [key], clock, ttlSeconds }).mint({ ...GRANT, ...grant }),
    ask: async (token: string | null, body = licenseBody([FILM_KEYS.SD]), system = 'clearkey') =>
      app.request(`/${system}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
        body,
      }),
  };
}

test('/readyz says what cannot be used now, and /healthz that it lives all the same', async () => {
  const notReady: string[] = [];
  const server = new LicenseServer({
    keySeeds: [['default', KEY_SEED]],
    tokenKeys: [KEY],
    ledger: new InMemoryTokenLedger(Date.now),
  });
  const app = createLicenseServerApp({ server, notReady: async () => notReady });
  const ready = await app.request('/readyz');
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);

  notReady.push('store');
  expect(await (await app.request('/readyz')).json()).toMatchObject({
    status: 503,
    detail: 'Not ready: store.',
  });
  expect((await app.request('/healthz')).status).toBe(200);
});

describe('the log', () => {
  const eventsOf = (options: Partial<LicenseServerOptions>): string[] => {
    const events: string[] = [];
    const server = new LicenseServer({
      keySeeds: [['default', KEY_SEED]],
      tokenKeys: [KEY],
      ledger: new InMemoryTokenLedger(Date.now),
      ...options,
    });
    createLicenseServerApp({ server, log: ({ event }) => events.push(event) });
    return events;
  };

  test('says at the start that the test root is in use, when it is', async () => {
    const authority: webcrypto.CryptoKeyPair = await crypto.subtle.generateKey(
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign', 'verify'],
    );
    expect(eventsOf({ virtualKeySystems: true })).toEqual(['test-root']);
    expect(eventsOf({ virtualKeySystems: true, deviceAuthority: authority })).toEqual([]);
    expect(eventsOf({})).toEqual([]);
  });
});

test.each<[string, readonly (readonly [string, Uint8Array])[], string]>([
  [
    'is short',
    [
      ['default', KEY_SEED],
      ['other', KEY_SEED.subarray(0, 29)],
    ],
    'keySeeds.other',
  ],
  [
    'is another tenant’s',
    [
      ['default', KEY_SEED],
      ['other', KEY_SEED],
    ],
    'keySeeds.other',
  ],
])('a key seed that %s is refused by name', (_case, keySeeds, field) => {
  const ledger = new InMemoryTokenLedger(Date.now);
  expect(() => new LicenseServer({ keySeeds, tokenKeys: [KEY], ledger })).toThrow(
    expect.objectContaining({ code: 'invalid-configuration', field }),
  );
});

describe('a token', () => {
  test('brings keys that are asked for and granted, with what they and the license demand', async () => {
    const { ask, mint } = start();
    const answer = await ask(await mint(), licenseBody([FILM_KEYS.SD, FILM_KEYS.HD]));
    expect(await answer.json()).toEqual({
      keys: [expect.objectContaining({ policy: { minHdcp: '1.4' } })],
      type: 'temporary',
      policy: GRANT.policy,
    });
  });

  test('is used once, also when 200 requests bring it at the same time', async () => {
    const { ask, mint } = start();
    const token = await mint();
    const answers = await Promise.all(Array.from({ length: 200 }, async () => codeOf(await ask(token))));
    expect(answers.filter((code) => code === 200)).toHaveLength(1);
    expect(answers.filter((code) => code === 'license-token-rejected')).toHaveLength(199);
  });

  test('is used up by a message that is refused', async () => {
    const { ask, mint } = start();
    const token = await mint();
    expect(await codeOf(await ask(token, '{}'))).toBe('invalid-request');
    expect(await codeOf(await ask(token))).toBe('license-token-rejected');
  });

  test('lives for seconds, and a little longer for a clock that is behind', async () => {
    const { ask, mint, advance } = start();
    const tokens = [await mint(), await mint()];
    advance(34);
    expect((await ask(tokens[0] ?? null)).status).toBe(200);
    advance(2);
    expect(await codeOf(await ask(tokens[1] ?? null))).toBe('license-token-rejected');
  });

  test('is remembered longer than it could be used', async () => {
    const { ask, mint, advance } = start();
    const token = await mint({}, KEY, 60);
    await ask(token);
    for (const seconds of [30, 29, 3, 2, 60]) {
      advance(seconds);
      expect(await codeOf(await ask(token))).toBe('license-token-rejected');
    }
  });

  test('is good for its system alone', async () => {
    const { ask, mint } = start();
    expect(await codeOf(await ask(await mint({ system: 'widevine' })))).toBe('license-token-rejected');
  });

  test('lets nothing be stored that it does not allow to store', async () => {
    const { ask, mint } = start();
    const stored = licenseBody([FILM_KEYS.SD], 'persistent-license');
    expect(await codeOf(await ask(await mint(), stored))).toBe('invalid-request');
    expect((await ask(await mint({ sessionType: 'persistent-license' }), stored)).status).toBe(200);
  });

  test('without a key that was asked for brings none', async () => {
    const { ask, mint } = start();
    expect(await codeOf(await ask(await mint(), licenseBody([FILM_KEYS.HD])))).toBe('plan-insufficient');
  });

  test('of a tenant that this server has no seed of is refused', async () => {
    const { ask, mint } = start();
    expect(await codeOf(await ask(await mint({ tenant: 'other' })))).toBe('license-token-rejected');
  });

  test('signed by the last key is accepted while both are known, and no longer', async () => {
    const both = start([KEY, LAST_KEY]);
    expect((await both.ask(await both.mint({}, LAST_KEY))).status).toBe(200);
    const one = start([KEY]);
    expect(await codeOf(await one.ask(await one.mint({}, LAST_KEY)))).toBe('license-token-rejected');
  });
});

describe('/metrics', () => {
  const readBy = async (peer: string | null, options: Partial<LicenseServerAppOptions> = {}) => {
    const { app } = start([KEY], {
      metrics: createPrometheusMetrics(),
      peerAddress: () => peer,
      ...options,
    });
    return (await app.request('/metrics')).status;
  };

  test('counts requests, licenses by system and outcome, and tokens that are refused, and holds no secret', async () => {
    const metrics = createPrometheusMetrics();
    const { app, ask, mint } = start([KEY], { metrics, peerAddress: () => '127.0.0.1' });
    const token = await mint();
    await ask(token);
    await ask(token);
    await ask(null);
    await ask(await mint(), licenseBody([FILM_KEYS.HD]));
    await ask(token, '{}', 'widevine');
    await ask(token, '{}', 'secret');
    await app.request('/inspect/clearkey', { method: 'POST', body: licenseBody([FILM_KEYS.SD]) });

    const answer = await app.request('/metrics');
    const page = await answer.text();
    expect(answer.headers.get('content-type')).toBe(metrics.contentType);
    expect(page.split('\n')).toEqual(
      expect.arrayContaining([
        'secure_player_http_requests_total{method="POST",route="/:system",status="200"} 1',
        'secure_player_http_requests_total{method="POST",route="/inspect/:system",status="200"} 1',
        'secure_player_licenses_total{system="clearkey",decision="granted"} 1',
        'secure_player_licenses_total{system="clearkey",decision="license-token-rejected"} 2',
        'secure_player_licenses_total{system="clearkey",decision="plan-insufficient"} 1',
        'secure_player_licenses_total{system="widevine",decision="key-system-unsupported"} 1',
        'secure_player_problems_total{code="license-token-rejected"} 2',
      ]),
    );
    expect(page.match(/^secure_player_licenses_total\{/gm)).toHaveLength(4);
    expect(page).toMatch(/^process_resident_memory_bytes \d/m);
    expect(page).not.toMatch(/secret|Bearer/);
    expect(page).not.toContain(token);
    const told = Buffer.from(page);
    for (const secret of [KEY_SEED, KEY.secret])
      expect(spellings(secret).filter(([, needle]) => told.includes(needle))).toEqual([]);
  });

  test.each([
    ['this machine', 200, '127.0.0.1', {}],
    ['another machine', 404, '192.0.2.1', {}],
    ['another machine that is named', 200, '192.0.2.1', { metricsReaders: ['192.0.2.0/24'] }],
    ['this machine where another is named', 404, '127.0.0.1', { metricsReaders: ['192.0.2.0/24'] }],
    ['nobody knows whom', 404, null, {}],
    ['this machine where nothing is counted', 404, '127.0.0.1', { metrics: null }],
  ])('answers %s with %i', async (_case, status, peer, options) => {
    expect(await readBy(peer, options)).toBe(status);
  });

  test('believes no header about who asks', async () => {
    const read = async (peer: string) => {
      const { app } = start([KEY], { metrics: createPrometheusMetrics(), peerAddress: () => peer });
      return (await app.request('/metrics', { headers: { 'X-Forwarded-For': '127.0.0.1' } })).status;
    };
    expect([await read('192.0.2.1'), await read('127.0.0.1')]).toEqual([404, 404]);
  });

  test('refuses a reader that is no address, by name', () => {
    expect(() => start([KEY], { metricsReaders: ['::1', 'prometheus.example'] })).toThrow(
      expect.objectContaining({ code: 'invalid-configuration', field: 'metricsReaders[1]' }),
    );
  });
});

describe('what is no token', () => {
  const claims = {
    ...JSON.parse(JSON.stringify({ tenant: 'default', content: 'film' })),
    system: 'clearkey',
  };
  const unsigned = (header: object) =>
    `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
  const signed = async (alg: string, { clock }: ReturnType<typeof start>, secret = KEY.secret) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg, kid: 'now' })
      .setIssuer('secure-player-proxy')
      .setAudience('license')
      .setJti('1')
      .setIssuedAt(clock() / 1000)
      .setExpirationTime(clock() / 1000 + 30)
      .sign(alg === 'HS512' ? new Uint8Array(64).fill(1) : secret);

  test.each<[string, (server: ReturnType<typeof start>) => Promise<string | null>]>([
    ['nothing', async () => null],
    ['no token', async () => 'hello'],
    ['the algorithm none', async () => unsigned({ alg: 'none', kid: 'now' })],
    ['another algorithm', async (server) => signed('HS512', server)],
    ['a signature of somebody else', async (server) => signed('HS256', server, new Uint8Array(32).fill(9))],
    ['claims that are not a grant', async (server) => signed('HS256', server)],
    [
      'a changed grant',
      async ({ mint }) => {
        const [header, payload = '', signature] = (await mint()).split('.');
        const grant = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
        const changed = Buffer.from(JSON.stringify({ ...grant, sub: 'bob' })).toString('base64url');
        return [header, changed, signature].join('.');
      },
    ],
  ])('is refused, and nothing tells why: %s', async (_name, make) => {
    const server = start();
    const answer = await server.ask(await make(server));
    expect(await answer.json()).toEqual({
      type: 'urn:secure-player:problem:license-token-rejected',
      title: expect.any(String),
      status: 403,
      code: 'license-token-rejected',
    });
  });
});

test.each([
  [[], 'tokenKeys'],
  [[{ id: 'a', secret: new Uint8Array(31) }], 'tokenKeys[0].secret'],
  [[KEY, KEY], 'tokenKeys[1].id'],
  [[{ id: '', secret: KEY.secret }], 'tokenKeys[0].id'],
])('token keys that cannot be used are named', (keys, field) => {
  expect(() => new LicenseTokens({ keys, clock: Date.now })).toThrowError(
    expect.objectContaining({ code: 'invalid-configuration', field }),
  );
});
