import { Authorizer, type Authorize } from '@secure-player/core';
import { expect, it, vi } from 'vitest';

import { fetchUrlKey } from './fetch-url-key.js';
import { createManualClock } from './testing/manual-clock.js';

const URL = 'https://page.example/keys/1?token=secret-token';
const KEY = new Uint8Array(16).fill(7);

function setup(fetch: typeof globalThis.fetch, authorize?: Authorize) {
  const clock = createManualClock();
  const controller = new AbortController();
  const authorizer = new Authorizer({
    authorize: () => authorize,
    authorizedOrigins: () => [],
    pageUrl: () => 'https://page.example/',
    pageOrigin: () => 'https://page.example',
  });
  const source = { src: '/film.m3u8' };
  const key = fetchUrlKey({ url: URL, source, authorizer, fetch, clock, signal: controller.signal });
  key.catch(() => {});

  return { key, clock, controller };
}

it('gets a key with the credentials of the page, asked once more after a 401', async () => {
  const authorize = vi.fn<Authorize>(({ reason }) => (reason === 'initial' ? 'old' : 'new'));
  const fetch = vi.fn<typeof globalThis.fetch>(async (_, init) => {
    const authorization = new Headers(init?.headers).get('authorization');
    return authorization === 'Bearer new' ? new Response(KEY) : new Response('{}', { status: 401 });
  });

  expect(await setup(fetch, authorize).key).toEqual(KEY);
  expect(authorize.mock.calls.map(([{ purpose, reason }]) => [purpose, reason])).toEqual([
    ['key', 'initial'],
    ['key', 'unauthorized'],
  ]);
});

it.each([
  [0, 'license-empty'],
  [15, 'license-malformed'],
  [17, 'license-malformed'],
] as const)('takes %i bytes for no key', async (length, code) => {
  const { key } = setup(async () => new Response(new Uint8Array(length)));

  await expect(key).rejects.toMatchObject({ code });
});

it('does not read an answer without an end', async () => {
  let isCanceled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1024)),
    cancel: () => void (isCanceled = true),
  });
  const { key } = setup(async () => new Response(endless));

  await expect(key).rejects.toMatchObject({ code: 'license-malformed' });
  expect(isCanceled).toBe(true);
});

it.each([
  [403, 'license-refused'],
  [503, 'license-server-error'],
] as const)('names %i', async (status, code) => {
  const { key } = setup(async () => new Response('no', { status }));

  await expect(key).rejects.toMatchObject({ code, httpStatus: status });
});

it('says nothing of the address and its token where nobody answers', async () => {
  const { key } = setup(() => Promise.reject(new TypeError(`Failed to fetch ${URL}`)));

  await expect(key).rejects.toMatchObject({ code: 'license-unreachable' });
  const error: unknown = await key.catch((cause: unknown) => cause);
  expect(JSON.stringify(error)).not.toContain('secret-token');
});

it('is bounded in time, and ends with its caller', async () => {
  const { key, clock } = setup(() => new Promise(() => {}));
  clock.advance(20_000);
  await expect(key).rejects.toMatchObject({ code: 'license-timeout' });

  const other = setup(() => new Promise(() => {}));
  const reason = new Error('called off');
  other.controller.abort(reason);
  await expect(other.key).rejects.toBe(reason);
});
