import { PlaybackError } from '@secure-player/core';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { answerLicense, interceptLicenses, type LicenseHandler } from './intercept-licenses.js';
import { toPlaybackError } from './shaka-errors.js';
import { RequestType, type ShakaRequest } from './shaka-namespace.js';
import { createShakaRequest, loadRealShaka, type RealShaka } from './testing/real-shaka.js';

const LICENSE_URL = 'https://license.example/clearkey?token=secret-token';
const LICENSE = new Uint8Array([1, 2, 3]);

let shaka: RealShaka;
beforeAll(async () => {
  shaka = await loadRealShaka();
  interceptLicenses(shaka);
});

/** An engine on Shaka's own network code, whose license requests `handle` answers. */
function setup(handle: LicenseHandler) {
  const network = new shaka.net.NetworkingEngine();
  network.configure({ forceHTTP: false, forceHTTPS: false, minBytesForProgressEvents: 0 });
  network.registerRequestFilter((type: number, request: ShakaRequest) => {
    if (type === RequestType.LICENSE) answerLicense(request, handle);
  });
  const request = (type: number, url = LICENSE_URL) => network.request(type, createShakaRequest([url], 3));

  return { request };
}

const bytesOf = (data: unknown) => new Uint8Array(data as ArrayBuffer);

describe('a license request', () => {
  it('is answered by the handler, with the URL and the request that Shaka made', async () => {
    const handle = vi.fn<LicenseHandler>(async () => LICENSE);
    const { data } = await setup(handle).request(RequestType.LICENSE).promise;

    expect(bytesOf(data)).toEqual(LICENSE);
    expect(handle).toHaveBeenCalledExactlyOnceWith(
      LICENSE_URL,
      expect.objectContaining({ uris: [LICENSE_URL] }),
      expect.any(AbortSignal),
    );
  });

  it('of each engine is answered by its own handler', async () => {
    const first = setup(async () => new Uint8Array([1]));
    const second = setup(async () => new Uint8Array([2]));
    const answers = await Promise.all(
      [first, second, first].map(({ request }) => request(RequestType.LICENSE).promise),
    );

    expect(answers.map(({ data }) => [...bytesOf(data)])).toEqual([[1], [2], [1]]);
  });

  it('that fails is not made again by Shaka, and ends in the handler’s error, without the URL', async () => {
    const ours = new PlaybackError('plan-insufficient', { httpStatus: 403 });
    const handle = vi.fn<LicenseHandler>(() => Promise.reject(ours));
    const error: unknown = await setup(handle)
      .request(RequestType.LICENSE)
      .promise.catch((reason: unknown) => reason);

    expect(handle).toHaveBeenCalledOnce();
    expect(error).toMatchObject({ severity: 2, category: 1, code: 1002 });
    expect(toPlaybackError(error)).toBe(ours);
    expect(JSON.stringify(error)).not.toContain('secret-token');
  });

  it('that is aborted aborts the handler, and is an abort to Shaka', async () => {
    let signal: AbortSignal | undefined;
    const { request } = setup((_url, _request, handlerSignal) => {
      signal = handlerSignal;
      return new Promise((_, reject) => {
        handlerSignal.addEventListener('abort', () => reject(handlerSignal.reason));
      });
    });
    const operation = request(RequestType.LICENSE);
    const end = operation.promise.catch((reason: unknown) => reason);
    await vi.waitUntil(() => signal !== undefined);
    await operation.abort();

    expect(signal?.aborted).toBe(true);
    expect(await end).toMatchObject({ code: 7001 });
  });
});

describe('any other request', () => {
  it('goes the way that Shaka sends it', async () => {
    const handle = vi.fn<LicenseHandler>(async () => LICENSE);
    const { request } = setup(handle);
    const send = vi.spyOn(shaka.net.HttpFetchPlugin, 'parse').mockImplementation(
      (uri, originalRequest) =>
        new shaka.util.AbortableOperation(
          Promise.resolve({
            uri,
            originalUri: uri,
            data: new ArrayBuffer(1),
            headers: {},
            status: 200,
            originalRequest,
          }),
          async () => {},
        ),
    );
    const { data } = await request(RequestType.MANIFEST, 'https://page.example/a.m3u8').promise;

    expect(bytesOf(data)).toEqual(new Uint8Array(1));
    expect(send).toHaveBeenCalledOnce();
    expect(send.mock.calls[0]?.slice(0, 1)).toEqual(['https://page.example/a.m3u8']);
    expect(handle).not.toHaveBeenCalled();
  });
});
