import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { CDMS, contractsFor, type Cdm } from '../contract/cdms.js';
import { withExceptionsTable } from '../contract/exceptions-table.js';
import { DEVIATIONS } from '../contract/exceptions.js';
import { contractDetails, expectContract } from '../contract/expect-contract.js';
import { expect, test } from '../contract/fixtures.js';
import { SUITE } from '../contract/suite.js';

const README = fileURLToPath(new URL('../../packages/virtual-cdm/README.md', import.meta.url));

// A failure is told in words; a trace of each contract would take longer than the contract.
test.use({ trace: 'off' });

for (const cdm of ['virtual-clearkey', 'chromium-clearkey'] as const) {
  test.describe(CDMS[cdm].title, () => {
    for (const contract of contractsFor(cdm)) {
      test(contract.name, contractDetails(cdm, contract), async ({ chromiumRunner }) => {
        await expectContract(await chromiumRunner(cdm), cdm, contract);
      });
    }
  });
}

test('the contracts have names of their own', () => {
  const names = SUITE.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('an exception is of a contract that is put to the CDM', () => {
  const strays = DEVIATIONS.flatMap(({ cdm, shownBy }) => {
    const names = new Set(contractsFor(cdm).map(({ name }) => name));
    return Object.keys(shownBy).filter((name) => !names.has(name));
  });
  expect(strays).toEqual([]);
});

test('the virtual CDM has no exception', () => {
  expect(DEVIATIONS.map(({ cdm }): Cdm => cdm)).not.toContain('virtual-clearkey');
});

test('the README of the virtual CDM lists the exceptions of the browsers', async () => {
  const readme = await readFile(README, 'utf8');
  const expected = withExceptionsTable(readme);
  expect(expected, 'the README has the two markers of the table').not.toBeNull();

  const { updateSnapshots } = test.info().config;
  if (updateSnapshots === 'all' || updateSnapshots === 'changed') await writeFile(README, expected ?? '');
  else
    expect(readme, 'run `npx playwright test contract.spec.ts -g README --update-snapshots`').toBe(expected);
});
