import { expect, it } from 'vitest';

import { SHELL_PAGES } from './shell-pages.js';

const isShellPage = (path: string) => SHELL_PAGES.some((pattern) => pattern.test(path));

it.each([
  '/',
  '/?from=home-screen',
  '/downloads',
  '/downloads/',
  '/watch/first-light?format=hls',
  '/sign-in?from=%2F',
  '/plans',
])('the shell answers %s', (path) => {
  expect(isShellPage(path)).toBe(true);
});

it.each([
  '/v1/catalog',
  '/license/clearkey?session=x',
  '/keys/aes128/1',
  '/media/film/manifest.mpd',
  '/certificate/widevine',
  '/watch/',
  '/watch/a/b',
  '/downloads/film',
  '/nope',
])('%s goes to the server', (path) => {
  expect(isShellPage(path)).toBe(false);
});
