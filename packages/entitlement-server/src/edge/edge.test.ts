import fc from 'fast-check';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';

import type { ServerEnv } from '../http/server-env.js';
import { resolveEdgeOptions, type EdgeOptions } from './edge-options.js';
import { edge } from './edge.js';

const PROXY = '10.0.0.1';
const CLIENT = '203.0.113.7';
const OPTIONS: EdgeOptions = {
  trustedProxies: ['10.0.0.0/8', '2001:db8:ffff::/48'],
  regionHeader: 'CF-IPCountry',
  defaultRegion: 'NZ',
};

/** What the handlers behind the edge are told. */
async function locate(
  peer: string | null,
  headers: Record<string, string> = {},
  options: EdgeOptions = OPTIONS,
): Promise<{ address: string | null; region: string | null }> {
  const app = new Hono<ServerEnv>();
  app.use(edge(() => peer, resolveEdgeOptions(options)));
  app.get('/', (c) => c.json({ address: c.get('clientAddress'), region: c.get('region') }));
  return (await app.request('/', { headers })).json();
}

const addressOf = async (...[peer, headers, options]: Parameters<typeof locate>) =>
  (await locate(peer, headers, options)).address;

describe('the address', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('is that of the connection: %s', async (peer, address) => {
    expect(await addressOf(peer, {}, {})).toBe(address);
  });

  test.each([
    ['the right-most that is not trusted', '198.51.100.1, 203.0.113.7, 10.0.0.2', '203.0.113.7'],
    ['not what the client wrote before it', '127.0.0.1, 10.9.9.9, 203.0.113.7', '203.0.113.7'],
    ['the outermost proxy when all are trusted', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['IPv6', '2001:db8::5, 2001:db8:ffff::1', '2001:db8::5'],
    ['a trusted proxy written as IPv4 in IPv6', '203.0.113.7, ::ffff:10.0.0.2', '203.0.113.7'],
    ['without a port', '203.0.113.7:4711, 10.0.0.2:80', '203.0.113.7'],
    ['without brackets and port', '[2001:db8::5]:4711', '2001:db8::5'],
  ])('behind trusted proxies is %s', async (_case, forwarded, address) => {
    expect(await addressOf(PROXY, { 'X-Forwarded-For': forwarded })).toBe(address);
    expect(await addressOf(`::ffff:${PROXY}`, { 'X-Forwarded-For': forwarded })).toBe(address);
    expect(await addressOf('2001:db8:ffff::9', { 'X-Forwarded-For': forwarded })).toBe(address);
  });

  test.each([
    ['for=198.51.100.1, for=203.0.113.7;proto=https', '203.0.113.7'],
    ['for=198.51.100.1,by=10.0.0.1;FOR="203.0.113.7:80" , For=10.0.0.2', '203.0.113.7'],
    ['for="[2001:db8::5]:4711"', '2001:db8::5'],
    ['for="a,for=1.2.3.4";host="x;for=5.6.7.8\\"", for=203.0.113.7', '203.0.113.7'],
    ['for=203.0.113.7, for=unknown', null],
    ['for=203.0.113.7, for=_hidden', null],
    ['for=203.0.113.7, proto=https', null],
  ])('is read from Forwarded where the proxies write that: %s', async (forwarded, address) => {
    const options = { ...OPTIONS, forwardedHeader: 'forwarded' } as const;
    expect(await addressOf(PROXY, { Forwarded: forwarded }, options)).toBe(address);
  });

  test.each(['for="', 'for=198.51.100.9;by="', 'for="\\', 'for=198.51.100.9;by="a", for="'])(
    'is what the nearest proxy wrote, whatever quotes a client left open: %s',
    async (sent) => {
      const options = { ...OPTIONS, forwardedHeader: 'forwarded' } as const;
      for (const written of ['for=203.0.113.7', 'for="203.0.113.7:80";by="10.0.0.1"']) {
        expect(await addressOf(PROXY, { Forwarded: `${sent}, ${written}` }, options)).toBe('203.0.113.7');
      }
    },
  );

  test.each(['', 'unknown', '203.0.113.7,', '1', '0x7f.1', '127.1', '010.0.0.1', '10.0.0.256', '<script>'])(
    'is not known when a trusted proxy writes something else, nor guessed: %j',
    async (forwarded) => {
      expect(await addressOf(PROXY, { 'X-Forwarded-For': forwarded })).toBeNull();
    },
  );

  test('is the proxy that speaks for itself, and the only header read is the one that proxies write', async () => {
    expect(await addressOf(PROXY)).toBe(PROXY);
    expect(await addressOf(PROXY, { Forwarded: `for=${CLIENT}` })).toBe(PROXY);
  });

  test('is looked for in the last hops only', async () => {
    const chain = [CLIENT, ...Array.from({ length: 40 }, () => PROXY)].join(',');
    expect(await addressOf(PROXY, { 'X-Forwarded-For': chain })).toBe(PROXY);
  });

  test('is unknown where there is no network', async () => {
    expect(await locate(null, { 'X-Forwarded-For': CLIENT, 'CF-IPCountry': 'DE' })).toEqual({
      address: null,
      region: 'NZ',
    });
  });
});

describe('the region', () => {
  test.each([
    ['DE', 'DE'],
    ['de', 'DE'],
    ['XX', null],
    ['T1', null],
    ['UK', null],
    ['DE, FR', null],
    ['', null],
  ])('is what a trusted proxy says, and nothing where it does not know: %j', async (header, region) => {
    expect((await locate(PROXY, { 'CF-IPCountry': header })).region).toBe(region);
  });

  test('is the default where no trusted proxy speaks, and nothing without one', async () => {
    expect((await locate(PROXY)).region).toBe('NZ');
    expect((await locate(PROXY, {}, { ...OPTIONS, defaultRegion: undefined })).region).toBeNull();
    expect(
      (await locate(PROXY, { 'CF-IPCountry': 'DE' }, { ...OPTIONS, regionHeader: undefined })).region,
    ).toBe('NZ');
  });
});

test('no header that an untrusted client sends has any effect', async () => {
  const values = fc.oneof(
    fc.constantFrom('10.0.0.1', '127.0.0.1', 'for=127.0.0.1', 'DE', '::1', '10.0.0.1, 127.0.0.1'),
    fc.string({ unit: fc.constantFrom(...'for=10.:,;"[]DE ') }),
  );
  const names = [
    'X-Forwarded-For',
    'Forwarded',
    'CF-IPCountry',
    'X-Real-IP',
    'Via',
    'Host',
    'True-Client-IP',
  ];
  const headers = fc.dictionary(fc.constantFrom(...names), values);
  const header = fc.constantFrom('forwarded' as const, 'x-forwarded-for' as const);
  const peer = fc.oneof(fc.ipV4(), fc.ipV6()).filter((text) => !/^10\.|ffff/.test(text));

  await fc.assert(
    fc.asyncProperty(peer, headers, header, async (from, sent, forwardedHeader) => {
      const options = { ...OPTIONS, forwardedHeader };
      expect(await locate(from, sent, options)).toEqual(await locate(from, {}, options));
    }),
  );
});

test.each([
  [{ trustedProxies: ['10.0.0.0/33'] }, 'trustedProxies[0]'],
  [{ trustedProxies: ['10.0.0.1', 'proxy.example'] }, 'trustedProxies[1]'],
  [{ trustedProxies: ['10.0.0.0/8/8'] }, 'trustedProxies[0]'],
  [{ trustedProxies: ['10.0.0.0/'] }, 'trustedProxies[0]'],
  [{ trustedProxies: ['10/8'] }, 'trustedProxies[0]'],
  [{ trustedProxies: ['::ffff:10.0.0.0/8'] }, 'trustedProxies[0]'],
  [{ trustedProxies: ['2001:db8::/129'] }, 'trustedProxies[0]'],
  [{ regionHeader: 'CF-IPCountry' }, 'regionHeader'],
  [{ regionHeader: 'no header', trustedProxies: ['::1'] }, 'regionHeader'],
  [{ defaultRegion: 'UK' }, 'defaultRegion'],
  [{ forwardedHeader: 'x-real-ip' as 'forwarded' }, 'forwardedHeader'],
])('options that cannot work are refused: %j', (options, field) => {
  expect(() => resolveEdgeOptions(options)).toThrow(expect.objectContaining({ field }));
});

test('networks are read in either spelling of IPv4', async () => {
  const options = { trustedProxies: ['::ffff:10.0.0.0/104', '192.0.2.1'] };
  const headers = { 'X-Forwarded-For': CLIENT };
  expect(await addressOf('10.255.0.1', headers, options)).toBe(CLIENT);
  expect(await addressOf('11.0.0.1', headers, options)).toBe('11.0.0.1');
  expect(await addressOf('192.0.2.1', headers, options)).toBe(CLIENT);
  expect(await addressOf('192.0.2.2', headers, options)).toBe('192.0.2.2');
});
