import { PlaybackError, type OfflineTitle } from '@secure-player/core';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { interceptLicenses } from '../intercept-licenses.js';
import { isAnswered } from '../ready-answers.js';
import { toPlaybackError } from '../shaka-errors.js';
import { RequestType, type ShakaRequest } from '../shaka-namespace.js';
import { createShakaRequest, loadRealShaka, type RealShaka } from '../testing/real-shaka.js';
import { answerFromTitle } from './answer-from-title.js';

const URL_OF_FILM = 'https://page.example/film.mpd?token=secret-token';
const KEPT = Uint8Array.of(1, 2, 3).buffer;
const FETCHED = Uint8Array.of(9).buffer;

let shaka: RealShaka;
beforeAll(async () => {
  shaka = await loadRealShaka();
  interceptLicenses(shaka);
});
beforeEach(() => vi.stubGlobal('navigator', { onLine: true }));
afterEach(() => vi.unstubAllGlobals());

/** Shaka's own network code, with what a title answers in front of the network. */
function setup(read: OfflineTitle['read']) {
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
  send.mockClear();
  const controller = new AbortController();
  const credentials: boolean[] = [];
  const network = new shaka.net.NetworkingEngine();
  network.configure({ forceHTTP: false, forceHTTPS: false, minBytesForProgressEvents: 0 });
  answerFromTitle(network, { read }, controller.signal);
  network.registerRequestFilter((_: number, request: ShakaRequest) => {
    credentials.push(!isAnswered(request));
  });
  const request = (type: number, urls = [URL_OF_FILM], headers = {}) =>
    network.request(type, { ...createShakaRequest(urls), headers }).promise as Promise<{
      data: ArrayBuffer;
      uri: string;
      originalUri: string;
      headers: object;
    }>;

  return { send, request, controller, credentials };
}

describe('a request of a title on this device', () => {
  it.each(['MANIFEST', 'SEGMENT', 'KEY', 'TIMING'])(
    'is answered from it, as from where the server had answered: %s',
    async (name) => {
      const { send, request, credentials } = setup(async () => ({
        url: 'https://cdn.example/a/film.mpd',
        contentType: 'application/dash+xml',
        data: KEPT,
      }));
      const answer = await request(shaka.net.NetworkingEngine.RequestType[name] ?? -1);

      expect(answer).toMatchObject({
        data: KEPT,
        uri: 'https://cdn.example/a/film.mpd',
        originalUri: URL_OF_FILM,
        headers: { 'content-type': 'application/dash+xml' },
      });
      expect(send).not.toHaveBeenCalled();
      expect(credentials).toEqual([false]);
    },
  );

  it.each([
    [{}, null],
    [{ Range: 'bytes=10-19' }, { start: 10, end: 19 }],
    [{ Range: 'bytes=0-0' }, { start: 0, end: 0 }],
    [{ Range: 'bytes=10-' }, { start: 10, end: Number.POSITIVE_INFINITY }],
  ])('asks for the bytes that Shaka wants: %j', async (headers, range) => {
    const read = vi.fn<OfflineTitle['read']>(async ({ url }) => ({ url, contentType: null, data: KEPT }));
    await setup(read).request(RequestType.SEGMENT, [URL_OF_FILM], headers);

    expect(read).toHaveBeenCalledExactlyOnceWith({
      url: URL_OF_FILM,
      range,
      signal: expect.any(AbortSignal),
    });
  });

  it('is answered from whichever of its places was downloaded from', async () => {
    const other = 'https://b.example/1.m4s';
    const { request, send } = setup(async ({ url }) =>
      url === other ? { url, contentType: null, data: KEPT } : null,
    );

    expect((await request(RequestType.SEGMENT, ['https://a.example/1.m4s', other])).data).toEqual(KEPT);
    expect(send).not.toHaveBeenCalled();
  });

  it('that is not kept goes to the network, where there may be one', async () => {
    const { request, send, credentials } = setup(async () => null);

    expect((await request(RequestType.SEGMENT)).data).toEqual(FETCHED);
    expect(send).toHaveBeenCalledOnce();
    expect(credentials).toEqual([true]);
  });

  it('that is not kept fails without a network, once, and asks nobody', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const read = vi.fn<OfflineTitle['read']>(async () => null);
    const { request, send } = setup(read);
    const error: unknown = await request(RequestType.SEGMENT).catch((reason: unknown) => reason);

    expect(toPlaybackError(error)).toMatchObject({ code: 'download-missing', recovery: 'go-online' });
    expect(read).toHaveBeenCalledOnce();
    expect(send).not.toHaveBeenCalled();
  });

  it.each([
    [new PlaybackError('download-damaged'), 'download-damaged'],
    [new Error('disk'), 'storage-failed'],
  ])('that cannot be read fails with its own error, and no URL: %s', async (thrown, code) => {
    const { request } = setup(() => Promise.reject(thrown));
    const error = toPlaybackError(await request(RequestType.MANIFEST).catch((reason: unknown) => reason));

    expect(error.code).toBe(code);
    expect(JSON.stringify(error)).not.toContain('secret-token');
  });

  it('for a license or a certificate is none of its', async () => {
    const read = vi.fn<OfflineTitle['read']>(async () => null);
    const { request } = setup(read);
    await request(RequestType.LICENSE);
    await request(RequestType.SERVER_CERTIFICATE);

    expect(read).not.toHaveBeenCalled();
  });

  it('is let alone when the title is no more', async () => {
    const read = vi.fn<OfflineTitle['read']>(async () => null);
    const { request, controller } = setup(read);
    controller.abort();
    await request(RequestType.MANIFEST);

    expect(read).not.toHaveBeenCalled();
  });
});
