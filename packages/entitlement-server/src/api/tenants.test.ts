import { describe, expect, test } from 'vitest';

import { demoAccounts } from '../accounts/demo-accounts.js';
import type { Title } from '../catalog/title.js';
import { createInMemoryStore } from '../store/in-memory-store.js';
import { FILM, FILM_KEYS, bearer, codeOf, licenseBody, setup, type TestServer } from '../testing/setup.js';
import type { TenantOptions } from './tenant-options.js';

const OTHER_SEED = new Uint8Array(32).fill(7);
const OTHER_KEY = 'd0000000000000000000000000000001';
const OTHER_FILM: Title = {
  ...FILM,
  id: 'other-film',
  directory: 'other-film-v1',
  keys: [{ keyId: OTHER_KEY, group: 'SD' }],
};
const OTHER: TenantOptions = {
  id: 'other',
  hosts: ['other.example'],
  titles: [OTHER_FILM],
  accounts: demoAccounts(),
  keySeed: OTHER_SEED,
};
const HERE = 'http://films.example';
const THERE = 'http://other.example';

function start(change: Partial<TenantOptions> = {}): TestServer {
  return setup({ titles: [FILM], tenants: [{ ...OTHER, ...change }] });
}

async function logIn(server: TestServer, host: string): Promise<string> {
  const answer = await server.post(`${host}/v1/login`, { username: 'premium', password: 'demo' });
  return ((await answer.json()) as { token: string }).token;
}

async function open(server: TestServer, host: string, token: string, contentId: string): Promise<Response> {
  return server.post(
    `${host}/v1/playback-sessions`,
    { contentId, intent: 'play' },
    { headers: bearer(token) },
  );
}

describe('a tenant', () => {
  test('is chosen by the host, and any other host is the first one’s', async () => {
    const server = start();
    const idsAt = async (host: string) => {
      const { titles } = (await (await server.get(`${host}/v1/catalog`)).json()) as {
        titles: { id: string }[];
      };
      return titles.map(({ id }) => id);
    };
    expect(await idsAt(THERE)).toEqual(['other-film']);
    expect(await idsAt(HERE)).toEqual(['film']);
    expect(await idsAt('http://anything.example')).toEqual(['film']);
    expect(await idsAt('http://OTHER.example.')).toEqual(['other-film']);
  });

  test('is chosen by a host under any port, but one that names the port goes first', async () => {
    const third: TenantOptions = {
      ...OTHER,
      id: 'third',
      hosts: ['other.example:9443'],
      titles: [],
      keySeed: new Uint8Array(30),
    };
    const server = setup({ titles: [FILM], tenants: [third, OTHER] });
    const titlesAt = async (host: string) => {
      const { titles } = (await (await server.get(`${host}/v1/catalog`)).json()) as {
        titles: { id: string }[];
      };
      return titles.map(({ id }) => id);
    };
    expect(await titlesAt('http://other.example:8443')).toEqual(['other-film']);
    expect(await titlesAt('http://other.example.:8443')).toEqual(['other-film']);
    expect(await titlesAt('http://other.example:9443')).toEqual([]);
    expect(await titlesAt('http://third.example:9443')).toEqual(['film']);
  });

  test('does not know another’s sign-ins, though the accounts have the same names', async () => {
    const server = start();
    const token = await logIn(server, HERE);
    expect((await server.get(`${HERE}/v1/me`, { headers: bearer(token) })).status).toBe(200);
    expect(await codeOf(await server.get(`${THERE}/v1/me`, { headers: bearer(token) }))).toBe(
      'session-expired',
    );
  });

  test('reads no title, session, stream or license of another', async () => {
    const server = start();
    const [here, there] = [await logIn(server, HERE), await logIn(server, THERE)];
    const opened = await open(server, HERE, here, 'film');
    const { id } = (await opened.json()) as { id: string };

    expect(await codeOf(await open(server, THERE, there, 'film'))).toBe('content-not-found');
    expect(await codeOf(await server.get(`${THERE}/v1/entitlements/film`, { headers: bearer(there) }))).toBe(
      'content-not-found',
    );
    for (const token of [here, there]) {
      const heartbeat = await server.get(`${THERE}/v1/playback-sessions/${id}`, {
        method: 'PUT',
        headers: bearer(token),
      });
      expect(await codeOf(heartbeat)).toBe('playback-session-unknown');
    }
    const streams = await server.get(`${THERE}/v1/streams`, { headers: bearer(there) });
    expect(await streams.json()).toEqual({ streams: [] });
    for (const [host, token, keyId] of [
      [THERE, there, FILM_KEYS.SD],
      [HERE, here, OTHER_KEY],
    ] as const) {
      const license = await server.post(`${host}/license/clearkey`, licenseBody([keyId]), {
        headers: bearer(token),
      });
      expect(await codeOf(license)).toBe('content-not-found');
    }
    const bySession = await server.post(`${THERE}/license/clearkey?session=${id}`, licenseBody([OTHER_KEY]));
    expect(await codeOf(bySession)).toBe('playback-session-unknown');
  });

  test('has keys of its own: the same key id is another key', async () => {
    const server = start({ titles: [{ ...OTHER_FILM, keys: FILM.keys }] });
    const keys = await Promise.all(
      [HERE, THERE].map(async (host) => {
        const headers = bearer(await logIn(server, host));
        const license = await server.post(`${host}/license/clearkey`, licenseBody([FILM_KEYS.SD]), {
          headers,
        });
        return ((await license.json()) as { keys: { k: string }[] }).keys[0]?.k;
      }),
    );
    expect(keys[0]).not.toBe(keys[1]);
  });

  test('does not serve another’s media', async () => {
    const server = start();
    expect(await codeOf(await server.get(`${THERE}/media/film-v1/poster.jpg`))).toBe('not-found');
  });

  test('is audited apart from others', async () => {
    const store = createInMemoryStore();
    const server = setup({ titles: [FILM], tenants: [OTHER], store });
    await logIn(server, THERE);
    expect(await store.tenant('other').audit.list()).toMatchObject([
      { action: 'login', decision: 'granted' },
    ]);
    expect(await store.tenant('default').audit.list()).toEqual([]);
  });
});

test.each<[string, Partial<TenantOptions>, string]>([
  ['an id that is taken', { id: 'default' }, 'tenants[0].id'],
  ['no id', { id: '' }, 'tenants[0].id'],
  ['no host', { hosts: [] }, 'tenants[0].hosts'],
  ['a host with a scheme', { hosts: ['a.example', 'https://b.example'] }, 'tenants[0].hosts[1]'],
  ['a host that no request names', { hosts: ['a.example:80'] }, 'tenants[0].hosts[0]'],
  ['a short seed', { keySeed: new Uint8Array(29) }, 'tenants[0].keySeed'],
  ['an origin that is none', { allowedOrigins: ['example.com'] }, 'tenants[0].allowedOrigins[0]'],
  ['a media address that is none', { mediaUrl: '/media' }, 'tenants[0].mediaUrl'],
])('%s is refused by name', (_name, change, field) => {
  expect(() => start(change)).toThrowError(expect.objectContaining({ code: 'invalid-configuration', field }));
});

test('a key seed, a host or a folder that two tenants would share is refused', () => {
  const two = (change: Partial<TenantOptions>) => () =>
    setup({
      titles: [FILM],
      tenants: [OTHER, { ...OTHER, id: 'third', hosts: ['third.example'], ...change }],
    });
  expect(two({ keySeed: OTHER_SEED })).toThrowError(expect.objectContaining({ field: 'tenants[1].keySeed' }));
  expect(two({ keySeed: new Uint8Array(30) })).toThrowError(
    expect.objectContaining({ field: 'tenants[1].titles[0].directory' }),
  );
  expect(two({ keySeed: new Uint8Array(30), hosts: OTHER.hosts })).toThrowError(
    expect.objectContaining({ field: 'tenants[1].hosts' }),
  );
});
