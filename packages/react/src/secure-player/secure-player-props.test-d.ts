import type { PlaybackError, PlayerState, Source } from '@secure-player/core';
import type { ComponentRef } from 'react';
import { describe, expectTypeOf, it } from 'vitest';

import { usePlayer } from '../player/use-player.js';
import type {
  PlayerHandle,
  RecoveryHandlers,
  SecurePlayerEvents,
  SecurePlayerProps,
} from './secure-player-props.js';
import type { SecurePlayer } from './secure-player.js';

type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];
/** The optional members that, under `exactOptionalPropertyTypes`, do not take an explicit `undefined`. */
type Inexact<T> = { [K in OptionalKeys<T>]: undefined extends Required<T>[K] ? never : K }[OptionalKeys<T>];

describe('the props', () => {
  it('need nothing, and take a source that the page does not have yet', () => {
    expectTypeOf<object>().toExtend<SecurePlayerProps>();
    expectTypeOf<SecurePlayerProps['source']>().toEqualTypeOf<Source | null | undefined>();
  });

  it('take an explicit undefined for every optional one', () => {
    expectTypeOf<Inexact<SecurePlayerProps>>().toEqualTypeOf<never>();
    expectTypeOf<Inexact<RecoveryHandlers>>().toEqualTypeOf<never>();
    expectTypeOf<Inexact<SecurePlayerEvents>>().toEqualTypeOf<never>();
  });

  it('name recoveries that exist', () => {
    // @ts-expect-error: there is no such recovery.
    const handlers: RecoveryHandlers = { 'sing-in': () => {} };
    expectTypeOf(handlers).toEqualTypeOf<RecoveryHandlers>();
    expectTypeOf<NonNullable<RecoveryHandlers['sign-in']>>().parameters.toEqualTypeOf<
      [error: PlaybackError]
    >();
  });

  it('do not take a misspelt key system', () => {
    type Drm = NonNullable<NonNullable<SecurePlayerProps['source']>['drm']>;
    // @ts-expect-error: it is com.widevine.alpha.
    const drm: Drm = { 'com.widevine.alfa': { licenseUrl: '/l' } };
    expectTypeOf(drm).not.toBeAny();
  });
});

it('a ref is a handle', () => {
  expectTypeOf<ComponentRef<typeof SecurePlayer>>().toEqualTypeOf<PlayerHandle>();
  expectTypeOf<PlayerHandle['video']>().toEqualTypeOf<HTMLVideoElement | null>();
});

it('a slice has the type of what the selector gives', () => {
  expectTypeOf(usePlayer<PlayerState['status']>).returns.toEqualTypeOf<PlayerState['status']>();
  expectTypeOf(() => usePlayer((state) => [state.currentTime, state.duration])).returns.toEqualTypeOf<
    number[]
  >();
});
