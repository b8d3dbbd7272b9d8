import { expect, it, vi } from 'vitest';
import { NoBrowserError, takeFirst, UnfitBrowserError } from './browser.mjs';
import { CHROMIUM, FIREFOX } from './browser/kinds.mjs';
import { verdictProblem } from './browser/probe-browser.mjs';

function setup(fit: string[], overrides: Partial<Parameters<typeof takeFirst>[1]> = {}) {
  const { browser = CHROMIUM } = overrides;
  const probe = vi.fn(async (executablePath: string) => {
    if (fit.includes(executablePath)) return { executablePath, version: '150.0' };
    throw new Error(verdictProblem(browser, executablePath, { version: '150.0', missing: ['H.264', 'AAC'] }));
  });
  const install = {
    apt: vi.fn(async () => '/usr/bin/chromium'),
    playwright: vi.fn(async () => '/cache/chrome'),
  };
  const warn = vi.fn();
  const system = {
    browser,
    given: undefined,
    installed: [],
    distribution: 'debian',
    isRoot: true,
    install,
    probe,
    warn,
    ...overrides,
  };
  return { system, install, probe, warn };
}

it('takes the first installed browser that plays the films', async () => {
  const { system, install } = setup(['/b', '/c'], { installed: ['/a', '/b', '/c'] });
  await expect(takeFirst(true, system)).resolves.toMatchObject({ executablePath: '/b' });
  expect(install.apt).not.toHaveBeenCalled();
});

it('installs one where there is none', async () => {
  const { system, install } = setup(['/usr/bin/chromium']);
  await expect(takeFirst(true, system)).resolves.toMatchObject({ executablePath: '/usr/bin/chromium' });
  expect(install.apt).toHaveBeenCalledOnce();
});

it('installs one where all that is installed is unfit, and says why', async () => {
  const { system, warn } = setup(['/usr/bin/chromium'], { installed: ['/stub'] });
  await expect(takeFirst(true, system)).resolves.toMatchObject({ executablePath: '/usr/bin/chromium' });
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('/stub'));
});

it('names codecs and fix when what it was given cannot play the films', async () => {
  const { system, install } = setup([], { given: '/mine' });
  const error: unknown = await takeFirst(true, system).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UnfitBrowserError);
  expect(String(error)).toMatch(/\/mine .*cannot play H\.264, AAC.*SECURE_PLAYER_BROWSER/);
  expect(install.apt).not.toHaveBeenCalled();
});

it('says the reason and the remedy when nothing can be installed', async () => {
  const { system } = setup([], { distribution: 'ubuntu', isRoot: false });
  system.install.playwright = async () => await Promise.reject(new Error('no network'));
  const error: unknown = await takeFirst(true, system).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NoBrowserError);
  expect(String(error)).toMatch(/no network.*npx playwright install/);
});

it('installs nothing when it may not', async () => {
  const { system, install } = setup([]);
  await expect(takeFirst(false, system)).rejects.toBeInstanceOf(NoBrowserError);
  expect(install.apt).not.toHaveBeenCalled();
});

it('takes a Firefox that cannot be used for none, and says what is wrong with it', async () => {
  const { system, install } = setup([], {
    browser: FIREFOX,
    installed: ['/snap/firefox'],
    distribution: 'ubuntu',
  });
  const error: unknown = await takeFirst(true, system).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NoBrowserError);
  expect(String(error)).toMatch(/\/snap\/firefox .*cannot play.*SECURE_PLAYER_FIREFOX/s);
  expect(install.playwright).not.toHaveBeenCalled();
});

it('does not take a Firefox that it was given for none', async () => {
  const { system } = setup([], { browser: FIREFOX, given: '/mine' });
  await expect(takeFirst(true, system)).rejects.toBeInstanceOf(UnfitBrowserError);
});

it('says what to install where there is no Firefox and nobody may install it', async () => {
  const { system } = setup([], { browser: FIREFOX, distribution: 'fedora', isRoot: false });
  await expect(takeFirst(true, system)).rejects.toThrow(/There is no Firefox here\..*install Firefox/);
});
