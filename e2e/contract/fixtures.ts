import { clearkey } from '@secure-player/virtual-cdm';
import { addVirtualCdm } from '@secure-player/virtual-cdm/playwright';
import { test as base, type BrowserContext } from '@playwright/test';
import type { Browser as FirefoxBrowser } from 'puppeteer-core';

import { launchFirefox, withFirefoxProfile } from '../support/firefox.js';
import { openSite, type Site } from '../support/site.js';
import { contractSettings } from './contract-settings.js';
import { ContractRunner, type ContractDocument } from './contract-runner.js';
import type { Cdm } from './cdms.js';

export interface FirefoxOption {
  /** Where Firefox is, or why there is none. Set by the configuration. */
  firefox: { readonly executablePath: string } | { readonly missing: string };
}

interface WorkerFixtures extends FirefoxOption {
  site: Site;
  /** Gives the runner of a CDM of Chromium; its pages live as long as the worker. */
  chromiumRunner: (cdm: 'virtual-clearkey' | 'chromium-clearkey') => Promise<ContractRunner>;
  /** The executable of Firefox; fails where there is none. */
  firefoxPath: string;
  /** The runner of the CDM of Firefox; browser and profile live as long as the worker. */
  firefoxRunner: ContractRunner;
}

export const test = base.extend<object, WorkerFixtures>({
  firefox: [{ missing: 'The configuration names none.' }, { option: true, scope: 'worker' }],
  site: [
    // Playwright wants the first argument destructured, also where nothing is taken from it.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const site = await openSite();
      await provide(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  chromiumRunner: [
    async ({ browser, site }, provide) => {
      const contexts: BrowserContext[] = [];
      const runners = new Map<string, Promise<ContractRunner>>();
      const create = async (cdm: Cdm) => {
        const context = await browser.newContext();
        contexts.push(context);
        if (cdm === 'virtual-clearkey') await installVirtual(context);
        return await createRunner(site, () => chromiumDocument(context));
      };
      await provide((cdm) => {
        const runner = runners.get(cdm) ?? create(cdm);
        runners.set(cdm, runner);
        return runner;
      });
      for (const context of contexts) await context.close();
    },
    { scope: 'worker' },
  ],
  firefoxPath: [
    async ({ firefox }, provide) => {
      if ('missing' in firefox) throw new Error(firefox.missing);
      await provide(firefox.executablePath);
    },
    { scope: 'worker' },
  ],
  firefoxRunner: [
    async ({ firefoxPath, site }, provide) => {
      await withFirefoxProfile(async (userDataDir) => {
        const firefox = await launchFirefox({ executablePath: firefoxPath, userDataDir });
        try {
          await provide(await createRunner(site, () => firefoxDocument(firefox.browser)));
        } finally {
          await firefox.close();
        }
      });
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';

/** Makes the virtual CDM answer for Clear Key in every document of a context, frames included. */
function installVirtual(context: BrowserContext): Promise<void> {
  return addVirtualCdm(context, { systems: [clearkey()] });
}

async function createRunner(
  site: Site,
  createDocument: () => Promise<ContractDocument>,
): Promise<ContractRunner> {
  return new ContractRunner({ url: site.url, settings: await contractSettings(site), createDocument });
}

async function chromiumDocument(context: BrowserContext): Promise<ContractDocument> {
  const page = await context.newPage();
  return {
    async open(url) {
      await page.goto(url);
    },
    runStep: (request) => page.evaluate((given) => window.contract.runStep(given), request),
    cleanUp: () => page.evaluate(() => window.contract.cleanUp()),
  };
}

/** A new tab of Firefox. */
export async function firefoxDocument(browser: FirefoxBrowser): Promise<ContractDocument> {
  const page = await browser.newPage();
  return {
    async open(url) {
      await page.goto(url);
    },
    runStep: (request) => page.evaluate((given) => window.contract.runStep(given), request),
    cleanUp: () => page.evaluate(() => window.contract.cleanUp()),
  };
}
