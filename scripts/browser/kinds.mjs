/**
 * Where a browser is usually installed, as names and paths for {@link import('./candidates.mjs').browserCandidates}.
 *
 * @typedef {object} Places
 * @property {readonly string[]} commands Linux: names to look for on the path, best first.
 * @property {readonly string[]} files Linux: places that are on no path.
 * @property {readonly string[]} macApps
 * @property {readonly string[]} windowsFiles
 */

/**
 * A browser of the tests: where it comes from, and what to tell people about it.
 *
 * @typedef {object} BrowserKind
 * @property {string} name
 * @property {string} variable The environment variable that names its executable.
 * @property {Places} places
 * @property {{ packages: readonly string[], withRecommended: boolean, executablePath: string }} apt Debian's packages of it.
 * @property {boolean} isDownloadable Whether Playwright has one to download.
 * @property {boolean} isOptional Whether one that is installed but unfit is as good as none, rather than a mistake to mend.
 * @property {string} fitAdvice How to come by one that plays the films.
 * @property {string} byHand How to come by one at all.
 */

/** @type {BrowserKind} */
export const CHROMIUM = {
  name: 'Chrome or Chromium',
  variable: 'SECURE_PLAYER_BROWSER',
  places: {
    commands: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'],
    files: [
      '/opt/google/chrome/chrome',
      '/usr/lib/chromium/chromium',
      '/usr/lib64/chromium-browser/chromium-browser',
    ],
    macApps: ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'],
    windowsFiles: [
      String.raw`Google\Chrome\Application\chrome.exe`,
      String.raw`Chromium\Application\chrome.exe`,
    ],
  },
  // Liberation is the one font family it needs to draw text; recommended packages are desktop comforts.
  apt: {
    packages: ['chromium', 'fonts-liberation'],
    withRecommended: false,
    executablePath: '/usr/bin/chromium',
  },
  isDownloadable: true,
  isOptional: false,
  fitAdvice:
    'Use Google Chrome, or a Chromium built with proprietary codecs (Debian: apt-get install chromium)',
  byHand: 'install Google Chrome or Chromium',
};

/**
 * Firefox, for what Chromium cannot show: persistent licenses of a real CDM. Playwright's Firefox is patched for Playwright
 * alone, which does not drive a stock one, so there is nothing to download.
 *
 * @type {BrowserKind}
 */
export const FIREFOX = {
  name: 'Firefox',
  variable: 'SECURE_PLAYER_FIREFOX',
  places: {
    commands: ['firefox-esr', 'firefox'],
    files: ['/usr/lib/firefox-esr/firefox-esr', '/usr/lib/firefox/firefox', '/opt/firefox/firefox'],
    macApps: ['Firefox.app/Contents/MacOS/firefox'],
    windowsFiles: [String.raw`Mozilla Firefox\firefox.exe`],
  },
  // What it recommends is libavcodec, which decodes H.264.
  apt: {
    packages: ['firefox-esr', 'fonts-liberation'],
    withRecommended: true,
    executablePath: '/usr/bin/firefox-esr',
  },
  isDownloadable: false,
  isOptional: true,
  fitAdvice:
    'Use a Firefox that is no snap, with the libavcodec of the system ' +
    '(Debian: apt-get install --install-recommends firefox-esr)',
  byHand: 'install Firefox 140 or newer (no snap)',
};
