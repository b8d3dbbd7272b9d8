import type { KeySystem, Source } from '@secure-player/react';
import { clearkey, fairplay, playready, widevine } from '@secure-player/virtual-cdm';
import { withVirtualCdm } from '@secure-player/virtual-cdm/playwright';

import { test as base, type PlayOptions } from './fixtures.js';

/** The systems of the virtual CDM, all in one page: the source's preference decides. */
export const SYSTEMS = [widevine(), playready(), fairplay(), clearkey()];

/** Each key system with a format, so that all formats are in it too. */
export const PAIRS = [
  ['org.w3.clearkey', 'hls'],
  ['com.widevine.alpha', 'dash'],
  ['com.microsoft.playready', 'dash-cbcs'],
  ['com.apple.fps', 'hls'],
] as const satisfies readonly (readonly [KeySystem, NonNullable<PlayOptions['session']>['format']])[];

/** A format in which a film comes. */
export type Format = (typeof PAIRS)[number][1];

/** Plays the film under a key system, and under no other. */
export type PlayUnder = (
  keySystem: KeySystem,
  format: Format,
  how?: { account?: 'premium' | 'basic'; change?: (source: Source) => Source },
) => Promise<void>;

export interface KeySystemFixtures {
  playUnder: PlayUnder;
}

/** The end-to-end `test` with a virtual CDM of four systems in its pages. */
export const test = withVirtualCdm(base).extend<KeySystemFixtures>({
  virtualCdm: { systems: SYSTEMS },
  playUnder: async ({ player }, provide) => {
    await provide((keySystem, format, { account = 'premium', change = (source: Source) => source } = {}) =>
      player.play(account, {
        session: { format },
        change: (source) => change({ ...source, preferredKeySystems: [keySystem] }),
      }),
    );
  },
});

export { expect } from '@playwright/test';
