import { describe, expect, it, vi } from 'vitest';

import { PlaybackError } from '../error/playback-error.js';
import type { DrmConfiguration } from '../source/source.js';
import { Authorizer, type Authorize, type AuthorizeAnswer } from './authorizer.js';

const PAGE = 'https://page.example/films/watch?film=1';
const DRM: DrmConfiguration = {
  'com.widevine.alpha': { licenseUrl: 'https://license.example:8443/widevine' },
  'org.w3.clearkey': { licenseUrlFromManifest: true },
};

interface SetupOptions {
  authorize?: Authorize | undefined;
  authorizedOrigins?: readonly string[] | undefined;
  pageUrl?: string | undefined;
  pageOrigin?: string | undefined;
}

function setup({ authorize = () => 'token', authorizedOrigins = [], ...rest }: SetupOptions = {}) {
  const spy = vi.fn(authorize);
  const authorizer = new Authorizer({
    authorize: () => spy,
    authorizedOrigins: () => authorizedOrigins,
    pageUrl: () => ('pageUrl' in rest ? rest.pageUrl : PAGE),
    pageOrigin: () => ('pageOrigin' in rest ? rest.pageOrigin : new URL(PAGE).origin),
  });
  const headersFor = (url: string, signal = new AbortController().signal) =>
    authorizer.headersFor({
      purpose: 'license',
      url,
      source: { src: '/a.mpd', drm: DRM },
      reason: 'initial',
      signal,
    });

  return { headersFor, spy };
}

describe('the origins that may have a credential', () => {
  it('are not moved by a <base> element', async () => {
    const { headersFor } = setup({ pageUrl: 'https://cdn.example/assets/' });

    expect(await headersFor('https://cdn.example/film.mpd')).toEqual({});
    expect(await headersFor('https://page.example/film.mpd')).toEqual({ authorization: 'Bearer token' });
  });

  it.each([
    ['the page, absolute', 'https://page.example/license'],
    ['the page, relative to the root', '/license'],
    ['the page, relative to itself', 'license?x=1'],
    ['the page, with its default port', 'https://page.example:443/license'],
    ['the page, in capitals', 'HTTPS://PAGE.EXAMPLE/license'],
    ['a configured license server', 'https://license.example:8443/other'],
    ['an authorized origin', 'https://cdn.example/film.mpd'],
  ])('%s: %s', async (_, url) => {
    const { headersFor, spy } = setup({ authorizedOrigins: ['https://cdn.example'] });

    expect(await headersFor(url)).toEqual({ authorization: 'Bearer token' });
    expect(spy).toHaveBeenCalledOnce();
  });

  it.each([
    ['a foreign origin', 'https://evil.example/license'],
    ['another port', 'https://page.example:8443/license'],
    ['another port of the license server', 'https://license.example/widevine'],
    ['another scheme', 'http://page.example/license'],
    ['a subdomain', 'https://a.page.example/license'],
    ['a longer name', 'https://page.example.evil.example/license'],
    ['the page as a user name', 'https://page.example@evil.example/license'],
    ['a URL that takes over the scheme only', '//evil.example/license'],
    ['backslashes', '\\\\evil.example\\license'],
    ['data:', 'data:application/json;base64,e30='],
    ['blob: of the page', 'blob:https://page.example/0b1f9d5e-7f1a-4f52-9d3b-6c3a6b0c7f11'],
    ['blob: of nobody', 'blob:null/0b1f9d5e-7f1a-4f52-9d3b-6c3a6b0c7f11'],
    ['a file', 'file:///etc/passwd'],
    ['a scheme of our own', 'secure-player-license:1/0'],
    ['javascript:', 'javascript:alert(1)'],
    ['no URL', 'https://'],
  ])('not %s: %s', async (_, url) => {
    const { headersFor, spy } = setup({
      authorizedOrigins: ['https://cdn.example', 'file:///', 'data:,', '*'],
    });

    expect(await headersFor(url)).toEqual({});
    expect(spy).not.toHaveBeenCalled();
  });

  it.each(['about:blank', 'about:srcdoc', 'data:text/html,hi', 'file:///index.html'])(
    'not one opaque origin to another: the page is %s',
    async (pageUrl) => {
      const { headersFor, spy } = setup({ pageUrl, pageOrigin: 'null' });

      expect(await headersFor('data:application/json,{}')).toEqual({});
      expect(await headersFor(pageUrl)).toEqual({});
      expect(spy).not.toHaveBeenCalled();
    },
  );

  it('outside of a page, those that are named', async () => {
    const { headersFor } = setup({ pageUrl: undefined, pageOrigin: undefined });

    expect(await headersFor('https://license.example:8443/x')).toEqual({ authorization: 'Bearer token' });
    expect(await headersFor('/license')).toEqual({});
  });
});

describe('segments', () => {
  const token: Authorize = () => 'token';
  const asks = (authorize: Authorize | undefined, authorizeSegments?: boolean) =>
    new Authorizer({
      authorize: () => authorize,
      authorizedOrigins: () => [],
      ...(authorizeSegments !== undefined && { authorizeSegments: () => authorizeSegments }),
      pageUrl: () => PAGE,
      pageOrigin: () => new URL(PAGE).origin,
    }).asksForSegments();

  it('are asked for only where the page opts in, and has credentials to give', () => {
    expect(asks(token)).toBe(false);
    expect(asks(token, false)).toBe(false);
    expect(asks(undefined, true)).toBe(false);
    expect(asks(token, true)).toBe(true);
  });
});

describe('the answer of authorize', () => {
  const answers: [string, AuthorizeAnswer, Record<string, string>][] = [
    ['a string', 'abc', { authorization: 'Bearer abc' }],
    ['a record', { 'X-Token': 'abc' }, { 'x-token': 'abc' }],
    ['pairs', [['X-Token', 'abc']], { 'x-token': 'abc' }],
    ['Headers', new Headers({ 'X-Token': 'abc' }), { 'x-token': 'abc' }],
    ['null', null, {}],
  ];

  it.each(answers)('may be %s', async (_, answer, expected) => {
    expect(await setup({ authorize: () => answer }).headersFor('/license')).toEqual(expected);
    expect(await setup({ authorize: async () => answer }).headersFor('/license')).toEqual(expected);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('offline');
      },
    ],
    ['rejects', () => Promise.reject(new Error('offline'))],
  ] satisfies [string, Authorize][])('is `authorize-failed` where it %s', async (_, authorize) => {
    await expect(setup({ authorize }).headersFor('/license')).rejects.toMatchObject({
      code: 'authorize-failed',
      cause: { message: 'offline' },
    });
  });

  it('is the page’s own PlaybackError where it throws one', async () => {
    const own = new PlaybackError('authentication-required');
    const { headersFor } = setup({
      authorize: () => {
        throw own;
      },
    });

    await expect(headersFor('/license')).rejects.toBe(own);
  });

  it('is `authorize-failed` where it is no set of headers', async () => {
    await expect(
      setup({ authorize: () => ({ 'not a name': 'x' }) }).headersFor('/license'),
    ).rejects.toMatchObject({
      code: 'authorize-failed',
    });
  });

  it('gives way to the abort that made it fail', async () => {
    const controller = new AbortController();
    const { headersFor } = setup({
      authorize: () => {
        controller.abort(new DOMException('gone', 'AbortError'));
        throw new Error('aborted fetch');
      },
    });

    await expect(headersFor('/license', controller.signal)).rejects.toThrow('gone');
  });
});

it('reads authorize and the origins at each call', async () => {
  const page: { authorize?: Authorize; origins: string[] } = { origins: [] };
  const authorizer = new Authorizer({
    authorize: () => page.authorize,
    authorizedOrigins: () => page.origins,
    pageUrl: () => PAGE,
    pageOrigin: () => new URL(PAGE).origin,
  });
  const ask = () =>
    authorizer.headersFor({
      purpose: 'manifest',
      url: 'https://cdn.example/a.mpd',
      reason: 'initial',
      signal: new AbortController().signal,
    });

  expect(authorizer.isConfigured()).toBe(false);
  expect(await ask()).toEqual({});

  page.authorize = () => 'late';
  expect(authorizer.isConfigured()).toBe(true);
  expect(await ask()).toEqual({});

  page.origins = ['https://cdn.example/'];
  expect(await ask()).toEqual({ authorization: 'Bearer late' });
});
