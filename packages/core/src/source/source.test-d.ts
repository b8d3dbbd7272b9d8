import { describe, expectTypeOf, it } from 'vitest';

import {
  customKeySystem,
  type DrmConfiguration,
  type KeySystemConfiguration,
  type Source,
} from './source.js';

const licenseUrl = '/license';

describe('drm', () => {
  it('takes the key systems that the kit knows, and any other by customKeySystem()', () => {
    const drm: DrmConfiguration = {
      'com.widevine.alpha': { licenseUrl },
      'com.microsoft.playready.recommendation.3000': { licenseUrl },
      'com.apple.fps': { licenseUrl },
      ...customKeySystem('com.example.drm', { licenseUrl }),
    };
    expectTypeOf(drm).toExtend<Source['drm']>();
  });

  it('does not take a misspelt one', () => {
    // @ts-expect-error: there is no such key system.
    const drm: DrmConfiguration = { 'com.widevine.alfa': { licenseUrl } };
    expectTypeOf(drm).toEqualTypeOf<DrmConfiguration>();
  });
});

describe('what a page need not copy', () => {
  it('is a source of its own that is read-only', () => {
    const source = {
      src: '/a.mpd',
      drm: {
        'com.widevine.alpha': { licenseUrl, videoRobustness: ['HW_SECURE_ALL'], audioRobustness: [''] },
      },
      preferredKeySystems: ['com.widevine.alpha', 'com.example.drm'],
      keyIds: ['00000000000000000000000000000001'],
    } as const;
    expectTypeOf(source).toExtend<Source>();
  });
});

describe('where keys come from', () => {
  it('is one of three', () => {
    expectTypeOf<{ licenseUrl: string }>().toExtend<KeySystemConfiguration>();
    expectTypeOf<{ licenseUrlFromManifest: true }>().toExtend<KeySystemConfiguration>();
    expectTypeOf<{ keys: Record<string, string> }>().toExtend<KeySystemConfiguration>();
  });

  it('is not none, nor two at once', () => {
    expectTypeOf<{ headers: Record<string, string> }>().not.toExtend<KeySystemConfiguration>();
    expectTypeOf<{ licenseUrlFromManifest: false }>().not.toExtend<KeySystemConfiguration>();
    expectTypeOf<{
      licenseUrl: string;
      licenseUrlFromManifest: true;
    }>().not.toExtend<KeySystemConfiguration>();
    expectTypeOf<{
      licenseUrl: string;
      keys: Record<string, string>;
    }>().not.toExtend<KeySystemConfiguration>();
    expectTypeOf<{
      licenseUrlFromManifest: true;
      keys: Record<string, string>;
    }>().not.toExtend<KeySystemConfiguration>();
  });
});

type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];
/** The optional members that, under `exactOptionalPropertyTypes`, do not take an explicit `undefined`. */
type Inexact<T> = { [K in OptionalKeys<T>]: undefined extends Required<T>[K] ? never : K }[OptionalKeys<T>];
type Hooks = 'getContentId' | 'prepareRequest' | 'parseResponse';

describe('every optional field', () => {
  it('takes an explicit undefined, as spread props give it', () => {
    expectTypeOf<Inexact<{ a?: string; b?: string | undefined; c: string }>>().toEqualTypeOf<'a'>();
    expectTypeOf<Inexact<Source>>().toEqualTypeOf<never>();
    expectTypeOf<Inexact<DrmConfiguration>>().toEqualTypeOf<never>();
    expectTypeOf<Inexact<NonNullable<Source['caps']>>>().toEqualTypeOf<never>();
    expectTypeOf<
      Inexact<Omit<KeySystemConfiguration, 'licenseUrl' | 'licenseUrlFromManifest' | 'keys'>>
    >().toEqualTypeOf<never>();
    expectTypeOf<{ licenseUrl: string } & Record<Hooks, undefined>>().toExtend<KeySystemConfiguration>();
  });
});
