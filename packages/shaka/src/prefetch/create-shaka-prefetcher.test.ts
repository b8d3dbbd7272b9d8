import {
  Authorizer,
  PlaybackError,
  resolveSource,
  type Authorize,
  type PrefetchRequest,
  type Source,
} from '@secure-player/core';
import { describe, expect, it, vi } from 'vitest';

import { createFakeTitle, createFakeTitles } from '../testing/fake-offline-titles.js';
import { createManualClock } from '../testing/manual-clock.js';
import { createShakaPrefetcher } from './create-shaka-prefetcher.js';
import { PrefetchedAnswers } from './prefetched-answers.js';

const MANIFEST_URL = 'https://page.example/film.mpd';
const CERTIFICATE_URL = 'https://license.example/certificate';
const SOURCE: Source = {
  src: MANIFEST_URL,
  drm: {
    'com.widevine.alpha': {
      licenseUrl: 'https://license.example/widevine',
      serverCertificateUrl: CERTIFICATE_URL,
    },
  },
};
const waiting = () => new AbortController().signal;

function setup(answer: (url: string) => Response | Promise<Response>, authorize?: Authorize) {
  const clock = createManualClock();
  const answers = new PrefetchedAnswers(clock);
  const send = vi.fn<typeof fetch>(async (input) => answer(new Request(input).url));
  const loadEngine = vi.fn(async () => {});
  const prefetch = createShakaPrefetcher({ fetch: send, clock, answers, loadEngine });
  const authorizer = new Authorizer({
    authorize: () => authorize,
    authorizedOrigins: () => [],
    pageUrl: () => 'https://page.example/watch',
    pageOrigin: () => 'https://page.example',
  });
  const run = (source = SOURCE, options: Partial<PrefetchRequest> = {}) =>
    prefetch({ source: resolveSource(source), authorizer, signal: waiting(), ...options });
  const take = (url = MANIFEST_URL, headers: Record<string, string> = {}) =>
    answers.take({ url, headers }, waiting());
  const urls = () => send.mock.calls.map(([url]) => url);

  return { clock, send, loadEngine, run, take, urls };
}

const film = () => new Response('<MPD type="static"/>');

describe('prefetching', () => {
  it('loads the engine for the format and fetches the manifest, and nothing else', async () => {
    const { run, take, urls, loadEngine } = setup(film);
    await run();

    expect(loadEngine).toHaveBeenCalledExactlyOnceWith('dash');
    expect(urls()).toEqual([MANIFEST_URL]);
    expect(new TextDecoder().decode((await take())?.data)).toBe('<MPD type="static"/>');
  });

  it('asks for the credentials of a manifest, and keeps the answer for those', async () => {
    const authorize = vi.fn<Authorize>(({ purpose }) => `token-${purpose}`);
    const { run, take, send } = setup(film, authorize);
    await run();

    expect(new Headers(send.mock.calls[0]?.[1]?.headers).get('authorization')).toBe('Bearer token-manifest');
    expect(await take(MANIFEST_URL, {})).toBeNull();
    expect(await take(MANIFEST_URL, { authorization: 'Bearer token-manifest' })).not.toBeNull();
  });

  it('fetches the certificate of the key system where that is wanted', async () => {
    const { run, take, urls } = setup(film);
    await run(SOURCE, { keySystem: true });

    expect(urls()).toEqual([MANIFEST_URL, CERTIFICATE_URL]);
    expect(await take(CERTIFICATE_URL)).not.toBeNull();
  });

  it('asks once for what is on its way or at hand', async () => {
    const { run, urls } = setup(film);
    await Promise.all([run(), run()]);
    await run();

    expect(urls()).toEqual([MANIFEST_URL]);
  });

  it.each([
    ['an error', () => new Response('<MPD/>', { status: 500 })],
    ['a network that fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a live stream', () => new Response('<MPD type="dynamic"/>')],
    ['something huge', () => new Response('', { headers: { 'content-length': '5000000' } })],
  ])('keeps nothing of %s, and does not reject', async (_, answer) => {
    const { run, take } = setup(answer);
    await run();

    expect(await take()).toBeNull();
  });

  it('does not reject where the engine cannot be loaded, or the page has no credentials', async () => {
    const { run, loadEngine, urls } = setup(film, () => {
      throw new Error('signed out');
    });
    loadEngine.mockRejectedValueOnce(new Error('no chunk'));
    await run();

    expect(urls()).toEqual([]);
  });

  it('that is called off aborts the request, and takes back what has come', async () => {
    const controller = new AbortController();
    const { run, take, send } = setup(() => new Promise(() => {}));
    void run(SOURCE, { signal: controller.signal });
    await vi.waitUntil(() => send.mock.calls.length === 1);
    controller.abort();
    expect(send.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);

    const later = new AbortController();
    const second = setup(film);
    await second.run(SOURCE, { signal: later.signal });
    later.abort();
    expect(await second.take()).toBeNull();
    expect(await take()).toBeNull();
  });

  it('gives up on a server that says nothing', async () => {
    const { run, send, clock } = setup(() => new Promise(() => {}));
    void run();
    await vi.waitUntil(() => send.mock.calls.length === 1);
    clock.advance(10_000);

    expect(send.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
  });
});

describe('a title on this device', () => {
  const ON_DEVICE = { ...SOURCE, id: 'film' };
  const ahead = { keySystem: true } as const;

  it('has nothing fetched but the engine, for the format that is kept', async () => {
    const { run, urls, loadEngine } = setup(film);
    const title = createFakeTitle({ type: 'hls' });
    await run(ON_DEVICE, { ...ahead, offlineTitles: createFakeTitles(title) });

    expect(urls()).toEqual([]);
    expect(loadEngine).toHaveBeenCalledExactlyOnceWith('hls');
    expect(title.close).toHaveBeenCalledOnce();
  });

  it('has nothing fetched where it must not be played: the player does not go to the network either', async () => {
    const { run, urls, loadEngine } = setup(film);
    const titles = createFakeTitles(null);
    titles.open.mockRejectedValue(new PlaybackError('offline-license-expired'));
    await run(ON_DEVICE, { ...ahead, offlineTitles: titles });

    expect(urls()).toEqual([]);
    expect(loadEngine).toHaveBeenCalledExactlyOnceWith('dash');
  });

  it('is fetched ahead where the device has nothing of it, and where the source has no id', async () => {
    const { run, urls } = setup(film);
    await run(ON_DEVICE, { offlineTitles: createFakeTitles(null) });
    expect(urls()).toEqual([MANIFEST_URL]);

    const other = setup(film);
    await other.run(SOURCE, { offlineTitles: createFakeTitles(createFakeTitle()) });
    expect(other.urls()).toEqual([MANIFEST_URL]);
  });
});
