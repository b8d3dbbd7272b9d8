import type { FullConfig, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';

import { CDMS, type Cdm } from './cdms.js';
import { CDM_ANNOTATION, EXCEPTION_ANNOTATION } from './expect-contract.js';
import type { FirefoxOption } from './fixtures.js';

interface Totals {
  kept: number;
  exceptions: number;
  failed: number;
  skipped: number;
}

/** Prints, after the tests, how many contracts were put to each CDM and how many it keeps; and why Firefox was left out. */
// Playwright takes the default export of a reporter's module.
// oxlint-disable-next-line import/no-default-export
export default class TotalsReporter implements Reporter {
  readonly #totals = new Map<Cdm, Totals>();
  #missingFirefox: string | null = null;

  onBegin({ projects }: FullConfig, suite: Suite): void {
    const used = new Set(suite.suites.map(({ title }) => title));
    for (const { name, use } of projects) {
      const { firefox } = use as Partial<FirefoxOption>;
      if (used.has(name) && firefox && 'missing' in firefox) this.#missingFirefox = firefox.missing;
    }
  }

  onTestEnd({ annotations }: TestCase, { status }: TestResult): void {
    const cdm = annotations.find(({ type }) => type === CDM_ANNOTATION)?.description as Cdm | undefined;
    if (!cdm) return;

    const totals = this.#totals.get(cdm) ?? { kept: 0, exceptions: 0, failed: 0, skipped: 0 };
    this.#totals.set(cdm, totals);
    const isException = annotations.some(({ type }) => type === EXCEPTION_ANNOTATION);
    if (status === 'skipped') totals.skipped += 1;
    else if (status !== 'passed') totals.failed += 1;
    else if (isException) totals.exceptions += 1;
    else totals.kept += 1;
  }

  onEnd(): void {
    for (const [cdm, { kept, exceptions, failed, skipped }] of this.#totals) {
      const run = kept + exceptions + failed;
      const counts = `${run} contracts run, ${kept} kept, ${exceptions} known exceptions, ${failed} failed`;
      print(`${CDMS[cdm].title}: ${counts}${skipped > 0 ? `, ${skipped} skipped` : ''}`);
    }
    if (this.#missingFirefox !== null) print(`SKIPPED: tests in Firefox. ${this.#missingFirefox}`);
  }

  printsToStdio(): boolean {
    return false;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
