import type { RefObject } from 'react';
import { expectTypeOf, it } from 'vitest';

import {
  useDrmCapabilities,
  useLicense,
  useMediaKeys,
  type KeyStatusEntry,
  type LicenseStatus,
  type MediaKeysState,
  type MediaKeysStatus,
  type PlaybackError,
  type PlayerHandle,
} from '../index.js';

it('useMediaKeys takes an element, a ref or nothing yet', () => {
  expectTypeOf(useMediaKeys)
    .parameter(0)
    .toEqualTypeOf<HTMLVideoElement | null | RefObject<HTMLVideoElement | null>>();
  expectTypeOf(useMediaKeys).returns.toEqualTypeOf<MediaKeysState>();
  expectTypeOf<MediaKeysState['configuration']>().toEqualTypeOf<MediaKeySystemConfiguration | null>();
  expectTypeOf<MediaKeysState['keyStatuses']>().toEqualTypeOf<readonly KeyStatusEntry[]>();
  expectTypeOf<MediaKeysStatus>().toEqualTypeOf<
    'idle' | 'opening' | 'waiting' | 'licensing' | 'ready' | 'unusable' | 'error'
  >();
});

it('useLicense has one shape, whoever holds the license', () => {
  expectTypeOf(useLicense)
    .parameter(0)
    .toEqualTypeOf<
      { mediaKeys?: MediaKeysState | undefined; player?: PlayerHandle | null | undefined } | undefined
    >();
  expectTypeOf(useLicense).returns.toEqualTypeOf<{
    readonly status: LicenseStatus;
    readonly keySystem: string | null;
    readonly keyStatuses: readonly KeyStatusEntry[];
    readonly expiresAt: number | null;
    readonly error: PlaybackError | null;
    readonly renew: () => Promise<void>;
    readonly release: () => Promise<void>;
  }>();
});

it('useDrmCapabilities is pending before it is ready', () => {
  expectTypeOf(useDrmCapabilities()['status']).toEqualTypeOf<'pending' | 'ready'>();
});
