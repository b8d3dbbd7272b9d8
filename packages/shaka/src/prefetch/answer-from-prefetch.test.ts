import { beforeAll, describe, expect, it, vi } from 'vitest';

import { interceptLicenses } from '../intercept-licenses.js';
import { RequestType, type ShakaRequest } from '../shaka-namespace.js';
import { createManualClock } from '../testing/manual-clock.js';
import { createShakaRequest, loadRealShaka, type RealShaka } from '../testing/real-shaka.js';
import { answerFromPrefetch } from './answer-from-prefetch.js';
import { PrefetchedAnswers } from './prefetched-answers.js';

const MANIFEST_URL = 'https://page.example/film.mpd';
const AHEAD = Uint8Array.of(1).buffer;
const FETCHED = Uint8Array.of(2).buffer;

let shaka: RealShaka;
beforeAll(async () => {
  shaka = await loadRealShaka();
  interceptLicenses(shaka);
});

/** Shaka's own network code, with a credential on each request, and an answer that was fetched ahead with one. */
function setup({ authorization = 'Bearer a', crossSite = false } = {}) {
  const send = vi.spyOn(shaka.net.HttpFetchPlugin, 'parse').mockImplementation(
    (uri, originalRequest) =>
      new shaka.util.AbortableOperation(
        Promise.resolve({
          uri,
          originalUri: uri,
          data: FETCHED,
          headers: {},
          status: 200,
          originalRequest,
        }),
        async () => {},
      ),
  );
  const answers = new PrefetchedAnswers(createManualClock());
  answers.keep(
    { url: MANIFEST_URL, headers: { authorization: 'Bearer a' } },
    Promise.resolve({ url: 'https://cdn.example/film.mpd', headers: { etag: '"1"' }, data: AHEAD }),
  );
  const network = new shaka.net.NetworkingEngine();
  network.configure({ forceHTTP: false, forceHTTPS: false, minBytesForProgressEvents: 0 });
  network.registerRequestFilter((_: number, request: ShakaRequest) => {
    request.headers['authorization'] = authorization;
  });
  answerFromPrefetch(network, new AbortController().signal, answers);
  const request = (type: number, url = MANIFEST_URL) =>
    network.request(type, { ...createShakaRequest([url]), allowCrossSiteCredentials: crossSite }).promise;

  return { send, request };
}

describe('a request of the engine', () => {
  it('for a manifest is answered by what was fetched ahead, once, from where that came', async () => {
    const { send, request } = setup();

    expect(await request(RequestType.MANIFEST)).toMatchObject({
      data: AHEAD,
      uri: 'https://cdn.example/film.mpd',
      originalUri: MANIFEST_URL,
      headers: { etag: '"1"' },
    });
    expect(send).not.toHaveBeenCalled();
    expect(await request(RequestType.MANIFEST)).toMatchObject({ data: FETCHED });
    expect(send).toHaveBeenCalledOnce();
  });

  it('for a certificate is answered so too, and for anything else is not', async () => {
    expect(await setup().request(RequestType.SERVER_CERTIFICATE)).toMatchObject({ data: AHEAD });
    expect(await setup().request(RequestType.SEGMENT)).toMatchObject({ data: FETCHED });
  });

  it('with other credentials, or with cookies of other sites, goes to the network', async () => {
    const other = setup({ authorization: 'Bearer b' });
    expect(await other.request(RequestType.MANIFEST)).toMatchObject({ data: FETCHED });

    const crossSite = setup({ crossSite: true });
    expect(await crossSite.request(RequestType.MANIFEST)).toMatchObject({ data: FETCHED });
  });
});
