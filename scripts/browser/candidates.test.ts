import { expect, it } from 'vitest';
import { browserCandidates } from './candidates.mjs';
import { CHROMIUM, FIREFOX } from './kinds.mjs';

it('looks on the path before the usual places, on Linux', () => {
  const candidates = browserCandidates(CHROMIUM.places, {
    platform: 'linux',
    env: { PATH: '/home/me/bin:relative:/usr/bin' },
  });
  expect(candidates[0]).toBe('/home/me/bin/google-chrome');
  expect(candidates).toContain('/usr/bin/chromium');
  expect(candidates).toContain('/opt/google/chrome/chrome');
  expect(candidates.every((file) => file.startsWith('/'))).toBe(true);
  expect(new Set(candidates).size).toBe(candidates.length);
});

it('looks among the applications of the machine and of the user, on macOS', () => {
  const candidates = browserCandidates(CHROMIUM.places, { platform: 'darwin', env: { HOME: '/Users/me' } });
  expect(candidates).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  expect(candidates).toContain('/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium');
});

it('looks in the program folders that exist, on Windows', () => {
  const candidates = browserCandidates(CHROMIUM.places, {
    platform: 'win32',
    env: { PROGRAMFILES: String.raw`C:\Program Files` },
  });
  expect(candidates).toEqual([
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files\Chromium\Application\chrome.exe`,
  ]);
});

it('prefers the Firefox with extended support, on every folder of the path', () => {
  const candidates = browserCandidates(FIREFOX.places, { platform: 'linux', env: { PATH: '/a:/b' } });
  expect(candidates.slice(0, 4)).toEqual(['/a/firefox-esr', '/b/firefox-esr', '/a/firefox', '/b/firefox']);
});
