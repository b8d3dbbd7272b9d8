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
