import { expect } from '@playwright/test';

import type { Cdm } from './cdms.js';
import type { ContractRunner } from './contract-runner.js';
import type { ContractTest } from './contract-test.js';
import { exceptionOf } from './exceptions.js';

/** The annotations that tell the reporter which CDM a test was put to, and that it is a known exception. */
export const CDM_ANNOTATION = 'cdm';
export const EXCEPTION_ANNOTATION = 'known exception';

/** The details of the test of a contract. */
export function contractDetails(cdm: Cdm, { clause, name }: ContractTest) {
  return {
    annotation: [
      { type: CDM_ANNOTATION, description: cdm },
      { type: 'clause', description: clause },
      ...(exceptionOf(cdm, name) ? [{ type: EXCEPTION_ANNOTATION, description: clause }] : []),
    ],
  };
}

/** Puts a contract to a CDM, and fails unless it is kept. A known exception must be broken as it is known to be. */
export async function expectContract(
  runner: ContractRunner,
  cdm: Cdm,
  contract: ContractTest,
): Promise<void> {
  const failure = await runner.run(contract);
  const exception = exceptionOf(cdm, contract.name);
  if (exception === null) {
    expect(failure, `${cdm} keeps ${contract.clause}`).toBeNull();
    return;
  }
  if (exception.sometimes && failure === null) return;
  expect(failure ?? 'kept', `${cdm} breaks ${contract.clause} in the way that exceptions.ts tells`).toMatch(
    exception.failure,
  );
}
