import { describe, expect, it } from 'vitest';

import { canPlay, matchRoute, plansPath, signInPath, watchPath, type WatchChoices } from './routes.js';

const watch = (choices: Partial<WatchChoices>) => ({
  page: 'watch',
  contentId: 'first-light',
  choices: { format: 'dash', system: 'clearkey', hdcp: '2.2', ...choices },
});

describe('matchRoute', () => {
  it.each([
    ['/', { page: 'catalog' }],
    ['/?utm=x', { page: 'catalog' }],
    ['/watch/first-light', watch({})],
    ['/watch/first-light/', watch({})],
    ['/watch/first-light?format=hls', watch({ format: 'hls' })],
    ['/watch/first-light?format=dash-cbcs', watch({ format: 'dash-cbcs' })],
    ['/watch/first-light?format=betamax', watch({})],
    ['/watch/first-light?system=widevine', watch({ system: 'widevine' })],
    ['/watch/first-light?system=playready&hdcp=1.4', watch({ system: 'playready', hdcp: '1.4' })],
    ['/watch/first-light?format=hls&system=fairplay', watch({ format: 'hls', system: 'fairplay' })],
    ['/watch/first-light?system=fairplay&hdcp=none', watch({})],
    ['/watch/first-light?hdcp=none', watch({})],
    ['/watch/first-light?system=marlin&hdcp=9', watch({})],
    ['/downloads', { page: 'downloads' }],
    ['/downloads/', { page: 'downloads' }],
    ['/downloads/first-light', { page: 'not-found' }],
    ['/sign-in', { page: 'sign-in', returnTo: '/' }],
    ['/plans?from=/watch/first-light', { page: 'plans', returnTo: '/watch/first-light' }],
    ['/watch', { page: 'not-found' }],
    ['/watch/First%20Light', { page: 'not-found' }],
    ['/watch/a/b', { page: 'not-found' }],
    ['/nope', { page: 'not-found' }],
    ['//', { page: 'not-found' }],
    ['///', { page: 'not-found' }],
    ['//[', { page: 'not-found' }],
    ['//evil.example/watch/x', { page: 'not-found' }],
    ['/\\evil.example/watch/x', { page: 'not-found' }],
    ['/watch/first-light//', { page: 'not-found' }],
    ['http://site.invalid/plans', { page: 'not-found' }],
    ['', { page: 'not-found' }],
  ])('finds the page of %s', (url, route) => {
    expect(matchRoute(url)).toEqual(route);
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '//site.invalid/x',
    '//[',
    '///',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example/x',
    '/.\\/evil.example',
    '/a/..//evil.example/x',
    '/a/b/../..//evil.example/x',
    '/%2e//evil.example/x',
    '/a/%2E%2e//evil.example/x',
    '/./\\evil.example/x',
    'javascript:alert(1)',
    'watch/first-light',
  ])('does not lead to %s after signing in', (from) => {
    expect(matchRoute(signInPath(from))).toEqual({ page: 'sign-in', returnTo: '/' });
  });

  it('leads back to where a path of the site means to go', () => {
    expect(matchRoute(signInPath('/a/../plans?from=//x'))).toEqual({
      page: 'sign-in',
      returnTo: '/plans?from=//x',
    });
  });

  it('leads back to the film in the format it was in', () => {
    const film = watchPath('first-light', { format: 'hls', system: 'widevine', hdcp: 'none' });

    expect(matchRoute(signInPath(film))).toEqual({ page: 'sign-in', returnTo: film });
    expect(matchRoute(plansPath(film))).toEqual({ page: 'plans', returnTo: film });
  });
});

describe('watchPath', () => {
  it.each<[Partial<WatchChoices>, string]>([
    [{}, ''],
    [{ format: 'dash', system: 'clearkey', hdcp: 'none' }, ''],
    [{ format: 'hls' }, '?format=hls'],
    [{ system: 'playready', hdcp: '2.2' }, '?system=playready'],
    [{ format: 'dash-cbcs', system: 'fairplay', hdcp: '1.4' }, '?format=dash-cbcs&system=fairplay&hdcp=1.4'],
    [{ format: 'dash', system: 'fairplay', hdcp: '1.4' }, ''],
  ])('says what differs from the usual, and can be: %o', (choices, query) => {
    const path = watchPath('first-light', choices);

    expect(path).toBe(`/watch/first-light${query}`);
  });

  it('leads to the page that it was made of', () => {
    const choices: WatchChoices = { format: 'hls', system: 'fairplay', hdcp: 'none' };

    expect(matchRoute(watchPath('first-light', choices))).toEqual(watch(choices));
  });
});

it('FairPlay is for cbcs alone', () => {
  expect([canPlay('fairplay', 'dash'), canPlay('fairplay', 'hls'), canPlay('widevine', 'dash')]).toEqual([
    false,
    true,
    true,
  ]);
});
