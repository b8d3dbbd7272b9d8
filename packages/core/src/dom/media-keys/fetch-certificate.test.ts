import { expect, it, vi } from 'vitest';

import { Authorizer, type Authorize } from '../../authorize/authorizer.js';
import { createManualClock } from '../../testing/manual-clock.js';
import { turn } from '../testing/eme-double.js';
import { fetchCertificate } from './fetch-certificate.js';

const BYTES = new Uint8Array([1, 2, 3]);

let count = 0;

/** Certificates are kept for the document: each test has a URL of its own. */
function setup(answer: (attempt: number, init: RequestInit) => Promise<Response>, authorize?: Authorize) {
  count += 1;
  const url = `https://cdn.example/certificate-${count}`;
  const fetch = vi.fn((_url: string, init: RequestInit) => answer(fetch.mock.calls.length, init));
  const clock = createManualClock();
  const authorizer = new Authorizer({
    authorize: () => authorize,
    authorizedOrigins: () => ['https://cdn.example'],
    pageUrl: () => undefined,
    pageOrigin: () => undefined,
  });
  const request = { url, keySystem: 'com.widevine.alpha', authorizer, fetch: fetch as never, clock };

  return { fetch, clock, get: () => fetchCertificate(request) };
}

it('is fetched once for the document, however many ask', async () => {
  const { fetch, get } = setup(async () => new Response(BYTES));
  const [one, other] = await Promise.all([get(), get()]);

  expect(one).toEqual(BYTES);
  expect(other).toBe(one);
  expect(await get()).toBe(one);
  expect(fetch).toHaveBeenCalledOnce();
});

it('asks for another credential after a 401', async () => {
  const authorize = vi.fn<Authorize>(({ reason }) => reason);
  const { fetch, get } = setup(
    async (attempt) => new Response(BYTES, { status: attempt === 1 ? 401 : 200 }),
    authorize,
  );
  await get();

  expect(authorize.mock.calls.map(([{ purpose, reason }]) => [purpose, reason])).toEqual([
    ['certificate', 'initial'],
    ['certificate', 'unauthorized'],
  ]);
  expect(fetch.mock.calls[1]?.[1].headers).toEqual({ authorization: 'Bearer unauthorized' });
});

it('is asked for anew after a failure', async () => {
  const { get } = setup(async (attempt) => new Response(BYTES, { status: attempt === 1 ? 503 : 200 }));
  await expect(get()).rejects.toMatchObject({ code: 'certificate-failed', httpStatus: 503 });

  expect(await get()).toEqual(BYTES);
});

it('does not wait for ever', async () => {
  const { get, clock } = setup(
    (_, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  );
  const certificate = get();
  certificate.catch(() => {});
  await turn();
  clock.advance(10_000);

  await expect(certificate).rejects.toMatchObject({ code: 'certificate-failed' });
});

it('fails in time where `authorize` never answers', async () => {
  const { clock, get } = setup(
    async () => new Response(BYTES),
    () => new Promise(() => {}),
  );
  const got = get();
  clock.advance(10_000);

  await expect(got).rejects.toMatchObject({ code: 'certificate-failed' });
});
