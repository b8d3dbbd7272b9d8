import type { ContractTest, Need } from './contract-test.js';
import { SUITE } from './suite.js';

/** The CDMs that keep the contract, or should. */
export type Cdm = 'virtual-clearkey' | 'chromium-clearkey' | 'firefox-clearkey';

interface CdmDescription {
  /** How people call it. */
  readonly title: string;
  readonly offers: readonly Need[];
}

export const CDMS: Readonly<Record<Cdm, CdmDescription>> = {
  'virtual-clearkey': { title: 'Virtual CDM, as Clear Key', offers: ['persistent-license'] },
  'chromium-clearkey': { title: 'Clear Key of Chromium', offers: [] },
  'firefox-clearkey': { title: 'Clear Key of Firefox', offers: ['persistent-license'] },
};

/** The contracts that are put to a CDM: all but those that need what it may leave out, and does. */
export function contractsFor(cdm: Cdm): ContractTest[] {
  const { offers } = CDMS[cdm];
  return SUITE.filter(({ needs }) => needs.every((need) => offers.includes(need)));
}
