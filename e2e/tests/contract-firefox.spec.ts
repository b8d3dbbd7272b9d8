import { CDMS, contractsFor } from '../contract/cdms.js';
import { contractSettings } from '../contract/contract-settings.js';
import type { Memory } from '../contract/contract-test.js';
import { contractDetails, expectContract } from '../contract/expect-contract.js';
import { expect, firefoxDocument, test } from '../contract/fixtures.js';
import { SUITE } from '../contract/suite.js';
import { launchFirefox, withFirefoxProfile } from '../support/firefox.js';

const CDM = 'firefox-clearkey';
const isCi = Boolean(process.env['CI']);

// A failure is told in words; a trace of each contract would take longer than the contract.
test.use({ trace: 'off' });
// One after the other, in one worker: a Firefox takes longer to start than all contracts take together.
test.describe.configure({ mode: 'default' });

// Elsewhere it may be missing.
if (isCi) {
  test('continuous integration has a Firefox', ({ firefox }) => {
    expect(firefox).toHaveProperty('executablePath');
  });
}

test.describe(CDMS[CDM].title, () => {
  for (const contract of contractsFor(CDM)) {
    test(contract.name, contractDetails(CDM, contract), async ({ firefoxRunner }) => {
      await expectContract(firefoxRunner, CDM, contract);
    });
  }

  test('a license outlives the browser, also one that was killed while it was open', async ({
    site,
    firefoxPath,
  }) => {
    // Two starts with a profile that is new, or was not closed: on a busy machine that takes its time.
    test.slow();
    const settings = await contractSettings(site);
    const stories = [
      'a license that is open on a page is free after its reload',
      'a film plays by a license that was stored before',
    ];
    const memories: Memory[] = stories.map(() => ({}));

    await withFirefoxProfile(async (userDataDir) => {
      // The steps of a contract are those before and after a reload: here, of the life of a process.
      for (const step of [0, 1]) {
        const firefox = await launchFirefox({ executablePath: firefoxPath, userDataDir });
        const page = await firefoxDocument(firefox.browser);
        await page.open(`${site.url}/contract/index.html`);
        for (const [index, name] of stories.entries()) {
          expect(SUITE.find((contract) => contract.name === name)?.steps).toHaveLength(2);
          const memory = memories[index] ?? {};
          const outcome = await page.runStep({ name, step, memory, settings });
          expect(outcome.failure, name).toBeNull();
          memories[index] = outcome.memory;
        }
        await firefox.kill();
      }
    });
  });
});
