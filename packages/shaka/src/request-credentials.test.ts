import { Authorizer, type AuthorizeRequest, type Source } from '@secure-player/core';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { createRequestCredentials } from './request-credentials.js';
import { RequestType, type ShakaRequestContext } from './shaka-namespace.js';
import { createShakaRequest, loadRealShaka, type RealShaka } from './testing/real-shaka.js';

const SOURCE: Source = { src: 'https://page.example/film.mpd' };
const MANIFEST_URL = 'https://page.example/film.mpd';

let shaka: RealShaka;
beforeAll(async () => {
  shaka = await loadRealShaka();
});

interface SetupOptions {
  readonly authorizedOrigins?: readonly string[];
  readonly authorizeSegments?: boolean;
}

/** Shaka's own network code, with a server in its place that answers each request with the next status. */
function setup(
  statuses: readonly number[],
  { authorizedOrigins = [], authorizeSegments = false }: SetupOptions = {},
) {
  const sent: { url: string; authorization: string | undefined }[] = [];
  const { Error: ShakaErrorClass, AbortableOperation } = shaka.util;
  shaka.net.NetworkingEngine.registerScheme('https', (url, request, type) => {
    sent.push({ url, authorization: request.headers['authorization'] });
    const status = statuses[sent.length - 1] ?? 200;
    const answer =
      status === 200
        ? Promise.resolve({
            uri: url,
            originalUri: url,
            data: new ArrayBuffer(0),
            headers: {},
            status,
            originalRequest: request,
          })
        : Promise.reject(new ShakaErrorClass(1, 1, 1001, url, status, '', {}, type, url));

    return new AbortableOperation(answer, async () => {});
  });

  const authorize = vi.fn(({ reason }: AuthorizeRequest) => `token-${reason}`);
  const network = new shaka.net.NetworkingEngine();
  network.configure({ forceHTTP: false, forceHTTPS: false, minBytesForProgressEvents: 0 });
  const addCredentials = createRequestCredentials(
    {
      authorizer: new Authorizer({
        authorize: () => authorize,
        authorizedOrigins: () => authorizedOrigins,
        authorizeSegments: () => authorizeSegments,
        pageUrl: () => 'https://page.example/watch',
        pageOrigin: () => 'https://page.example',
      }),
      currentSource: () => SOURCE,
    },
    network,
    new AbortController().signal,
  );
  let context: ShakaRequestContext | undefined;
  network.registerRequestFilter((type, shakaRequest) => addCredentials(type, shakaRequest, context));
  const request = (type: number, uris = [MANIFEST_URL], maxAttempts = 3) =>
    network.request(type, createShakaRequest(uris, maxAttempts)).promise;
  const reasons = () => authorize.mock.calls.map(([question]) => question.reason);

  /** Asks for captions that the page added to the film. */
  const requestAddedText = (uris: string[]) => {
    context = { stream: { type: 'text', external: true, keyIds: new Set() } };
    return request(RequestType.SEGMENT, uris);
  };

  return { sent, request, requestAddedText, authorize, reasons };
}

describe('the credentials of a request', () => {
  it.each([
    ['MANIFEST', 'manifest'],
    ['SERVER_CERTIFICATE', 'certificate'],
    ['KEY', 'key'],
  ] as const)('are asked for %s, as `%s`', async (type, purpose) => {
    const { request, sent, authorize } = setup([]);
    await request(RequestType[type]);

    expect(sent).toEqual([{ url: MANIFEST_URL, authorization: 'Bearer token-initial' }]);
    expect(authorize).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ purpose, url: MANIFEST_URL, source: SOURCE, reason: 'initial' }),
    );
  });

  it('are not asked for segments, for licenses (which the license client sends), or anything else', async () => {
    const { request, sent, authorize } = setup([]);
    for (const type of [RequestType.SEGMENT, RequestType.LICENSE, 3, 4, 8]) await request(type);

    expect(authorize).not.toHaveBeenCalled();
    expect(sent.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it('are asked for segments where the page opts in, at origins that may have one, and again after a 401', async () => {
    const { request, authorize, sent } = setup([401], {
      authorizeSegments: true,
      authorizedOrigins: ['https://cdn.example'],
    });
    await request(RequestType.SEGMENT, ['https://cdn.example/1.mp4']);
    await request(RequestType.SEGMENT, ['https://ads.example/1.mp4']);
    for (const type of [RequestType.LICENSE, 3, 4, 8]) await request(type);

    expect(authorize.mock.calls.map(([{ purpose, reason }]) => [purpose, reason])).toEqual([
      ['segment', 'initial'],
      ['segment', 'unauthorized'],
    ]);
    expect(sent.slice(0, 3).map(({ authorization }) => authorization)).toEqual([
      'Bearer token-initial',
      'Bearer token-unauthorized',
      undefined,
    ]);
  });

  it('are asked for captions that the page added, as for a segment, and not for those of another origin', async () => {
    const { requestAddedText, authorize, sent } = setup([]);
    await requestAddedText(['https://page.example/es.vtt']);
    await requestAddedText(['https://captions.example/es.vtt']);

    expect(authorize).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ purpose: 'segment', url: 'https://page.example/es.vtt', reason: 'initial' }),
    );
    expect(sent.map(({ authorization }) => authorization)).toEqual(['Bearer token-initial', undefined]);
  });

  it('are not given to another origin', async () => {
    const { request, sent } = setup([]);
    await request(RequestType.MANIFEST, ['https://evil.example/film.mpd']);

    expect(sent[0]?.authorization).toBeUndefined();
  });

  it('for one place do not go to the next one of the same request', async () => {
    const { request, sent } = setup([503, 503]);
    await request(RequestType.MANIFEST, [MANIFEST_URL, 'https://evil.example/film.mpd']);

    expect(sent).toEqual([
      { url: MANIFEST_URL, authorization: 'Bearer token-initial' },
      { url: 'https://evil.example/film.mpd', authorization: undefined },
      { url: MANIFEST_URL, authorization: 'Bearer token-initial' },
    ]);
  });
});

describe('a 401', () => {
  it('asks once more, with the reason `unauthorized`', async () => {
    const { request, sent, reasons } = setup([401]);
    await request(RequestType.MANIFEST);

    expect(reasons()).toEqual(['initial', 'unauthorized']);
    expect(sent[1]?.authorization).toBe('Bearer token-unauthorized');
  });

  it('is final the second time, though attempts are left', async () => {
    const { request, sent } = setup([401, 401]);

    await expect(request(RequestType.MANIFEST, [MANIFEST_URL], 5)).rejects.toMatchObject({ code: 1001 });
    expect(sent).toHaveLength(2);
  });

  it('that comes later, to another request for the same place, asks again', async () => {
    const { request, reasons } = setup([401, 200, 401, 200, 200]);
    for (let refresh = 0; refresh < 3; refresh += 1) await request(RequestType.MANIFEST);

    expect(reasons()).toEqual(['initial', 'unauthorized', 'initial', 'unauthorized', 'initial']);
  });

  it('of the last attempt is not held against the next request', async () => {
    const { request, reasons } = setup([401, 200]);
    await expect(request(RequestType.KEY, [MANIFEST_URL], 1)).rejects.toMatchObject({ code: 1001 });
    await request(RequestType.KEY);

    expect(reasons().at(-1)).toBe('initial');
  });

  it('is not what another failure is', async () => {
    const { request, reasons } = setup([503, 403, 200]);
    await request(RequestType.MANIFEST);

    expect(reasons()).toEqual(['initial', 'initial', 'initial']);
  });
});
