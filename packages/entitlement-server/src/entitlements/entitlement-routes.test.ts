import { describe, expect, test } from 'vitest';

import { FILM_KEYS, TRAILER_KEYS, bearer, codeOf, setup } from '../testing/setup.js';

describe('an entitlement', () => {
  test('says what the account may do and what to play, without a session', async () => {
    const server = setup();
    const response = await server.get('/v1/entitlements/film', {
      headers: bearer(await server.signIn('basic')),
    });

    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      contentId: 'film',
      access: 'subscription',
      plan: 'basic',
      subscriptionEndsAt: null,
      source: {
        src: '/media/film-v1/dash/manifest.mpd',
        type: 'dash',
        id: 'film',
        title: 'The film',
        poster: '/media/film-v1/poster.jpg',
        thumbnails: '/media/film-v1/thumbnails.vtt',
        keyIds: Object.values(FILM_KEYS),
        caps: { maxHeight: 360 },
        drm: { 'org.w3.clearkey': { licenseUrl: '/license/clearkey' } },
      },
    });
  });

  test('to a free title needs nobody signed in', async () => {
    const response = await setup().get('/v1/entitlements/trailer?format=hls');
    expect(await response.json()).toMatchObject({
      plan: null,
      subscriptionEndsAt: null,
      source: { type: 'hls', keyIds: Object.values(TRAILER_KEYS) },
    });
  });

  test.each([
    ['film', null, 'authentication-required'],
    ['film', 'expired', 'subscription-expired'],
    ['nothing', 'premium', 'content-not-found'],
    ['film?format=smooth', 'premium', 'invalid-request'],
    ['film?format=dash-cbcs', 'premium', 'invalid-request'],
    ['%2e%2e%2f', 'premium', 'content-not-found'],
    ['%ff', 'premium', 'content-not-found'],
  ])('to %s is refused for %s: %s', async (path, viewer, code) => {
    const server = setup();
    const headers = bearer(viewer === null ? null : await server.signIn(viewer));
    expect(await codeOf(await server.get(`/v1/entitlements/${path}`, { headers }))).toBe(code);
  });
});
