import type { DrmConfiguration, Source } from '@secure-player/core';
import { expectTypeOf, it } from 'vitest';

import { axinom, doverunner, drmtoday, ezdrm, type AxinomOptions, type VendorToken } from './index.js';

it('makes what a source takes', () => {
  for (const preset of [axinom, doverunner, drmtoday, ezdrm]) {
    expectTypeOf(preset).returns.toEqualTypeOf<DrmConfiguration>();
  }
  expectTypeOf<DrmConfiguration>().toExtend<NonNullable<Source['drm']>>();
});

it('takes a token by a callback, and never as a text that it would keep', () => {
  expectTypeOf<AxinomOptions['token']>().toEqualTypeOf<VendorToken>();
  expectTypeOf<string>().not.toExtend<AxinomOptions['token']>();
});
