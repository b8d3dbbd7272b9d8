import process from 'node:process';

/** Chromium refuses to run its sandbox as root. */
export const isRoot = process.getuid?.() === 0;

/**
 * The switches for every Chromium of this repository: nothing that asks the network on its own, no GPU (machines for tests have none),
 * no QUIC, and no sandbox only where Chromium would not start with it.
 *
 * @type {readonly string[]}
 */
export const chromiumArguments = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Features that Playwright turns off. The last `--disable-features` is the one that counts, so whoever adds to them names them
 * again.
 */
const PLAYWRIGHT_DISABLED_FEATURES = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/**
 * For tests that open hundreds of pages, each in a context of its own: Chromium would start one more process with each, for a
 * page that never comes, which is a fifth of what it takes to open one.
 */
export const withoutSpareRenderer = `--disable-features=${[...PLAYWRIGHT_DISABLED_FEATURES, 'SpareRendererForSitePerProcess'].join(',')}`;
