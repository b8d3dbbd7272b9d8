// Draws the site's PNG icons from its SVG ones, for where SVG is not taken: `node build-steps/draw-icons.mjs` after a change.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';

import { chromiumArguments, findBrowser } from '../../../scripts/browser.mjs';

const FOLDER = fileURLToPath(new URL('../public/icons/', import.meta.url));
const DRAWINGS = [
  { from: 'icon.svg', to: 'icon-192.png', size: 192 },
  { from: 'icon.svg', to: 'icon-512.png', size: 512 },
  { from: 'icon-maskable.svg', to: 'icon-maskable-512.png', size: 512 },
  // Its corners are cut by the system.
  { from: 'icon-maskable.svg', to: 'apple-touch-icon.png', size: 180 },
];

const { executablePath } = await findBrowser();
const browser = await chromium.launch({ executablePath, args: chromiumArguments });
for (const { from, to, size } of DRAWINGS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const drawing = await readFile(`${FOLDER}${from}`, 'utf8');
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${drawing}`);
  await page.screenshot({ path: `${FOLDER}${to}`, omitBackground: true });
}
await browser.close();
