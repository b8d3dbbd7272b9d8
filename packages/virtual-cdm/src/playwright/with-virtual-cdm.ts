import {
  test as base,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from '@playwright/test';

import { addVirtualCdm, type VirtualCdmTestOptions } from './add-virtual-cdm.js';
import { VirtualCdmControl } from './virtual-cdm-control.js';

/** What a test has on top of Playwright's own. */
export interface VirtualCdmFixtures {
  /** The option: which virtual CDM the test's pages have. Without it they have the browser's own EME. @default undefined */
  virtualCdm: VirtualCdmTestOptions | undefined;
  /** The virtual CDM of `page`. */
  cdm: VirtualCdmControl;
}

type TestArgs = PlaywrightTestArgs & PlaywrightTestOptions;
type WorkerArgs = PlaywrightWorkerArgs & PlaywrightWorkerOptions;

/** Gives a `test` of yours the option `virtualCdm` and the fixture `cdm`. */
export function withVirtualCdm<Args extends TestArgs, Workers extends WorkerArgs>(
  test: TestType<Args, Workers>,
): TestType<Args & VirtualCdmFixtures, Workers> {
  const extended = (test as unknown as TestType<TestArgs, WorkerArgs>).extend<VirtualCdmFixtures>({
    virtualCdm: [undefined, { option: true }],
    context: async ({ context, virtualCdm }, provide) => {
      if (virtualCdm) await addVirtualCdm(context, virtualCdm);
      await provide(context);
    },
    cdm: async ({ page }, provide) => {
      await provide(new VirtualCdmControl(page));
    },
  });
  return extended as unknown as TestType<Args & VirtualCdmFixtures, Workers>;
}

/** Playwright's `test` with a virtual CDM: `test.use({ virtualCdm: { systems: [widevine()] } })`. */
export const test: TestType<TestArgs & VirtualCdmFixtures, WorkerArgs> = withVirtualCdm(base);
