import { Authorizer, type Authorize } from '@secure-player/core';
import { expect, it, vi } from 'vitest';

import { askAuthorizer } from './ask-authorizer.js';

const SOURCE = { src: 'https://page.example/film.mpd' };
const SEGMENT_URL = 'https://page.example/1.mp4';
const { signal } = new AbortController();

function setup(authorizeSegments: boolean, authorize: Authorize | undefined = () => 'token') {
  const asked = authorize && vi.fn(authorize);
  const authorizer = new Authorizer({
    authorize: () => asked,
    authorizedOrigins: () => [],
    authorizeSegments: () => authorizeSegments,
    pageUrl: () => 'https://page.example/watch',
    pageOrigin: () => 'https://page.example',
  });

  return { asked, ask: askAuthorizer(authorizer, SOURCE, signal) };
}

it('asks for the manifest, and not for segments', async () => {
  const { ask, asked } = setup(false);

  expect(await ask?.('manifest', SOURCE.src, 'initial')).toEqual({ authorization: 'Bearer token' });
  expect(await ask?.('segment', SEGMENT_URL, 'initial')).toEqual({});
  expect(asked).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({
      purpose: 'manifest',
      url: SOURCE.src,
      source: SOURCE,
      reason: 'initial',
      signal,
    }),
  );
});

it('asks for segments where the page opts in', async () => {
  const { ask, asked } = setup(true);

  expect(await ask?.('segment', SEGMENT_URL, 'unauthorized')).toEqual({ authorization: 'Bearer token' });
  expect(asked).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ purpose: 'segment', url: SEGMENT_URL, reason: 'unauthorized' }),
  );
});

it('is none where the page has no credentials to give', () => {
  const authorizer = { isConfigured: () => false, asksForSegments: () => false, headersFor: vi.fn() };

  expect(askAuthorizer(authorizer, SOURCE, signal)).toBeNull();
});
