/**
 * How a browser can be had on this machine.
 *
 * @typedef {{ kind: 'given', executablePath: string } | { kind: 'installed', candidates: string[] } | { kind: 'apt' } | { kind: 'playwright' }} Route
 */

/** @typedef {import('./kinds.mjs').BrowserKind} BrowserKind */

/**
 * The routes to try, in order. A browser named by the environment is the only one: silently testing another would mislead.
 * apt is for Debian alone, because Ubuntu's packages of browsers are stubs that ask for a snap, and for root alone.
 *
 * @param {object} system
 * @param {string | undefined} system.given The value of the browser's environment variable.
 * @param {string[]} system.installed The candidates that exist.
 * @param {string} system.distribution The `ID` of os-release.
 * @param {boolean} system.isRoot
 * @param {Pick<BrowserKind, 'isDownloadable'>} system.browser
 * @returns {Route[]}
 */
export function chooseRoutes({ given, installed, distribution, isRoot, browser }) {
  if (given) return [{ kind: 'given', executablePath: given }];
  /** @type {Route[]} */
  const routes = installed.length > 0 ? [{ kind: 'installed', candidates: installed }] : [];
  if (distribution === 'debian' && isRoot) routes.push({ kind: 'apt' });
  else if (browser.isDownloadable) routes.push({ kind: 'playwright' });
  return routes;
}

/**
 * What a person can do when no route led to a browser.
 *
 * @param {{ distribution: string, isRoot: boolean, browser: BrowserKind }} system
 */
export function installAdvice({ distribution, isRoot, browser }) {
  const byHand = `${browser.byHand} and try again, or set ${browser.variable} to its executable`;
  if (distribution === 'debian')
    return `run \`${isRoot ? '' : 'sudo '}apt-get install ${browser.apt.packages[0]}\`, or ${byHand}`;
  if (!browser.isDownloadable) return byHand;
  return `run \`npx playwright install --with-deps chromium\`, or ${byHand}`;
}
