import { request } from 'node:http';

import { expect, onTestFinished, test } from 'vitest';

import { serve } from '../node/serve.js';
import { FILM, setup } from '../testing/setup.js';

type Headers = Readonly<Record<string, string | string[]>>;

/** A server on this machine, with a title for one region alone that anybody may play there. */
async function start(options: Parameters<typeof setup>[0]) {
  const free = { ...FILM, access: 'free', regions: { allow: ['DE'] } } as const;
  const running = await serve({ server: setup({ titles: [free], ...options }) });
  onTestFinished(running.close);

  /** Node's own client, because `fetch` joins header lines before it sends them. */
  return async (path: string, headers: Headers = {}, method = 'GET', body?: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(`${running.url}${path}`, { method, headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.once('error', reject).end(body);
    });
}

const SESSION = JSON.stringify({ contentId: 'film', intent: 'play' });
const JSON_TYPE = { 'Content-Type': 'application/json' };

test('the region that a trusted proxy names opens a title, and the one that a client names does not', async () => {
  const behindProxy = await start({ trustedProxies: ['127.0.0.1'], regionHeader: 'CF-IPCountry' });
  const inTheOpen = await start({ trustedProxies: ['10.0.0.1'], regionHeader: 'CF-IPCountry' });
  const open = async (send: typeof behindProxy, headers: Headers) =>
    send('/v1/playback-sessions', { ...JSON_TYPE, ...headers }, 'POST', SESSION);

  expect(await open(behindProxy, { 'CF-IPCountry': 'DE' })).toBe(201);
  expect(await open(behindProxy, { 'CF-IPCountry': 'FR' })).toBe(451);
  expect(await open(behindProxy, { 'CF-IPCountry': ['DE', 'FR'] })).toBe(451);
  expect(await open(behindProxy, {})).toBe(451);
  expect(await open(inTheOpen, { 'CF-IPCountry': 'DE' })).toBe(451);
});

test('a client gets no budget by inventing addresses, and clients of a trusted proxy each have their own', async () => {
  const rateLimits = { other: { address: { burst: 2, perMinute: 1 } } };
  const inTheOpen = await start({ rateLimits });
  const behindProxy = await start({ rateLimits, trustedProxies: ['127.0.0.0/8'] });
  const statuses = async (send: typeof inTheOpen, chains: (string | string[])[]) => {
    const seen = [];
    for (const chain of chains) seen.push(await send('/v1/catalog', { 'X-Forwarded-For': chain }));
    return seen;
  };

  expect(await statuses(inTheOpen, ['192.0.2.1', '192.0.2.2', '192.0.2.3'])).toEqual([200, 200, 429]);
  expect(await statuses(behindProxy, ['192.0.2.1', '192.0.2.2', '192.0.2.3'])).toEqual([200, 200, 200]);
  // The proxy adds a line of its own to the one that the client invented.
  const invented = ['192.0.2.7', '192.0.2.8', '192.0.2.9'].map((text) => [text, '192.0.2.99']);
  expect(await statuses(behindProxy, invented)).toEqual([200, 200, 429]);
});

test('the metrics are for this machine, directly, unless other readers are named', async () => {
  const usual = await start({});
  const named = await start({ metricsReaders: ['192.0.2.0/24'] });
  expect(await usual('/metrics')).toBe(200);
  expect(await usual('/metrics', { 'X-Forwarded-For': '192.0.2.1' })).toBe(404);
  expect(await named('/metrics')).toBe(404);
});
