import type { KeySystem, KeyStatusPolicy, Source } from '@secure-player/react';
import type { Page } from '@playwright/test';

import { test as base, type Format } from './key-system-test.js';

/** How a test begins. */
export interface PolicyPlay {
  readonly policy?: KeyStatusPolicy | undefined;
  readonly autoPlay?: boolean | undefined;
}

/** The page of the key-status policy, on a clock that a test moves. */
export class PolicyPage {
  readonly #page: Page;
  readonly play: (keySystem: KeySystem, format: Format, how?: PolicyPlay) => Promise<void>;

  constructor(page: Page, play: PolicyPage['play']) {
    this.#page = page;
    this.play = play;
  }

  setPolicy(policy: KeyStatusPolicy): Promise<void> {
    return this.#page.evaluate((given) => window.policyPage.setPolicy(given), policy);
  }

  /** Renews as often as told, at once; tells how each ended. */
  renew(times = 1): Promise<string[]> {
    return this.#page.evaluate(
      (count) => Promise.all(Array.from({ length: count }, () => window.policyPage.renew())),
      times,
    );
  }

  release(): Promise<void> {
    return this.#page.evaluate(() => window.policyPage.release());
  }

  /** Lets minutes pass in the page; a timer that became due meanwhile runs once. */
  pass(minutes: number): Promise<void> {
    return this.#page.clock.fastForward(minutes * 60_000);
  }
}

/** The end-to-end `test` with the page of the key-status policy, and a virtual CDM in it that goes by the page's clock. */
export const test = base.extend<{ policyPage: PolicyPage }>({
  harnessPage: 'policy.html',
  page: async ({ page }, provide) => {
    await page.clock.install();
    await provide(page);
  },
  policyPage: async ({ page, player }, provide) => {
    const policyPage = new PolicyPage(page, async (keySystem, format, { policy, autoPlay } = {}) => {
      if (policy) await policyPage.setPolicy(policy);
      await player.play('premium', {
        session: { format },
        autoPlay,
        change: (source: Source) => ({ ...source, preferredKeySystems: [keySystem] }),
      });
    });
    await provide(policyPage);
  },
});

export { expect } from '@playwright/test';
