/**
 * How a browser can be had on this machine.
 *
 * @typedef {{ kind: 'given', executablePath: string } | { kind: 'installed', candidates: string[] } | { kind: 'apt' } | { kind: 'playwright' }} Route
 */

/**
 * The routes to try, in order. A browser named by the environment is the only one: silently testing another would mislead.
 * apt is for Debian alone, because Ubuntu's `chromium` package is a stub that asks for a snap, and for root alone.
 *
 * @param {object} system
 * @param {string | undefined} system.given The value of SECURE_PLAYER_BROWSER.
 * @param {string[]} system.installed The candidates that exist.
 * @param {string} system.distribution The `ID` of os-release.
 * @param {boolean} system.isRoot
 * @returns {Route[]}
 */
export function chooseRoutes({ given, installed, distribution, isRoot }) {
  if (given) return [{ kind: 'given', executablePath: given }];
  /** @type {Route[]} */
  const routes = installed.length > 0 ? [{ kind: 'installed', candidates: installed }] : [];
  routes.push(distribution === 'debian' && isRoot ? { kind: 'apt' } : { kind: 'playwright' });
  return routes;
}

/**
 * What a person can do when no route led to a browser.
 *
 * @param {{ distribution: string, isRoot: boolean }} system
 */
export function installAdvice({ distribution, isRoot }) {
  const byHand =
    'install Google Chrome or Chromium and try again, or set SECURE_PLAYER_BROWSER to its executable';
  if (distribution === 'debian')
    return `run \`${isRoot ? '' : 'sudo '}apt-get install chromium\`, or ${byHand}`;
  return `run \`npx playwright install --with-deps chromium\`, or ${byHand}`;
}
