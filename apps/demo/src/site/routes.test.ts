import { describe, expect, it } from 'vitest';

import { matchRoute, plansPath, signInPath, watchPath } from './routes.js';

describe('matchRoute', () => {
  it.each([
    ['/', { page: 'catalog' }],
    ['/?utm=x', { page: 'catalog' }],
    ['/watch/first-light', { page: 'watch', contentId: 'first-light', format: 'dash' }],
    ['/watch/first-light/', { page: 'watch', contentId: 'first-light', format: 'dash' }],
    ['/watch/first-light?format=hls', { page: 'watch', contentId: 'first-light', format: 'hls' }],
    ['/watch/first-light?format=dash-cbcs', { page: 'watch', contentId: 'first-light', format: 'dash-cbcs' }],
    ['/watch/first-light?format=betamax', { page: 'watch', contentId: 'first-light', format: 'dash' }],
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
    const film = watchPath('first-light', 'hls');

    expect(matchRoute(signInPath(film))).toEqual({ page: 'sign-in', returnTo: film });
    expect(matchRoute(plansPath(film))).toEqual({ page: 'plans', returnTo: film });
  });
});
